"""One's own account: password, language, sessions."""

from apoa.web.own import blueprint


@blueprint.route("/")
def account() -> str:
    """To be built."""
    return "account"


@blueprint.route("/sessions")
def sessions() -> str:
    """To be built."""
    return "sessions"
