"""Finding stays."""

from apoa.web.supervision import blueprint


@blueprint.route("/search")
def search() -> str:
    """To be built."""
    return "search"
