"""What a Kemendagri region code says by itself: level, parents, time zone, responsible office."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

OfficeId = TypeVar("OfficeId")

WESTERN, CENTRAL, EASTERN = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"

# Keppres 41/1987 names the zones by the 27 provinces of its day. A province formed since then
# keeps the zone of the province it was split from: Banten 36 and Kepulauan Bangka Belitung 19
# from Jawa Barat and Sumatera Selatan, Kepulauan Riau 21 from Riau, Kalimantan Utara 65 from
# Kalimantan Timur, Gorontalo 75 and Sulawesi Barat 76 from Sulawesi Utara and Selatan, Maluku
# Utara 82 from Maluku, Papua Barat 92 and 93 to 95 (UU 14, 15 and 16/2022) from Papua, and
# Papua Barat Daya 96 (UU 29/2022) from Papua Barat.
_PROVINCES_BY_ZONE = {
    WESTERN: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    CENTRAL: "51 52 53 63 64 65 71 72 73 74 75 76",
    EASTERN: "81 82 91 92 93 94 95 96",
}
_ZONE_OF_PROVINCE = {
    province: zone for zone, listed in _PROVINCES_BY_ZONE.items() for province in listed.split()
}
_ZONE_LABELS = {WESTERN: "WIB", CENTRAL: "WITA", EASTERN: "WIT"}

_CODE = re.compile(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?")
# Glottal stops are written with any of these, and typed without.
_GLOTTAL_STOPS = re.compile("[\"'`\u00b4\u02bb\u02bc\u2018\u2019\u201c\u201d]")
_NOT_A_LETTER_OR_DIGIT = re.compile(r"[\W_]+")
_SHORT_REGENCY = re.compile(r"^kab(?= )")
_ADMINISTRATIVE = re.compile(r"^(kota|kabupaten)(?: (?:administrasi|adm))+(?= )")


class RegionCodeMalformed(ValueError):
    """The text does not have the form of a Kemendagri region code."""


class ProvinceUnknown(ValueError):
    """The code begins with a province that does not exist."""


class TimeZoneNotIndonesian(ValueError):
    """The time zone is none of the three Indonesian ones."""


class AreaClaimedTwice(ValueError):
    """Two offices hold the same area code, so neither can be called the responsible one."""


class RegionLevel(StrEnum):
    """The four levels of a region, from the widest to the narrowest."""

    PROVINCE = "province"
    REGENCY = "regency"
    DISTRICT = "district"
    VILLAGE = "village"


def is_region_code(text: str) -> bool:
    """Tell whether the text has the form of a region code; such a region need not exist."""
    return _CODE.fullmatch(text) is not None


def region_level(code: str) -> RegionLevel:
    """Return the level of the region; raises RegionCodeMalformed."""
    return tuple(RegionLevel)[len(_parts(code)) - 1]


def parent_code(code: str) -> str | None:
    """Return the code of the region directly around this one, None for a province.

    Raises RegionCodeMalformed.
    """
    return ".".join(_parts(code)[:-1]) or None


def ancestor_codes(code: str) -> tuple[str, ...]:
    """Return the codes of all regions around this one, the province first, itself left out.

    Raises RegionCodeMalformed.
    """
    parts = _parts(code)
    return tuple(".".join(parts[:length]) for length in range(1, len(parts)))


def is_within(code: str, ancestor: str) -> bool:
    """Tell whether the region is the other one or lies in it; raises RegionCodeMalformed."""
    around = _parts(ancestor)
    return _parts(code)[: len(around)] == around


def time_zone_of(code: str) -> str:
    """Return the IANA time zone of the region, which is that of its province (Keppres 41/1987).

    Raises RegionCodeMalformed and ProvinceUnknown.
    """
    province = _parts(code)[0]
    if province not in _ZONE_OF_PROVINCE:
        raise ProvinceUnknown(f"no province has the code {province}")
    return _ZONE_OF_PROVINCE[province]


def zone_label(time_zone: str) -> str:
    """Return WIB, WITA or WIT for an IANA time zone; raises TimeZoneNotIndonesian."""
    if time_zone not in _ZONE_LABELS:
        raise TimeZoneNotIndonesian(f"{time_zone!r} is not an Indonesian time zone")
    return _ZONE_LABELS[time_zone]


def fold_region_name(name: str) -> str:
    """Return the form of a region's name, or of what was typed to find it, that is compared.

    Case, diacritics, punctuation and glottal stops do not count; "Kab." is "Kabupaten"; the
    "Administrasi" or "Adm." of Jakarta's regencies is left out, since nobody types it.
    """
    bare = _without_diacritics(_without_diacritics(name).casefold())
    words = _NOT_A_LETTER_OR_DIGIT.sub(" ", _GLOTTAL_STOPS.sub("", bare)).strip()
    return _ADMINISTRATIVE.sub(r"\1", _SHORT_REGENCY.sub("kabupaten", words))


def office_for_region(region_code: str, areas: Iterable[tuple[OfficeId, str]]) -> OfficeId | None:
    """Return the office whose area code covers the region most closely, None without one.

    A district held by one office thus leaves the rest of its regency with the other. Raises
    RegionCodeMalformed, and AreaClaimedTwice if two offices hold the deciding code.
    """
    offices_by_area: dict[str, set[OfficeId]] = {}
    for office_id, area_code in areas:
        offices_by_area.setdefault(area_code, set()).add(office_id)
    for code in (region_code, *reversed(ancestor_codes(region_code))):
        offices = offices_by_area.get(code, set())
        if len(offices) > 1:
            raise AreaClaimedTwice(f"more than one office holds the area {code}")
        if offices:
            return offices.pop()
    return None


def _parts(code: str) -> list[str]:
    if not is_region_code(code):
        raise RegionCodeMalformed(f"{code!r} is not a region code")
    return code.split(".")


def _without_diacritics(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark))
