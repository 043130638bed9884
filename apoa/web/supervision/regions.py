"""The regions that the search form offers while a name is typed, down to the district."""

from flask import Response, jsonify, request

from apoa.offices.region_search import FoundRegion, search_regions
from apoa.offices.regions import RegionLevel
from apoa.web.supervision import blueprint

LEVELS = (RegionLevel.PROVINCE, RegionLevel.REGENCY, RegionLevel.DISTRICT)


@blueprint.get("/regions")
def regions() -> Response:
    """The regions whose names fit `q`."""
    found = regions_like(request.args.get("q", ""))
    return jsonify(items=[{"code": one.code, "label": one.label} for one in found])


def regions_like(text: str) -> list[FoundRegion]:
    """The provinces, regencies and districts whose names fit."""
    return search_regions(text, levels=LEVELS)
