"""Signing in, and the links that mails carry."""

from apoa.web.account import blueprint


@blueprint.route("/sign-in")
def sign_in() -> str:
    """To be built."""
    return "sign_in"


@blueprint.route("/sign-out")
def sign_out() -> str:
    """To be built."""
    return "sign_out"
