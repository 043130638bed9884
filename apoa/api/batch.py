"""POST /properties/{property_id}/stays/batch: up to 1,000 reports, each judged alone."""

from collections import Counter
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller
from apoa.api.blueprint import route
from apoa.api.idempotency import answered_before, failed_in_part
from apoa.api.item_list import read_items
from apoa.api.problem_json import fault_body, refusal_body
from apoa.api.rehearsal import rehearse_items
from apoa.api.stay_json import stay_body
from apoa.base.errors import Refused
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.report import NotStored, report_items

STATUSES = ("created", "duplicate", "rejected")


@route("/properties/<uuid:property_id>/stays/batch", methods=("POST",), needs="stays:write")
def batch(property_id: UUID) -> Response:
    """What became of each item, in their order; one commit for all."""
    items = read_items()
    forced = rehearse_items(items)
    known = {place: _rejected(place, problem) for place, problem in forced.items()} | _settled()
    others = [item for place, item in enumerate(items) if place not in known]
    done = iter(report_items(caller(), property_id, others, source=Source.API))
    results = [
        known[place] if place in known else _result(place, next(done))
        for place in range(len(items))
    ]
    if any(_is_our_fault(result) for result in results):
        failed_in_part()
    counts = Counter(result["status"] for result in results)
    return answer({"results": results, "counts": {name: counts[name] for name in STATUSES}})


def _settled() -> dict[int, dict[str, Any]]:
    """By place what was answered to this batch before, all but our own failures."""
    before = answered_before() or {"results": []}
    return {one["index"]: one for one in before["results"] if not _is_our_fault(one)}


def _is_our_fault(result: dict[str, Any]) -> bool:
    return result["status"] == "rejected" and result["problem"]["status"] >= 500


def _result(place: int, outcome: ReportedStay | Refused | NotStored) -> dict[str, Any]:
    if isinstance(outcome, Refused):
        return _rejected(place, refusal_body(outcome))
    if isinstance(outcome, NotStored):
        return _rejected(place, fault_body())
    status = "duplicate" if outcome.duplicate else "created"
    return {"index": place, "status": status, "stay": stay_body(outcome)}


def _rejected(place: int, problem: dict[str, Any]) -> dict[str, Any]:
    return {"index": place, "status": "rejected", "problem": problem}
