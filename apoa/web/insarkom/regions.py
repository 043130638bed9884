"""The regions that the list's filter offers while a name is typed: of every level."""

from flask import Response, jsonify, request

from apoa.offices.region_search import search_regions
from apoa.web.insarkom import blueprint
from apoa.web.region_picker import FEWEST_LETTERS


@blueprint.get("/regions")
def regions() -> Response:
    """The regions whose names fit `q`."""
    query = request.args.get("q", "").strip()
    found = search_regions(query) if len(query) >= FEWEST_LETTERS else []
    return jsonify(items=[{"code": one.code, "label": one.label} for one in found])
