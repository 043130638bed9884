"""POST /properties/{property_id}/stays: reports one guest."""

from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import caller
from apoa.api.blueprint import route
from apoa.api.rehearsal import rehearse
from apoa.api.request_body import read_json
from apoa.api.stay_json import stay_answer, stay_path
from apoa.stays.models import Source
from apoa.stays.report import report_item


@route("/properties/<uuid:property_id>/stays", methods=("POST",), needs="stays:write")
def report(property_id: UUID) -> Response:
    """201 with the stay; 200 with the first one where the same was reported before."""
    item = read_json()
    rehearse(item)
    done = report_item(caller(), property_id, item, source=Source.API)
    location = stay_path(property_id, done.stay_id)
    return stay_answer(done, 200 if done.duplicate else 201, {"Location": location})
