"""Pages for the developers of lodgings' own systems: guides, every call, every error code."""

from flask import Blueprint

blueprint = Blueprint("docs", __name__)

from apoa.web.docs import (  # noqa: E402, F401 - the routes need the blueprint
    calls,
    error_codes,
    guides,
)
