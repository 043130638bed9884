"""What a form's region box shows: the region chosen, and the regions found for what was typed."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from wtforms import Field

from apoa.offices.queries import find_region_paths
from apoa.offices.region_search import FoundRegion, search_regions
from apoa.offices.regions import RegionLevel

NARROW = (RegionLevel.DISTRICT, RegionLevel.VILLAGE)
FEWEST_LETTERS = 2


@dataclass(frozen=True)
class RegionPicker:
    """The arguments of the `region_search` macro; `is_searching`: nothing is to be stored yet."""

    query: str
    results: list[FoundRegion] | None
    chosen: dict[str, str] | None
    is_searching: bool


def pick_region(field: Field, levels: Iterable[RegionLevel] = NARROW) -> RegionPicker:
    """Reads the box of this field from the request; without JavaScript the server searches."""
    query = request.values.get(f"{field.name}-query", "").strip()
    is_searching = f"{field.name}-search" in request.values
    code = field.data or ""
    path = find_region_paths([code]).get(code)
    chosen = {"code": code, "label": ", ".join(reversed(path))} if path else None
    results = None
    if is_searching or (query and chosen is None):
        long_enough = len(query) >= FEWEST_LETTERS
        results = search_regions(query, levels=levels) if long_enough else []
    return RegionPicker(query, results, chosen, is_searching)
