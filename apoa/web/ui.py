"""Decides how dates, deadlines, asset addresses and form faults are written on every page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_month_names
from flask import Flask, current_app, url_for
from flask_babel import get_locale, gettext, lazy_gettext

# Indonesia's three official zones, by their own name and by the name tzdata gives them.
_ZONE_OF_LABEL = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
_LABEL_OF_ZONE = {zone: label for label, zone in _ZONE_OF_LABEL.items()} | {"Asia/Pontianak": "WIB"}

# The colour and the words of every state that a page shows as a tag.
STATE_TAGS = {
    "in_house": ("blue", lazy_gettext("Menginap")),
    "departed": ("grey", lazy_gettext("Sudah keluar")),
    "cancelled": ("grey", lazy_gettext("Dibatalkan")),
    "on_time": ("green", lazy_gettext("Tepat waktu")),
    "late": ("red", lazy_gettext("Terlambat")),
    "extended": ("blue", lazy_gettext("Batas diperpanjang")),
    "amended": ("blue", lazy_gettext("Diubah")),
    "unsent": ("red", lazy_gettext("Belum terkirim")),
    "draft": ("grey", lazy_gettext("Konsep")),
    "pending": ("blue", lazy_gettext("Menunggu")),
    "unverified": ("grey", lazy_gettext("Surel belum diverifikasi")),
    "submitted": ("blue", lazy_gettext("Diajukan")),
    "asked_back": ("red", lazy_gettext("Perlu dilengkapi")),
    "approved": ("green", lazy_gettext("Disetujui")),
    "refused": ("red", lazy_gettext("Ditolak")),
    "active": ("green", lazy_gettext("Aktif")),
    "invited": ("blue", lazy_gettext("Diundang")),
    "suspended": ("red", lazy_gettext("Ditangguhkan")),
    "closed": ("grey", lazy_gettext("Ditutup")),
    "disabled": ("grey", lazy_gettext("Dinonaktifkan")),
    "expired": ("grey", lazy_gettext("Kedaluwarsa")),
    "revoked": ("grey", lazy_gettext("Dicabut")),
    "valid": ("green", lazy_gettext("Sah")),
    "invalid": ("red", lazy_gettext("Tidak sah")),
    "open": ("blue", lazy_gettext("Terbuka")),
    "done": ("green", lazy_gettext("Selesai")),
    "todo": ("grey", lazy_gettext("Belum")),
}


@dataclass(frozen=True)
class ErrorLink:
    """One line of the error summary: the words, and the field they lead to ("" for none)."""

    text: str
    href: str


def register_ui(app: Flask) -> None:
    """Give every template of the app the helpers described in docs/developers/ui.md."""
    app.jinja_env.globals.update(
        asset=asset,
        error_links=error_links,
        field_wiring=field_wiring,
        state_tag=state_tag,
        time_left=time_left,
    )
    app.jinja_env.filters.update(
        localdatetime=localdatetime,
        localdate=localdate,
        localtime=localtime,
        partial_date=partial_date,
        zone_label=zone_label,
    )


def asset(path: str) -> str:
    """Return the address of a static file with its fingerprint, safe to cache for ever.

    Raises FileNotFoundError for a file that does not exist.
    """
    file = Path(str(current_app.static_folder)) / path
    return url_for("static", filename=path, v=_fingerprint(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=256)
def _fingerprint(file: Path, _changed_ns: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def zone_label(tz_name: str) -> str:
    """Return WIB, WITA or WIT for an Indonesian zone, and the name itself for any other."""
    return _LABEL_OF_ZONE.get(tz_name, tz_name)


def localdatetime(value: datetime, tz_name: str) -> str:
    """Write an instant in a property's own zone: "21 Nov 2026 14.05 WIB".

    `tz_name` is a tzdata name or WIB, WITA, WIT. Raises ValueError for a value without a zone.
    """
    return f"{localdate(value, tz_name)} {localtime(value, tz_name)} {zone_label(tz_name)}"


def localdate(value: date | datetime, tz_name: str | None = None) -> str:
    """Write a day, "21 Nov 2026"; an instant needs the zone in which it becomes a day."""
    if isinstance(value, datetime):
        value = _in_zone(value, tz_name).date()
    return format_date(value, "d MMM yyyy", locale=_locale())


def localtime(value: datetime, tz_name: str) -> str:
    """Write the hour and minute of an instant in a zone: "14.05" in Indonesian, else "14:05"."""
    separator = "." if _locale().language == "id" else ":"
    return _in_zone(value, tz_name).strftime(f"%H{separator}%M")


def partial_date(value: str | None) -> str:
    """Write a date whose day or month may be unknown: "1974-08-00" becomes "Agustus 1974".

    Text that is not a date is given back as it came, so that nothing typed is hidden.
    """
    if not value:
        return ""
    year, _, rest = value.partition("-")
    month, _, day = rest.partition("-")
    if not (year.isdigit() and month.isdigit() and day.isdigit() and int(month) <= 12):
        return value
    if not int(month):
        return year
    month_name = get_month_names("wide", context="format", locale=_locale())[int(month)]
    return f"{int(day)} {month_name} {year}" if int(day) else f"{month_name} {year}"


def state_tag(state: object) -> tuple[str, str]:
    """Return the colour and the words of a state (a name, or an enum whose value is one)."""
    name = str(getattr(state, "value", state))
    colour, words = STATE_TAGS.get(name, ("grey", name))
    return colour, str(words)


def time_left(due_at: datetime, now: datetime) -> str:
    """Say how long is left to an instant, or how long it is past, in hours and minutes."""
    left = due_at - now
    hours, rest = divmod(abs(left), timedelta(hours=1))
    words = {"hours": hours, "minutes": rest // timedelta(minutes=1)}
    if left >= timedelta(0):
        return gettext("%(hours)s jam %(minutes)s menit lagi", **words)
    return gettext("lewat %(hours)s jam %(minutes)s menit", **words)


def error_links(*forms: Any) -> list[ErrorLink]:
    """List every fault of the forms in the order of their fields, for the error summary."""
    return [link for form in forms if form is not None for link in _links_of_form(form)]


def field_wiring(field: Any, hint: object = None) -> dict[str, str]:
    """Return the attributes that tie an input to its hint and its errors."""
    parts = ["hint"] if hint or field.description else []
    parts += ["error"] if field.errors else []
    described = {"aria-describedby": " ".join(f"{field.id}-{part}" for part in parts)}
    return (described if parts else {}) | ({"aria-invalid": "true"} if field.errors else {})


def _links_of_form(form: Any) -> Iterator[ErrorLink]:
    for text in getattr(form, "form_errors", ()):
        yield ErrorLink(str(text), "")
    for field in form:
        yield from _links_of_field(field)


def _links_of_field(field: Any) -> Iterator[ErrorLink]:
    if field.type == "FormField":
        yield from _links_of_form(field.form)
    elif field.type == "FieldList":
        for entry in field:
            yield from _links_of_field(entry)
    else:
        for text in field.errors:
            # Away from its field, "needed" alone would not say what is.
            label = f"{field.label.text}: " if field.label.text else ""
            yield ErrorLink(f"{label}{text}", f"#{_first_input_id(field)}")


def _first_input_id(field: Any) -> str:
    """Return the id a link must lead to: a group of inputs has none of its own."""
    if field.type in ("RadioField", "CheckboxesField"):
        return f"{field.id}-0"
    return f"{field.id}-day" if field.type == "DatePartsField" else str(field.id)


def _in_zone(value: datetime, tz_name: str | None) -> datetime:
    if value.tzinfo is None or tz_name is None:
        raise ValueError("an instant is shown in a named zone only")
    return value.astimezone(ZoneInfo(_ZONE_OF_LABEL.get(tz_name, tz_name)))


def _locale() -> Locale:
    return get_locale() or Locale("id")
