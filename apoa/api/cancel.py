"""POST .../stays/{stay_id}/cancel: the stay should not have been reported."""

from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import caller
from apoa.api.blueprint import route
from apoa.api.request_body import read_json
from apoa.api.stay_json import stay_answer
from apoa.stays.act_schemas import CancelSchema
from apoa.stays.cancel import cancel_stay
from apoa.stays.models import Source

_RULE = "/properties/<uuid:property_id>/stays/<uuid:stay_id>/cancel"


@route(_RULE, methods=("POST",), needs="stays:write")
def cancel(property_id: UUID, stay_id: UUID) -> Response:
    """The cancelled stay; cancelled again it changes nothing, and the first reason stands."""
    reason = CancelSchema().read(read_json())["reason"]
    done = cancel_stay(caller(), property_id, stay_id, reason=reason, source=Source.API)
    return stay_answer(done)
