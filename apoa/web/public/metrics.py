"""GET /metrics: what an operator's monitoring reads; for who has the token, and else not there."""

import hmac

from flask import Response, abort, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from apoa.crosscheck.backlog import count_failed_jobs, measure_waiting
from apoa.web.public import blueprint
from apoa.web.request_actor import settings


@blueprint.get("/metrics")
def metrics() -> Response:
    """The gauges as Prometheus reads them; 404 without the token, for this page is not public."""
    token = settings().metrics_token
    given = request.headers.get("Authorization", "")
    if token is None or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        abort(404)
    registry = CollectorRegistry()
    waiting = measure_waiting()
    _gauge(
        registry,
        "apoa_crosscheck_backlog_jobs",
        "Jobs of the cross-check that are due or running.",
        waiting.jobs,
    )
    _gauge(
        registry,
        "apoa_crosscheck_backlog_oldest_seconds",
        "How long the oldest of these jobs has waited.",
        waiting.oldest_seconds,
    )
    _gauge(
        registry,
        "apoa_crosscheck_failed_jobs",
        "Jobs of the cross-check that gave up.",
        count_failed_jobs(),
    )
    answer = Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _gauge(registry: CollectorRegistry, name: str, words: str, value: float) -> None:
    Gauge(name, words, registry=registry).set(value)
