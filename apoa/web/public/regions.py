"""The regions that forms offer while a name is typed; names and codes are no secret."""

from flask import Response, jsonify, request

from apoa.offices.region_search import search_regions
from apoa.web.public import blueprint
from apoa.web.region_picker import FEWEST_LETTERS, NARROW


@blueprint.get("/regions")
def regions() -> Response:
    """The districts and villages whose names fit `q`."""
    query = request.args.get("q", "").strip()
    found = search_regions(query, levels=NARROW) if len(query) >= FEWEST_LETTERS else []
    return jsonify(items=[{"code": one.code, "label": one.label} for one in found])
