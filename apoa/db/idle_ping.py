"""Notices a database that went away while a connection was idle, at no cost for busy ones."""

from time import monotonic
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

# Shorter than a server takes to start again, so that after one no dead connection is trusted.
IDLE_SECONDS = 0.5
_LAST_USED = "apoa_last_used"


def ping_idle_connections(engine: Engine) -> None:
    """Asks connections that rested for more than half a second whether they live, before use.

    One that was used a moment ago is trusted: if the server died in between, this one request
    fails, is answered as such, and every connection is made anew.
    """

    @event.listens_for(engine, "checkin")
    def _note(_connection: Any, record: Any) -> None:
        record.info[_LAST_USED] = monotonic()

    @event.listens_for(engine, "checkout")
    def _ping(connection: Any, record: Any, _proxy: Any) -> None:
        last_used = record.info.get(_LAST_USED)
        if last_used is None or monotonic() - last_used < IDLE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error
