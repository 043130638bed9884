"""POST /conformance-runs, GET /conformance-runs/{run_id}: what an integration has shown so far."""

from typing import Any
from uuid import UUID

from flask import current_app
from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, instant
from apoa.api.blueprint import ANY_KEY, PREFIX, route
from apoa.api.request_body import read_json
from apoa.conformance.runs import RunInputSchema, RunView, read_run, start_run
from apoa.conformance.steps import Seen


@route("/conformance-runs", methods=("POST",), needs=ANY_KEY)
def start_conformance_run() -> Response:
    """Starts a run of the test key that asks: 201; 409 for a live key."""
    key = caller()
    integration = RunInputSchema().read(read_json())
    run = start_run(key, key.user_id, integration)
    return answer(_body(run), 201, {"Location": f"{PREFIX}/conformance-runs/{run.run_id}"})


@route("/conformance-runs/<uuid:run_id>", needs=ANY_KEY)
def get_conformance_run(run_id: UUID) -> Response:
    """How a run of this key stands now."""
    return answer(_body(read_run(caller(), run_id)))


def _body(run: RunView) -> dict[str, Any]:
    return {
        "id": run.run_id,
        "integration": run.integration,
        "contract_version": run.contract_version,
        "state": run.state,
        "started_at": instant(run.started_at),
        "expires_at": instant(run.expires_at),
        "steps": [_step(str(step), seen) for step, seen in run.steps.items()],
        "certificate": _certificate(run),
    }


def _step(name: str, seen: Seen | None) -> dict[str, Any]:
    return {
        "name": name,
        "seen": seen is not None,
        "at": instant(seen.at) if seen else None,
        "request_id": seen.request_id if seen else None,
    }


def _certificate(run: RunView) -> dict[str, Any] | None:
    if run.certificate_number is None:
        return None
    base_url = current_app.extensions["apoa_settings"].base_url
    url = f"{base_url}/certificates/{run.certificate_number}"
    return {
        "number": run.certificate_number,
        "issued_at": instant(run.passed_at),
        "url": url,
        "verification_url": f"{url}.json",
    }
