"""GET .../stays/{stay_id}/versions: every version with what changed, when and by which way."""

from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, instant
from apoa.api.blueprint import route
from apoa.api.stay_json import report_body
from apoa.stays.mapping import value_at
from apoa.stays.queries import get_lodging
from apoa.stays.read import VersionView, list_versions


@route("/properties/<uuid:property_id>/stays/<uuid:stay_id>/versions", needs="stays:read")
def versions(property_id: UUID, stay_id: UUID) -> Response:
    """Newest first; of each field that changed, the value before and after."""
    found = list_versions(caller(), property_id, stay_id)
    zone = get_lodging(property_id).time_zone
    contents = [report_body(one.report, zone) | {"state": one.state} for one in found]
    before: list[dict[str, Any]] = [*contents[1:], {}]
    return answer(
        {
            "items": [
                _version(view, content, older, zone)
                for view, content, older in zip(found, contents, before, strict=True)
            ]
        }
    )


def _version(
    view: VersionView, content: dict[str, Any], older: dict[str, Any], time_zone: str
) -> dict[str, Any]:
    return {
        "version": view.version,
        "act": view.act,
        "state": view.state,
        "source": view.source,
        "received_at": instant(view.received_at, time_zone),
        "reason": view.reason,
        "changes": [
            {
                "pointer": pointer,
                "before": value_at(older, pointer),
                "after": value_at(content, pointer),
            }
            for pointer in view.changed
        ],
    }
