"""How Schemathesis makes values that mean something, and what it may be refused for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.generation import GenerationMode

from apoa.api.openapi.paths.stay_examples import SCANNED

# Rules that JSON Schema cannot say: about other fields, about now, about what the words mean.
RULES = frozenset(
    {
        "birth-in-future",
        "birth-too-long-ago",
        "check-in-implausible",
        "check-in-in-future",
        "check-out-before-check-in",
        "check-out-in-future",
        "day-without-month",
        "departure-before-check-in",
        "departure-too-far",
        "document-number-unreadable",
        "invalid-date",
        "mrz-characters",
        "mrz-kind",
        "mrz-length",
        "no-letters",
        "webhook-url-malformed",
        "webhook-url-not-https",
        "webhook-url-not-public",
        "webhook-not-my-property",
    }
)
# What a zone that cannot be read leaves open.
WITHOUT_ZONE = frozenset({"required", "document-number-or-reason", "name-or-mononym"})
_TODAY = datetime.now(UTC).date()
# Just past, so that a report is neither ahead of time nor a check-out before its check-in.
_DAYS = st.dates(_TODAY + timedelta(days=1), _TODAY + timedelta(days=300))
_INSTANTS = st.datetimes(
    datetime.now() - timedelta(days=40), datetime.now() - timedelta(days=1)
).map(lambda moment: moment.isoformat() + "Z")


@st.composite
def _partial_dates(draw: Any) -> str:
    year = draw(st.integers(_TODAY.year - 100, _TODAY.year - 1))
    month = draw(st.integers(0, 12))
    day = draw(st.integers(0, 28)) if month else 0
    return f"{year:04}-{month:02}-{day:02}"


schemathesis.openapi.format("date", _DAYS.map(date.isoformat))
schemathesis.openapi.format("date-time", _INSTANTS)
schemathesis.openapi.format("partial-date", _partial_dates())


@schemathesis.hook
def map_case(_ctx: HookContext, case: Case) -> Case:
    """Mends what chance never gets right, so that more than a refusal is seen of a report."""
    is_positive = case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE
    body = case.body
    if is_positive and case.headers and "If-Match" in case.headers:
        # An ETag is never guessed; the version alone names what a link has just made.
        case.headers["If-Match"] = '"v1"'
    if not is_positive or not isinstance(body, dict):
        return case
    if body.get("mrz"):
        body["mrz"] = SCANNED["mrz"]
    arrived_at, left_at = body.get("checked_in_at"), body.get("checked_out_at")
    if isinstance(arrived_at, str) and isinstance(left_at, str) and left_at < arrived_at:
        body["checked_out_at"] = arrived_at
    return case


@schemathesis.check
def refused_by_a_rule(_ctx: CheckContext, response: Response, case: Case) -> None:
    """What fits the description is refused only for a rule that it cannot state."""
    is_positive = case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE
    if response.status_code not in (400, 422) or not is_positive:
        return
    body = response.json()
    if response.status_code == 400:
        # Anything may be an item of a batch, but for what the document says of all JSON.
        is_bound = "number is too" in body["detail"] or body["code"] == "nested-too-deep"
        assert is_bound, f"not read: {body}"
        return
    if body["code"] == "idempotency-key-reused":
        return
    # A cursor is opaque: anything but one of ours is refused.
    faults = [one for one in body.get("errors", []) if one["pointer"] != "/cursor"]
    assert body.get("errors"), f"refused without a reason: {body}"
    zone_is_faulty = any(one["pointer"] == "/mrz" for one in faults)
    rules = RULES | (WITHOUT_ZONE if zone_is_faulty else set())
    if isinstance(case.body, dict) and case.body.get("mrz"):
        # Whether the zone has two names or one.
        rules |= {"mononym-one-name"}
    if case.method.upper() == "PATCH":
        # What is left of the stay once the patch is merged: no description of the patch can say.
        rules |= WITHOUT_ZONE | {"mononym-one-name", "document-number-and-reason"}
    others = [one for one in faults if one["code"] not in rules]
    assert not others, f"refused for what it could have said: {others}"
