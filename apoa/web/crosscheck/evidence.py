"""How the evidence of a finding reads: each thing that a rule keeps, named and written out."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from apoa.access.places import office_names
from apoa.offices.queries import find_region_paths
from apoa.web.crosscheck.match_words import BAND_MARKS, field_list, strength_words
from apoa.web.crosscheck.permit_words import STATUS_MARKS, kind_name
from apoa.web.frontdesk.choices import country_label
from apoa.web.office_clock import office_time_zone
from apoa.web.ui import localdate, localdatetime

WATCH_WORDS = {
    "pencegahan": lazy_gettext("Pencegahan"),
    "penangkalan": lazy_gettext("Penangkalan"),
    "interest": lazy_gettext("Subjek perhatian"),
}
# Shown as links or lists of their own, or of use to the system alone.
_NOT_SHOWN = frozenset(
    {"permit_id", "entry_id", "other_property_id", "other_stay_id", "stays", "by"}
)


def _day(value: Any) -> str:
    return localdate(date.fromisoformat(value))


def _instant(value: Any) -> str:
    return localdatetime(datetime.fromisoformat(value), office_time_zone())


def _rupiah(value: Any) -> str:
    return "Rp " + f"{int(value):,}".replace(",", ".")


def _flag(value: Any) -> str:
    return _("ya") if value else _("tidak")


def _kind(value: Any) -> str:
    return str(WATCH_WORDS[value]) if value in WATCH_WORDS else kind_name(value)


def _office(value: Any) -> str:
    return office_names([UUID(value)]).get(UUID(value), "–")


def _regions(value: Any) -> str:
    codes = value if isinstance(value, list) else [value]
    paths = find_region_paths(codes)
    return "; ".join(paths[one][-1] if one in paths else one for one in codes)


def _ending(value: Any) -> str:
    return _("berakhir dengan %(signs)s", signs=value)


def _late(value: Any) -> str:
    hours, minutes = divmod(int(value), 60)
    return _("%(hours)s jam %(minutes)s menit", hours=hours, minutes=minutes)


# In the order in which they are shown.
_SHOWN: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "band": (lazy_gettext("Kecocokan"), lambda value: str(BAND_MARKS[value][1])),
    "score": (lazy_gettext("Kekuatan"), strength_words),
    "agreeing": (lazy_gettext("Mendukung"), field_list),
    "differing": (lazy_gettext("Menentang"), field_list),
    "document_last": (lazy_gettext("Nomor dokumen tamu"), _ending),
    "kind": (lazy_gettext("Jenis"), _kind),
    "claimed_kind": (lazy_gettext("Jenis izin menurut tamu"), _kind),
    "index_code": (lazy_gettext("Kode indeks"), str),
    "nationality": (lazy_gettext("Kewarganegaraan"), country_label),
    "valid_from": (lazy_gettext("Izin berlaku mulai"), _day),
    "valid_until": (lazy_gettext("Hari terakhir izin"), _day),
    "status": (lazy_gettext("Status izin"), lambda value: str(STATUS_MARKS[value][1])),
    "status_on": (lazy_gettext("Status sejak"), _day),
    "ended_on": (lazy_gettext("Izin berakhir pada"), _day),
    "entered_on": (lazy_gettext("Masuk Indonesia"), _day),
    "day": (lazy_gettext("Hari yang diperiksa"), _day),
    "from_register": (lazy_gettext("Menurut register izin"), _flag),
    "checked_in_on": (lazy_gettext("Tiba"), _day),
    "expected_departure_on": (lazy_gettext("Rencana keluar"), _day),
    "checked_out_on": (lazy_gettext("Hari keluar"), _day),
    "is_in_house": (lazy_gettext("Masih menginap"), _flag),
    "document_expires_on": (lazy_gettext("Dokumen berlaku sampai"), _day),
    "first_day_over": (lazy_gettext("Hari lewat pertama"), _day),
    "last_day_over": (lazy_gettext("Hari lewat terakhir"), _day),
    "days_over": (lazy_gettext("Banyaknya hari lewat"), str),
    "days_after": (lazy_gettext("Hari sesudah izin berakhir"), str),
    "rate": (lazy_gettext("Denda per hari"), _rupiah),
    "fine": (lazy_gettext("Denda menurut tarif"), _rupiah),
    "beyond_fine": (lazy_gettext("Melewati batas denda"), _flag),
    "office_before": (lazy_gettext("Kantor sebelumnya"), _office),
    "first_night": (lazy_gettext("Malam pertama"), _day),
    "last_night": (lazy_gettext("Malam terakhir"), _day),
    "nights": (lazy_gettext("Banyaknya malam"), str),
    "check_out_missing": (lazy_gettext("Mungkin lupa check-out"), _flag),
    "properties": (lazy_gettext("Banyaknya penginapan"), str),
    "from": (lazy_gettext("Sejak"), _day),
    "until": (lazy_gettext("Sampai"), _day),
    "registered_region": (lazy_gettext("Wilayah terdaftar"), _regions),
    "regions": (lazy_gettext("Menginap di wilayah"), _regions),
    "within_days": (lazy_gettext("Dalam hari"), str),
    "due_at": (lazy_gettext("Batas lapor"), _instant),
    "first_received_at": (lazy_gettext("Pertama diterima"), _instant),
    "minutes_late": (lazy_gettext("Terlambat"), _late),
    "last_received_on": (lazy_gettext("Laporan terakhir"), _day),
    "approved_on": (lazy_gettext("Penginapan disetujui"), _day),
    "silent_days": (lazy_gettext("Hari tanpa laporan"), str),
    "reports_before": (lazy_gettext("Laporan dalam 90 hari sebelumnya"), str),
    "data_as_of": (lazy_gettext("Data izin per"), _instant),
}


def evidence_rows(evidence: Mapping[str, Any]) -> list[dict[str, str]]:
    """What stands in the evidence, as key and value for a summary list; unknown things last."""
    rows = [
        {"key": str(label), "value": write(evidence[name])}
        for name, (label, write) in _SHOWN.items()
        if evidence.get(name) not in (None, "", [])
    ]
    others = sorted(set(evidence) - set(_SHOWN) - _NOT_SHOWN)
    return rows + [{"key": name, "value": str(evidence[name])} for name in others]


# The one thing that tells a finding of a rule from another in a list.
_TELLING = ("days_over", "days_after", "nights", "properties", "silent_days", "minutes_late")


def telling_evidence(evidence: Mapping[str, Any]) -> str:
    """A finding's evidence in a few words; nobody is named."""
    names = [*_TELLING, "document_expires_on", "differing", "valid_until", "kind", "claimed_kind"]
    found = [one for one in names if evidence.get(one) not in (None, "", [])][:1]
    return "; ".join(f"{_SHOWN[one][0]}: {_SHOWN[one][1](evidence[one])}" for one in found)
