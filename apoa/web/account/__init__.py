"""Signing in, and the links that mails carry."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)

from apoa.web.account import routes  # noqa: E402, F401 - the routes need the blueprint
