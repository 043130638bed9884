"""How the receipt says dates, codes and states, in Indonesian and in English."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from apoa.stays.codes import DOCUMENT_TYPES
from apoa.stays.receipt.view import Language

_MONTHS: dict[Language, list[str]] = {
    "id": [
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ],
    "en": [
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ],
}  # fmt: skip
_DAY_UNKNOWN = {"id": "hari tidak diketahui", "en": "day unknown"}
_DAY_AND_MONTH_UNKNOWN = {
    "id": "hari dan bulan tidak diketahui",
    "en": "day and month unknown",
}
# Indonesia has three zones without daylight time; the offset decides the abbreviation.
_ZONE_LABELS = {7: "WIB", 8: "WITA", 9: "WIT"}

_TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "sex": {
        "M": ("Laki-laki", "Male"),
        "F": ("Perempuan", "Female"),
        "X": ("Tidak ditentukan", "Unspecified"),
    },
    "document_type": {one.code: (one.indonesian, one.english) for one in DOCUMENT_TYPES},
    "deadline_state": {
        "on_time": ("Tepat waktu", "On time"),
        "late": ("Terlambat", "Late"),
        "extended": ("Tepat waktu (batas diperpanjang)", "On time (deadline extended)"),
    },
    "state": {
        "in_house": ("Sedang menginap", "In house"),
        "departed": ("Sudah berangkat", "Departed"),
        "cancelled": ("Dibatalkan", "Cancelled"),
    },
}


def term(kind: str, code: str, language: Language) -> str:
    """The code in both languages, the asked one first; an unlisted code as it is."""
    if code not in _TERMS[kind]:
        return code
    indonesian, english = _TERMS[kind][code]
    if language == "en":
        indonesian, english = english, indonesian
    return f"{indonesian} / {english}"


def say_date(day: date, language: Language) -> str:
    """A calendar day: 24 November 2026."""
    return f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"


def say_partial_date(text: str, language: Language) -> str:
    """A "1974-08-00" with what is unknown said in words; other text as it is."""
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts) or int(parts[1]) > 12:
        return text
    year, month, day = parts[0], int(parts[1]), int(parts[2])
    if month == 0:
        return f"{year} ({_DAY_AND_MONTH_UNKNOWN[language]})"
    month_and_year = f"{_MONTHS[language][month - 1]} {year}"
    if day == 0:
        return f"{month_and_year} ({_DAY_UNKNOWN[language]})"
    return f"{day} {month_and_year}"


def say_instant(instant: datetime, time_zone: str, language: Language) -> str:
    """An aware instant on the property's clock: 21 November 2026, 14.05 WIB."""
    local = instant.astimezone(ZoneInfo(time_zone))
    clock = local.strftime("%H.%M" if language == "id" else "%H:%M")
    return f"{say_date(local.date(), language)}, {clock} {zone_label(local)}"


def zone_label(local: datetime) -> str:
    """WIB, WITA or WIT for an Indonesian clock, else the offset from UTC."""
    offset = local.utcoffset()
    hours = offset.total_seconds() / 3600 if offset is not None else 0
    return _ZONE_LABELS.get(int(hours), local.strftime("UTC%z"))
