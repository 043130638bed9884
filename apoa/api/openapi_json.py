"""GET /openapi.json: the description of this API, made of the schemas that validate."""

from flask import current_app
from werkzeug.wrappers import Response

from apoa.api.answers import cacheable
from apoa.api.blueprint import OPEN, route
from apoa.api.openapi.document import document

_SECONDS = 300


@route("/openapi.json", needs=OPEN)
def openapi_document() -> Response:
    """The whole document; the same for everybody."""
    settings = current_app.extensions["apoa_settings"]
    return cacheable(document(settings.base_url), _SECONDS)
