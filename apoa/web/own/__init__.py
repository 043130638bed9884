"""One's own account: password, language, sessions."""

from flask import Blueprint

blueprint = Blueprint("own", __name__)

from apoa.web.own import routes  # noqa: E402, F401 - the routes need the blueprint
