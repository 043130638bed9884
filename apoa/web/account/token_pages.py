"""How pages whose address holds a secret keep it: the browser passes on no more than the site."""

from flask import make_response, render_template
from werkzeug.wrappers import Response


def token_page(template: str, status: int = 200, **values: object) -> Response:
    """A page at a secret address."""
    answer = make_response(render_template(template, **values), status)
    # Not "no-referrer": the check of forms under https asks where they were sent from. This says
    # the site and never the path.
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


def ended_link_page() -> Response:
    """The link was used, is too old, or never was."""
    return token_page("account/link_ended.html", 404)
