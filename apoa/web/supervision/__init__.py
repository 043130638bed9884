"""Finding stays."""

from flask import Blueprint

blueprint = Blueprint("supervision", __name__)

from apoa.web.supervision import routes  # noqa: E402, F401 - the routes need the blueprint
