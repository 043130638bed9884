"""Onboarding of lodgings: the registration queue and the properties."""

from apoa.web.insarkom import blueprint


@blueprint.route("/registrations")
def registrations() -> str:
    """To be built."""
    return "registrations"


@blueprint.route("/properties")
def properties() -> str:
    """To be built."""
    return "properties"
