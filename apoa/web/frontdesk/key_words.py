"""How scopes, calls, verdicts and steps are called on the pages of keys."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from apoa.access.api_models import KeyMode
from apoa.access.call_models import CallMark
from apoa.access.list_calls import CallView

_LODGING = "/properties/{property_id}"
STAYS = f"{_LODGING}/stays"
STAY = f"{STAYS}/{{stay_id}}"

SCOPE_WORDS = {
    "stays:read": lazy_gettext("Membaca laporan menginap"),
    "stays:write": lazy_gettext("Melapor, mengubah, check-out dan membatalkan"),
    "receipts:read": lazy_gettext("Mengambil tanda terima"),
    "webhooks:manage": lazy_gettext("Mengatur webhook"),
}
MODE_WORDS = {
    KeyMode.TEST: lazy_gettext("Uji coba"),
    KeyMode.LIVE: lazy_gettext("Sungguhan"),
}
CALL_WORDS = {
    ("POST", STAYS): lazy_gettext("Melaporkan tamu"),
    ("POST", f"{STAYS}/batch"): lazy_gettext("Melaporkan banyak tamu"),
    ("POST", f"{STAYS}/validate"): lazy_gettext("Memeriksa tanpa menyimpan"),
    ("GET", STAYS): lazy_gettext("Membaca daftar laporan"),
    ("GET", STAY): lazy_gettext("Membaca satu laporan"),
    ("PATCH", STAY): lazy_gettext("Mengubah laporan"),
    ("GET", f"{STAY}/versions"): lazy_gettext("Membaca riwayat laporan"),
    ("GET", f"{STAY}/receipt"): lazy_gettext("Mengambil tanda terima"),
    ("POST", f"{STAY}/check-out"): lazy_gettext("Check-out"),
    ("POST", f"{STAY}/cancel"): lazy_gettext("Membatalkan laporan"),
    ("POST", f"{STAY}/reopen"): lazy_gettext("Membuka laporan kembali"),
    ("POST", f"{_LODGING}/reconciliations"): lazy_gettext("Mencocokkan daftar tamu"),
    ("GET", "/me"): lazy_gettext("Melihat kuncinya sendiri"),
    ("POST", "/conformance-runs"): lazy_gettext("Memulai uji kesesuaian"),
    ("GET", "/conformance-runs/{run_id}"): lazy_gettext("Melihat uji kesesuaian"),
}


def scope_word(scope: str) -> str:
    """What a scope lets a key do; a scope that is gone, as it was called."""
    return str(SCOPE_WORDS.get(scope, scope))


def call_word(call: CallView) -> str:
    """What was called, in words; "" where only the address says it."""
    return str(CALL_WORDS.get((call.method, call.path or ""), ""))


def short_path(call: CallView) -> str:
    """The address without the lodging that it stands under; "" for one that does not exist."""
    path = call.path or ""
    return "…" + path.removeprefix(_LODGING) if path.startswith(_LODGING) else path


def call_verdict(call: CallView) -> tuple[str, str]:
    """The state whose colour a verdict has, and its words."""
    if call.status >= 500:
        return "invalid", _("Gangguan di pihak kami")
    if call.status == 429:
        return "invalid", _("Terlalu sering")
    if call.status >= 400:
        return "invalid", _("Ditolak")
    marks = set(call.marks)
    if CallMark.REJECTED in marks:
        return "invalid", _("Ditolak semua") if marks == {CallMark.REJECTED} else _(
            "Ditolak sebagian"
        )
    if CallMark.REPLAYED in marks:
        return "pending", _("Jawaban pertama diulang")
    if marks == {CallMark.DUPLICATE}:
        return "pending", _("Sudah ada")
    if CallMark.ACCEPTED in marks:
        return "valid", _("Diterima")
    return "valid", _("Berhasil")
