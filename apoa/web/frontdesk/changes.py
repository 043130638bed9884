"""How the differences between two versions of a stay are told to a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _

from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES
from apoa.stays.read import VersionView, compare_versions
from apoa.web.frontdesk.choices import code_label, country_label
from apoa.web.ui import localdate, localdatetime, partial_date


@dataclass(frozen=True)
class Change:
    """One field that differs: what it is called, and its words before and after."""

    label: str
    before: str
    after: str


def changes_between(older: VersionView, newer: VersionView, time_zone: str) -> list[Change]:
    """Every field that differs, in the order of the report."""
    return [
        Change(
            field_label(change.pointer),
            field_words(change.pointer, change.before, time_zone),
            field_words(change.pointer, change.after, time_zone),
        )
        for change in compare_versions(older, newer)
    ]


def field_label(pointer: str) -> str:
    """What a field of the report is called on the screen."""
    return {
        "/client_ref": _("Nomor reservasi"),
        "/party_ref": _("Rombongan"),
        "/room": _("Kamar"),
        "/guest/surname": _("Nama keluarga"),
        "/guest/given_names": _("Nama depan"),
        "/guest/mononym": _("Hanya punya satu nama"),
        "/guest/native_name": _("Nama dalam aksara asli"),
        "/guest/sex": _("Jenis kelamin"),
        "/guest/birth_date": _("Tanggal lahir"),
        "/guest/birth_place": _("Tempat lahir"),
        "/guest/nationality": _("Kewarganegaraan"),
        "/document/type": _("Jenis dokumen"),
        "/document/number": _("Nomor dokumen"),
        "/document/issuing_state": _("Negara penerbit"),
        "/document/expires_on": _("Dokumen berlaku sampai"),
        "/document/unavailable_reason": _("Dokumen tidak tersedia, karena"),
        "/mrz": _("Baris bawah paspor (MRZ)"),
        "/permit": _("Izin tinggal"),
        "/entry": _("Masuk Indonesia"),
        "/contact": _("Kontak tamu"),
        "/permit/kind": _("Jenis izin tinggal"),
        "/permit/number": _("Nomor izin tinggal"),
        "/entry/entered_on": _("Tanggal masuk Indonesia"),
        "/entry/port": _("Tempat masuk Indonesia"),
        "/purpose": _("Maksud kunjungan"),
        "/contact/email": _("Surel tamu"),
        "/contact/phone": _("Telepon tamu"),
        "/checked_in_at": _("Tiba"),
        "/expected_departure_on": _("Rencana keluar"),
        "/checked_out_at": _("Waktu keluar"),
        "/late_reason": _("Alasan bila terlambat lapor"),
    }.get(pointer, pointer.strip("/"))


def field_words(pointer: str, value: Any, time_zone: str) -> str:
    """A field's value in words; "–" for nothing."""
    if value is None or value == "":
        return "–"
    if pointer.endswith("_at"):
        return localdatetime(_instant(value), time_zone)
    if pointer.endswith("_on"):
        return localdate(_day(value))
    if isinstance(value, Mapping):
        parts = ((f"{pointer}/{name}", part) for name, part in value.items() if part)
        return ", ".join(field_words(name, part, time_zone) for name, part in parts)
    if isinstance(value, (list, tuple)):
        return "\n".join(str(one) for one in value)
    return _WORDS.get(pointer, lambda found: str(found))(value)


def sex_label(code: str) -> str:
    """F, M or X in words."""
    words = {"F": _("Perempuan"), "M": _("Laki-laki"), "X": _("Tidak ditentukan")}
    return words.get(code, code)


def _yes_or_no(value: object) -> str:
    return _("Ya") if value else _("Tidak")


_WORDS = {
    "/guest/sex": sex_label,
    "/guest/mononym": _yes_or_no,
    "/guest/birth_date": partial_date,
    "/guest/nationality": country_label,
    "/document/issuing_state": country_label,
    "/document/type": lambda code: code_label(DOCUMENT_TYPES, code),
    "/permit/kind": lambda code: code_label(PERMIT_KINDS, code),
    "/purpose": lambda code: code_label(PURPOSES, code),
}


def _instant(value: str | datetime) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def _day(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
