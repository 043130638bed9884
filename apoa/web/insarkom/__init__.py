"""Onboarding of lodgings, and the feeds that keep the register of permits loaded."""

from flask import Blueprint

blueprint = Blueprint("insarkom", __name__)

from apoa.web.insarkom import (  # noqa: E402, F401 - the routes need the blueprint
    permit_feed,
    permit_feeds,
    permit_keys,
    properties,
    regions,
    registrations,
    review,
    review_decision,
    review_queue,
)
