"""What a call is noted to have done, from its request and answer alone."""

from typing import Any

import pytest

from apoa.access.call_models import CallMark
from apoa.api.call_marks import AMEND, BATCH, REPORT, Exchange, judge_call
from apoa.api.record_calls import path_template

STAY = "/properties/{property_id}/stays/{stay_id}"
FAULTY = {"code": "invalid-input", "errors": [{"code": "required"}, {"code": "required"}]}


def exchange(called: tuple[str, str | None], status: int, **rest: Any) -> Exchange:
    return Exchange(method=called[0], path=called[1], status=status, **rest)


@pytest.mark.parametrize(
    ("one", "marks"),
    [
        (exchange(REPORT, 201), [CallMark.ACCEPTED]),
        (exchange(REPORT, 200), [CallMark.DUPLICATE]),
        (exchange(REPORT, 422), [CallMark.REJECTED]),
        (exchange(REPORT, 409), []),
        (exchange(REPORT, 201, replayed=True), [CallMark.REPLAYED]),
        (exchange(("GET", REPORT[1]), 200), []),
        (exchange(("POST", f"{REPORT[1]}/validate"), 200), []),
        (exchange(AMEND, 200, if_match='"v1"', etag='"v2"'), [CallMark.AMENDED]),
        (exchange(AMEND, 200, if_match='W/"v1"', etag='"v2"'), [CallMark.AMENDED]),
        (exchange(AMEND, 200, if_match='"v1-0a1b"', etag='"v2-2c3d"'), [CallMark.AMENDED]),
        (exchange(AMEND, 200, if_match='"v2"', etag='"v2"'), []),
        (exchange(AMEND, 200, if_match='"v2-0a1b"', etag='"v2-2c3d"'), []),
        (exchange(AMEND, 412, if_match='"v1"'), []),
        (exchange(("POST", f"{STAY}/check-out"), 200), [CallMark.CHECKED_OUT]),
        (exchange(("POST", f"{STAY}/check-out"), 409), []),
        (exchange(("POST", f"{STAY}/cancel"), 200), [CallMark.CANCELLED]),
        (exchange(("POST", f"{STAY}/reopen"), 200), []),
        (exchange(("POST", None), 404), []),
    ],
)
def test_marks(one: Exchange, marks: list[CallMark]) -> None:
    assert judge_call(one).marks == marks


def test_codes_are_the_problems_own_and_its_faults_once() -> None:
    assert judge_call(exchange(REPORT, 422, answered=FAULTY)).codes == ["invalid-input", "required"]
    assert judge_call(exchange(REPORT, 201, answered=FAULTY)).codes == []


def test_a_report_is_known_by_its_reference_as_stored() -> None:
    sent = {"client_ref": " RES-1 "}
    assert judge_call(exchange(REPORT, 422, sent=sent)).refused == ["RES-1"]
    assert judge_call(exchange(REPORT, 201, sent=sent)).accepted == ["RES-1"]
    assert judge_call(exchange(REPORT, 201, sent={"client_ref": 3})).accepted == []
    assert judge_call(exchange(REPORT, 422, sent={"client_ref": "a\0b"})).refused == []


def test_a_batch_is_judged_by_its_items() -> None:
    sent = {"items": [{"client_ref": "A"}, {"client_ref": "B"}, "no object", {"client_ref": "D"}]}
    answered = {
        "results": [
            {"index": 0, "status": "created"},
            {"index": 1, "status": "rejected", "problem": FAULTY},
            {"index": 2, "status": "rejected", "problem": FAULTY},
            {"index": 3, "status": "duplicate"},
        ]
    }
    judged = judge_call(exchange(BATCH, 200, sent=sent, answered=answered))
    assert judged.marks == ["accepted", "duplicate", "rejected"]
    assert judged.codes == ["invalid-input", "required"]
    assert (judged.accepted, judged.refused) == (["A"], ["B"])


@pytest.mark.parametrize("body", [None, [], "text", {"results": 3}, {"results": [None, {}]}])
def test_what_cannot_be_understood_is_noted_without_marks(body: Any) -> None:
    judged = judge_call(exchange(BATCH, 200, sent=body, answered=body))
    assert (judged.marks, judged.codes) == ([], [])
    assert judge_call(exchange(REPORT, 422, sent=body, answered=body)).codes == []


def test_addresses_are_noted_as_the_contract_writes_them() -> None:
    rule = "/api/v1/properties/<uuid:property_id>/stays/<uuid:stay_id>/check-out"
    assert path_template(rule) == "/properties/{property_id}/stays/{stay_id}/check-out"
