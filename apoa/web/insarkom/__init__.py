"""Onboarding of lodgings: the registration queue and the properties."""

from flask import Blueprint

blueprint = Blueprint("insarkom", __name__)

from apoa.web.insarkom import (  # noqa: E402, F401 - the routes need the blueprint
    properties,
    regions,
    registrations,
)
