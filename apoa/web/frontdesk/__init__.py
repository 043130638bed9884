"""The lodging's pages: today, stays, receipts, people."""

from flask import Blueprint

blueprint = Blueprint("frontdesk", __name__)

from apoa.web.frontdesk import routes  # noqa: E402, F401 - the routes need the blueprint
