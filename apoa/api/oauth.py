"""POST /oauth/token: client credentials for a token of one hour (RFC 6749, section 4.4)."""

from flask import request
from werkzeug.wrappers import Response

from apoa.access.issue_token import issue_token
from apoa.api.answers import answer
from apoa.api.blueprint import OPEN, route
from apoa.api.faults import ApiFault
from apoa.base.errors import InvalidInput, NotSignedIn

FORM_TYPE = "application/x-www-form-urlencoded"


@route("/oauth/token", methods=("POST",), needs=OPEN)
def token() -> Response:
    """A token for a key's id and secret, sent by HTTP Basic or in the form.

    Its problems carry RFC 6749's `error` beside the API's own `code`.
    """
    if request.mimetype != FORM_TYPE:
        raise ApiFault(
            "unsupported-media-type",
            headers={"Accept-Post": FORM_TYPE},
            members={"error": "invalid_request"},
            wanted=FORM_TYPE,
        )
    if request.form.get("grant_type") != "client_credentials":
        raise ApiFault("unsupported-grant-type", members={"error": "unsupported_grant_type"})
    client_id, client_secret = _credentials()
    scopes = request.form.get("scope", "").split()
    try:
        issued = issue_token(client_id, client_secret, scopes)
    except NotSignedIn:
        raise _unknown_client() from None
    except InvalidInput as error:
        [problem] = error.problems
        scope = problem.params["scope"]
        members = {"error": "invalid_scope"}
        raise ApiFault(problem.code, members=members, scope=scope) from None
    return answer(
        {
            "access_token": issued.token,
            "token_type": "Bearer",
            "expires_in": issued.expires_in,
            "scope": " ".join(issued.scopes),
        }
    )


def _credentials() -> tuple[str, str]:
    basic = request.authorization
    if basic is not None and basic.type == "basic":
        return basic.username or "", basic.password or ""
    client_id = request.form.get("client_id", "")
    secret = request.form.get("client_secret", "")
    if not client_id or not secret:
        raise _unknown_client()
    return client_id, secret


def _unknown_client() -> ApiFault:
    return ApiFault(
        "credentials-invalid",
        headers={"WWW-Authenticate": 'Basic realm="apoa"'},
        members={"error": "invalid_client"},
    )
