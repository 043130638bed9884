"""Describes conformance runs: what an integration has shown with a test key."""

from apoa.api.blueprint import ANY_KEY
from apoa.api.openapi.field_schemas import reference
from apoa.api.openapi.operation import Body, Link, Operation, Parameter, json_answer
from apoa.api.openapi.shapes import ID, ref
from apoa.conformance.runs import RunInputSchema

TAG = "Conformance"
_RUN_ID = "0193a5b0-7c1d-7e2f-8a3b-4c5d6e7f8092"
_RUN = {
    "id": _RUN_ID,
    "integration": "Example PMS 4.2",
    "contract_version": "1.0",
    "state": "open",
    "started_at": "2026-11-21T07:00:00Z",
    "expires_at": "2026-12-05T07:00:00Z",
    "steps": [
        {
            "name": "accepted",
            "seen": True,
            "at": "2026-11-21T07:06:11Z",
            "request_id": "7f6d1c0f1a9f4a0c8c1f0f9d2b3a4c5d",
        },
        {"name": "duplicate", "seen": False, "at": None, "request_id": None},
    ],
    "certificate": None,
}

OPERATIONS = (
    Operation(
        "POST", "/conformance-runs", "startConformanceRun", TAG,
        "Start a run with a test key",
        "From now on the calls of this test key, and the deliveries to its webhook endpoints, are"
        " held against the list of steps. When all were seen, the run has a certificate.",
        ANY_KEY,
        (
            json_answer(
                201, "Started.", ref("ConformanceRun"), _RUN, headers=("Location",),
                links={
                    "read": Link(
                        "getConformanceRun", {"run_id": "$response.body#/id"}, "How it stands."
                    )
                },
            ),
        ),
        body=Body(reference(RunInputSchema), {"run": {"integration": "Example PMS 4.2"}}),
        problems=("test-key-needed", "too-often"),
        checks_input=True,
    ),
    Operation(
        "GET", "/conformance-runs/{run_id}", "getConformanceRun", TAG,
        "How a run stands",
        "Each step with the first call that showed it.",
        ANY_KEY,
        (json_answer(200, "The run.", ref("ConformanceRun"), _RUN),),
        (Parameter("run_id", "path", ID, "The run's id.", True, _RUN_ID),),
    ),
)  # fmt: skip
