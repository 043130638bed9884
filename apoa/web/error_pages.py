"""How faults are shown: each as a page that says what to do next, none with details of ours."""

from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from apoa.base.errors import NotAllowed, NotFound, NotSignedIn, Refused, Throttled
from apoa.base.fault_facts import fault_facts
from apoa.base.problems import problem_text
from apoa.db.base import db
from apoa.web.locale import select_locale
from apoa.web.refusals import status_of

log = structlog.get_logger()
Answer = Callable[[Any], Response]


def register_error_pages(app: Flask) -> None:
    """One answer for each kind of fault."""
    pages: dict[type[Exception], Answer] = {
        HTTPException: _http,
        CSRFError: _csrf,
        NotFound: lambda _e: page(404),
        NotAllowed: _not_allowed,
        NotSignedIn: lambda _e: page(401),
        Throttled: _throttled,
        Refused: _refused,
        OperationalError: _database_down,
        PoolTimeout: _database_down,
        Exception: _fault,
    }
    for kind, shown in pages.items():
        app.register_error_handler(kind, _page_or_other(shown))


def answer_errors_below(app: Flask, path: str, answer: Answer, *, besides: str) -> None:
    """Lets faults of the addresses below a path be answered in another form than a page.

    `besides` is a path below it that has pages all the same.
    """
    app.extensions.setdefault("apoa_error_answers", []).append((path, besides, answer))


def _page_or_other(shown: Answer) -> Answer:
    def choose(error: Any) -> Response:
        for path, besides, answer in current_app.extensions.get("apoa_error_answers", []):
            if request.path.startswith(path) and not request.path.startswith(besides):
                other: Response = answer(error)
                return other
        return shown(error)

    return choose


def page(status: int, code: str | None = None) -> Response:
    """The page of a status; it needs neither database nor actor."""
    text = render_template(
        f"shared/errors/{code or status}.html", request_id=g.get("request_id", "")
    )
    return Response(text, status, mimetype="text/html")


def _http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    known = (400, 403, 404, 405, 413, 429, 503)
    answer = page(error.code if error.code in known else (400 if error.code < 500 else 500))
    answer.status_code = error.code
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _csrf(_error: CSRFError) -> Response:
    return page(400, "csrf")


def _not_allowed(error: NotAllowed) -> Response:
    log.warning("denied", action=str(error))
    return page(403)


def _refused(error: Refused) -> Response:
    """For pages that did not say it at a field themselves."""
    words = [problem_text(problem, select_locale()) for problem in error.problems]
    text = render_template(
        "shared/errors/refused.html", words=words, request_id=g.get("request_id", "")
    )
    return Response(text, status_of(error), mimetype="text/html")


def _throttled(error: Throttled) -> Response:
    answer = page(429)
    answer.headers["Retry-After"] = str(error.retry_after)
    return answer


def _database_down(error: Exception) -> Response:
    _drop_transaction()
    log.error("database_unavailable", **fault_facts(error))
    answer = page(503)
    answer.headers["Retry-After"] = "30"
    return answer


def _fault(error: Exception) -> Response:
    _drop_transaction()
    log.error("fault", **fault_facts(error))
    return page(500)


def _drop_transaction() -> None:
    try:
        db.session.rollback()
    except Exception:
        db.session.remove()
