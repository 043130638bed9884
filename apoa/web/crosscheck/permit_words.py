"""How a permit reads: its kind, its status, what was done to it, and how fresh the register is."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from apoa.permits.brief import PermitBrief
from apoa.permits.feed.freshness import freshness
from apoa.stays.codes import PERMIT_KINDS, code_name
from apoa.web.locale import select_locale
from apoa.web.office_clock import office_time_zone
from apoa.web.ui import localdate, localdatetime

STATUS_MARKS = {
    "active": ("green", lazy_gettext("Berlaku")),
    "extended": ("green", lazy_gettext("Diperpanjang")),
    "converted": ("grey", lazy_gettext("Dialihkan ke izin lain")),
    "cancelled": ("red", lazy_gettext("Dibatalkan")),
    "revoked": ("red", lazy_gettext("Dicabut")),
    "departed": ("grey", lazy_gettext("Berakhir karena keberangkatan (EPO)")),
}
ACT_WORDS = {
    "imported": lazy_gettext("Dimuat dari umpan data"),
    "extended": lazy_gettext("Diperpanjang"),
    "status": lazy_gettext("Status berubah"),
    "corrected": lazy_gettext("Data diperbaiki"),
    "document_added": lazy_gettext("Dokumen ditambahkan"),
    "document_removed": lazy_gettext("Dokumen ditarik kembali"),
}


def kind_name(kind: str | None) -> str:
    """A kind of permit in words."""
    return code_name(PERMIT_KINDS, kind, select_locale()) if kind else ""


def kind_and_index(kind: str, index_code: str | None) -> str:
    """Kind and index code; a code that only repeats the kind is left out."""
    repeats = index_code is None or index_code.lower() == kind
    return kind_name(kind) if repeats else f"{kind_name(kind)} {index_code}"


def brief_text(brief: PermitBrief) -> str:
    """A permit in a line: kind, index code and last day, without its holder."""
    kind = kind_and_index(brief.kind, brief.index_code)
    return _("%(kind)s, sampai %(day)s", kind=kind, day=localdate(brief.valid_until))


def register_as_of() -> str | None:
    """As of when the register is known; None before the first feed."""
    known = freshness().data_as_of
    return localdatetime(known, office_time_zone()) if known else None
