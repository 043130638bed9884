"""Offices, working areas, deadlines."""

from apoa.web.directorate import blueprint


@blueprint.route("/offices")
def offices() -> str:
    """To be built."""
    return "offices"


@blueprint.route("/deadlines")
def deadlines() -> str:
    """To be built."""
    return "deadlines"
