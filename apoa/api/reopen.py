"""POST .../stays/{stay_id}/reopen: takes a check-out or a cancellation back."""

from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import caller
from apoa.api.blueprint import route
from apoa.api.request_body import read_json
from apoa.api.stay_json import stay_answer
from apoa.stays.act_schemas import ReopenSchema
from apoa.stays.models import Source
from apoa.stays.reopen import reopen_stay

_RULE = "/properties/<uuid:property_id>/stays/<uuid:stay_id>/reopen"


@route(_RULE, methods=("POST",), needs="stays:write")
def reopen(property_id: UUID, stay_id: UUID) -> Response:
    """The stay in house again; one that is in house stays as it is."""
    reason = ReopenSchema().read(read_json(optional=True))["reason"]
    done = reopen_stay(caller(), property_id, stay_id, reason=reason, source=Source.API)
    return stay_answer(done)
