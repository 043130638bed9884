"""Offices, working areas, deadlines, outages."""

from flask import Blueprint

blueprint = Blueprint("directorate", __name__)

from apoa.web.directorate import (  # noqa: E402, F401 - the routes need the blueprint
    areas,
    deadlines,
    offices,
    outages,
)
