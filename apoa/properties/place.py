"""Decides what follows from a lodging's region: its office and its time zone."""

from dataclasses import dataclass
from uuid import UUID

from apoa.base.errors import InvalidInput
from apoa.offices.queries import find_office_for_region, find_region, hold_areas, list_area_names
from apoa.offices.regions import time_zone_of

_NAMED_AREAS = 20


@dataclass(frozen=True)
class PropertyPlace:
    """The office that answers for a region, and the IANA time zone there."""

    office_id: UUID
    time_zone: str


def place_of(region_code: str) -> PropertyPlace:
    """What follows from a region, which then holds until this transaction ends.

    Raises InvalidInput at the region when it does not exist, or when no office answers for it:
    a lodging must not be let in where nobody would look after it.
    """
    if find_region(region_code) is None:
        raise InvalidInput.because("region-unknown", "/region_code")
    hold_areas()
    office_id = find_office_for_region(region_code)
    if office_id is None:
        raise InvalidInput.because("region-not-served", "/region_code", areas=_served_areas())
    return PropertyPlace(office_id, time_zone_of(region_code))


def _served_areas() -> str:
    names = list_area_names()
    listed = ", ".join(names[:_NAMED_AREAS]) or "–"
    return f"{listed}, …" if len(names) > _NAMED_AREAS else listed
