"""The lodging's pages: today, stays, receipts, people."""

from apoa.web.frontdesk import blueprint


@blueprint.route("/")
def properties() -> str:
    """To be built."""
    return "properties"


@blueprint.route("/<uuid:property_id>/")
def board(property_id: object) -> str:
    """To be built."""
    return "board"


@blueprint.route("/<uuid:property_id>/stays/new")
def new_stay(property_id: object) -> str:
    """To be built."""
    return "new_stay"


@blueprint.route("/<uuid:property_id>/stays")
def stays(property_id: object) -> str:
    """To be built."""
    return "stays"


@blueprint.route("/<uuid:property_id>/people")
def people(property_id: object) -> str:
    """To be built."""
    return "people"


@blueprint.route("/<uuid:property_id>/details")
def details(property_id: object) -> str:
    """To be built."""
    return "details"
