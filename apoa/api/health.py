"""GET /health: the process lives and answers."""

from werkzeug.wrappers import Response

from apoa.api.answers import answer
from apoa.api.blueprint import OPEN, route


@route("/health", needs=OPEN)
def health() -> Response:
    """Liveness alone: it says nothing of the database, so that no restart follows its outage."""
    return answer({"status": "ok"})
