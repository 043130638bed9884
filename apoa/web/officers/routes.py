"""What all officers share: their home, colleagues, the audit."""

from apoa.web.officers import blueprint


@blueprint.route("/")
def home() -> str:
    """To be built."""
    return "home"


@blueprint.route("/people")
def people() -> str:
    """To be built."""
    return "people"


@blueprint.route("/audit")
def audit() -> str:
    """To be built."""
    return "audit"
