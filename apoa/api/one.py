"""GET and PATCH /properties/{property_id}/stays/{stay_id}: one stay, and how it is amended."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from apoa.api.answers import caller, require_version
from apoa.api.blueprint import route
from apoa.api.request_body import MERGE_PATCH_TYPES, read_json
from apoa.api.stay_json import stay_answer
from apoa.stays.amend import patch_stay
from apoa.stays.models import Source
from apoa.stays.read import view_stay

_RULE = "/properties/<uuid:property_id>/stays/<uuid:stay_id>"


@route(_RULE, needs="stays:read")
def stay(property_id: UUID, stay_id: UUID) -> Response:
    """The stay; 304 where the caller's ETag still says everything."""
    response = stay_answer(view_stay(caller(), property_id, stay_id))
    return response.make_conditional(request.environ)


@route(_RULE, methods=("PATCH",), needs="stays:write")
def amend(property_id: UUID, stay_id: UUID) -> Response:
    """A JSON merge patch of what was reported: a new version; the first received time stays."""
    version = require_version()
    patch = read_json(types=MERGE_PATCH_TYPES)
    done = patch_stay(
        caller(), property_id, stay_id, patch, expected_version=version, source=Source.API
    )
    return stay_answer(done)
