"""What all officers share: their home, colleagues, the audit."""

from flask import Blueprint

blueprint = Blueprint("officers", __name__)

from apoa.web.officers import routes  # noqa: E402, F401 - the routes need the blueprint
