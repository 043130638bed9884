"""GET /properties/{property_id}/stays: its stays page by page, newest arrival first."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, shown_id
from apoa.api.blueprint import PREFIX, route
from apoa.api.query import read_query
from apoa.api.stay_json import base_url, stay_body
from apoa.stays.act_schemas import StayFilterSchema
from apoa.stays.listing import StayFilter, list_stay_views


@route("/properties/<uuid:property_id>/stays", needs="stays:read")
def stays(property_id: UUID) -> Response:
    """A page of whole stays; the next one by `next_cursor`, or by the Link header."""
    wanted: dict[str, Any] = read_query(StayFilterSchema())
    cursor, limit = wanted.pop("cursor"), wanted.pop("limit")
    page = list_stay_views(caller(), property_id, StayFilter(**wanted), cursor, limit)
    items = [stay_body(view) for view in page.views]
    headers = {}
    if page.next_cursor:
        query = urlencode(request.args.to_dict() | {"cursor": page.next_cursor})
        path = f"{PREFIX}/properties/{shown_id(property_id)}/stays"
        headers["Link"] = f'<{base_url()}{path}?{query}>; rel="next"'
    return answer({"items": items, "next_cursor": page.next_cursor}, headers=headers)
