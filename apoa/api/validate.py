"""POST /properties/{property_id}/stays/validate: the verdict of a report; nothing is stored."""

from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller
from apoa.api.blueprint import route
from apoa.api.problem_json import listed
from apoa.api.rehearsal import rehearse
from apoa.api.request_body import read_json
from apoa.api.stay_json import report_body
from apoa.stays.preview import preview_item


@route("/properties/<uuid:property_id>/stays/validate", methods=("POST",), needs="stays:write")
def validate(property_id: UUID) -> Response:
    """`normalized` is the report as it would be stored; null where it cannot be read."""
    item = read_json()
    rehearse(item)
    preview = preview_item(caller(), property_id, item)
    report = preview.report
    return answer(
        {
            "valid": not preview.errors,
            "errors": listed(preview.errors),
            "warnings": listed(preview.warnings),
            "normalized": report_body(report, preview.time_zone) if report else None,
        }
    )
