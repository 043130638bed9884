"""Pages for everybody: home, registration, verification of receipts."""

from flask import Blueprint

blueprint = Blueprint("public", __name__)

from apoa.web.public import (  # noqa: E402, F401 - the routes need the blueprint
    certificates,
    metrics,
    receipts,
    regions,
    registration,
    registration_links,
    routes,
)
