"""Permits that an office's own system sends: /permits/feeds, with a verdict for each."""

from collections import Counter
from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import fields
from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, instant
from apoa.api.blueprint import route
from apoa.api.faults import ApiFault
from apoa.api.item_list import MOST_ITEMS
from apoa.api.problem_json import listed, problem_body
from apoa.api.request_body import read_json
from apoa.base.errors import InvalidInput, Problem
from apoa.base.schema import Fault, InputSchema
from apoa.permits.feed.chunk import Verdict
from apoa.permits.feed.listing import FaultView, FeedView, count_faults, list_faults, view_feed
from apoa.permits.feed.take_items import take_items
from apoa.permits.upsert import UpsertOutcome
from apoa.stays.schema_fields import Flag, Instant

NEEDS = "permits:write"
STATUSES = ("new", "changed", "unchanged", "refused")
MOST_FAULTS = 1000


class Items(fields.Field[list[Any]]):
    """A list of at most a thousand of anything: each is judged alone."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Any]:
        if not isinstance(value, list):
            raise Fault("invalid")
        if len(value) > MOST_ITEMS:
            raise Fault("too-many-items", max=MOST_ITEMS)
        return value


class PermitFeedInputSchema(InputSchema):
    """What a call carries besides its items."""

    items = Items(required=True)
    data_as_of = Instant(load_default=None, allow_none=True)
    dry_run = Flag(load_default=False)


@route("/permits/feeds", methods=("POST",), needs=NEEDS)
def send_permits() -> Response:
    """What became of each permit, in their order; one commit for all."""
    sent: dict[str, Any] = PermitFeedInputSchema().read(_object(read_json()))
    as_of: datetime | None = sent["data_as_of"]
    taken = take_items(caller(), sent["items"], data_as_of=as_of, is_dry_run=sent["dry_run"])
    results = [_result(place, one) for place, one in enumerate(taken.verdicts)]
    counts = Counter(result["status"] for result in results)
    return answer(
        {
            "feed_id": taken.feed_id,
            "dry_run": sent["dry_run"],
            "results": results,
            "counts": {name: counts[name] for name in STATUSES},
        }
    )


@route("/permits/feeds/<uuid:feed_id>", needs=NEEDS)
def get_permit_feed(feed_id: UUID) -> Response:
    """How far a feed of the key's office is, and the first faults of its report."""
    key = caller()
    if not key.office_roles:
        raise ApiFault("not-found")
    view = view_feed(key, feed_id)
    refused, warned = count_faults(feed_id)
    return answer(
        _feed(view)
        | {
            "fault_count": refused + warned,
            "faults": [_fault(one) for one in list_faults(feed_id, MOST_FAULTS)],
        }
    )


def _object(body: Any) -> dict[str, Any]:
    if not isinstance(body, dict):
        raise InvalidInput([Problem("", "invalid")])
    return body


def _result(place: int, verdict: Verdict) -> dict[str, Any]:
    judged = verdict.judged
    if verdict.outcome is None:
        problem = problem_body("invalid-input", 422, {}) | {"errors": listed(judged.problems)}
        return {"index": place, "status": "refused", "problem": problem}
    is_kept = verdict.outcome is UpsertOutcome.OUTDATED
    status = "unchanged" if is_kept else str(verdict.outcome)
    return {"index": place, "status": status, "warnings": listed(judged.warnings)}


def _feed(view: FeedView) -> dict[str, Any]:
    failure = listed([view.failure])[0] if view.failure else None
    return {
        "id": view.id,
        "state": view.state,
        "source": view.source,
        "kind": view.kind,
        "dry_run": view.is_dry_run,
        "data_as_of": instant(view.data_as_of),
        "created_at": instant(view.created_at),
        "ended_at": instant(view.ended_at),
        "total": view.total,
        "done": view.done_rows,
        "counts": {name: getattr(view, name) for name in STATUSES},
        "failure": failure,
    }


def _fault(one: FaultView) -> dict[str, Any]:
    [words] = listed([one.problem])
    return {
        "row": one.row,
        "column": one.column_name,
        "code": words["code"],
        "detail": words["detail"],
        "is_warning": one.is_warning,
    }
