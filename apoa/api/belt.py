"""Who may come in: every call is counted, and everything not declared open needs a key."""

from uuid import UUID

from flask import Flask, g, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from apoa.access.admit import Admission, admit
from apoa.access.api_caller import ApiCaller
from apoa.access.roles import Role
from apoa.api.blueprint import ANY_KEY, NEEDS, OPEN, PREFIX
from apoa.api.caller_text import bearer_of, request_id_of
from apoa.api.faults import ApiFault
from apoa.api.problem_json import insufficient_scope, unauthorized
from apoa.api.rate_limit import add_rate_headers, limits, require_quota
from apoa.audit.record import Origin, set_origin
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.scope import set_scope

# Whether the process lives is told also while the database is away.
_WITHOUT_DATABASE = "api.health"


def register_belt(app: Flask) -> None:
    """Puts the belt around every path of the API, those that do not exist included."""
    app.before_request(_let_in)
    app.after_request(_finish)


def is_api_path(path: str) -> bool:
    """Whether a path is under the belt."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def _let_in() -> None:
    if not is_api_path(request.path):
        return
    g.request_id = request_id_of(request)
    g.api_allowance = None
    admission = _admit()
    if admission is None:
        return
    g.api_allowance = admission.allowance
    if admission.caller is not None:
        _act_as(admission.caller)
    require_quota(admission.allowance)
    if isinstance(request.routing_exception, RequestRedirect):
        # Two slashes in a row: a program is told at once, and not sent elsewhere with its body.
        raise ApiFault("not-found")
    if request.endpoint is None or request.method == "OPTIONS":
        # No such path or method: routing says so. OPTIONS tells nothing but methods.
        return
    _require_entrance(admission)


def _admit() -> Admission | None:
    try:
        return admit(bearer_of(request), request.remote_addr, limits())
    except (DBAPIError, PoolTimeout):
        if request.endpoint == _WITHOUT_DATABASE:
            return None
        raise


def _require_entrance(admission: Admission) -> None:
    needed = NEEDS.get(request.endpoint or "")
    if needed is None:
        raise ApiFault("not-found")
    if needed == OPEN:
        return
    if admission.caller is None:
        raise unauthorized(admission.refusal or "credentials-invalid")
    if needed != ANY_KEY and needed not in admission.caller.scopes:
        raise insufficient_scope(needed)
    _enter_lodging(admission.caller)


def _enter_lodging(caller: ApiCaller) -> None:
    """Hands the view the lodging as it is stored; 404 for one that is not the key's."""
    arguments = request.view_args or {}
    asked = arguments.get("property_id")
    if not isinstance(asked, UUID):
        return
    stored = caller.find_stored(asked)
    if stored is None:
        # 404, not 403: do not confirm that the lodging exists.
        raise ApiFault("not-found")
    arguments["property_id"] = stored


def _act_as(caller: ApiCaller) -> None:
    g.actor = caller
    set_scope(caller.scope)
    set_origin(
        Origin(
            kind="api_key",
            actor_id=caller.user_id,
            role=Role.API_CLIENT,
            request_id=g.request_id,
            address=request.remote_addr,
            office_id=SANDBOX_OFFICE_ID if caller.is_test else None,
        )
    )


def _finish(response: Response) -> Response:
    if "api_has_words" in g:
        response.vary.add("Accept-Language")
    return add_rate_headers(response) if is_api_path(request.path) else response
