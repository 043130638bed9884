"""gunicorn's worker with threads, which neither logs nor repeats what it could not read.

A body that is longer than it says goes on as the next request: its first line, which gunicorn
would log, may be a guest's data, and a header without a name may be a key.
"""

from contextlib import suppress
from typing import Any
from uuid import uuid4

import structlog
from gunicorn.http.errors import (
    ConfigurationProblem,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers.gthread import ThreadWorker

from apoa.api.unreadable import unreadable_answer
from apoa.base.fault_facts import fault_facts

log = structlog.get_logger()

INTERNAL = "internal-error"
_OURS = (ConfigurationProblem, InvalidResponseHeader, InvalidResponseHeaderName)


class WebWorker(ThreadWorker):  # type: ignore[misc]
    """Answers what is no request as the API answers every other error."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Called by gunicorn for whatever failed outside of the application."""
        code, request_id = code_of(exc), uuid4().hex
        if code == INTERNAL:
            log.error("fault", request_id=request_id, **fault_facts(exc))
        else:
            log.warning("request_unreadable", kind=type(exc).__name__, request_id=request_id)
        with suppress(OSError):
            client.sendall(unreadable_answer(code, request_id, self._base_url()))

    def _base_url(self) -> str:
        settings = getattr(self.wsgi, "extensions", {}).get("apoa_settings")
        return settings.base_url.rstrip("/") if settings else ""


def code_of(error: BaseException) -> str:
    """The code of the problem that tells of this fault."""
    if isinstance(error, LimitRequestLine):
        return "address-too-long"
    if isinstance(error, LimitRequestHeaders):
        return "headers-too-large"
    if isinstance(error, ParseException) and not isinstance(error, _OURS):
        return "bad-request"
    return INTERNAL
