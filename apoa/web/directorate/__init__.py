"""Offices, working areas, deadlines, outages, tables of permits."""

from flask import Blueprint

blueprint = Blueprint("directorate", __name__)

from apoa.web.directorate import (  # noqa: E402, F401 - the routes need the blueprint
    areas,
    deadlines,
    fine_rates,
    nationality_lists,
    offices,
    outages,
    permit_indexes,
    rules,
)
