"""POST .../stays/{stay_id}/check-out: the guest left."""

from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import caller
from apoa.api.blueprint import route
from apoa.api.request_body import read_json
from apoa.api.stay_json import stay_answer
from apoa.stays.act_schemas import CheckOutSchema
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source

_RULE = "/properties/<uuid:property_id>/stays/<uuid:stay_id>/check-out"


@route(_RULE, methods=("POST",), needs="stays:write")
def check_out(property_id: UUID, stay_id: UUID) -> Response:
    """The stay as it stands then; said again of the same time, it changes nothing."""
    left_at = CheckOutSchema().read(read_json())["checked_out_at"]
    return stay_answer(check_out_stay(caller(), property_id, stay_id, left_at, source=Source.API))
