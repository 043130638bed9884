"""GET /status: is there a declared outage, and by how much does each move the deadlines."""

from typing import Any

from werkzeug.wrappers import Response

from apoa.api.answers import answer, instant
from apoa.api.blueprint import OPEN, route
from apoa.stays.outages import OutageView, list_outages


@route("/status", needs=OPEN)
def status() -> Response:
    """What lasts or ended in the last 90 days."""
    outages = list_outages()
    lasting = any(one.ends_at is None for one in outages)
    return answer({"status": "outage" if lasting else "ok", "outages": [_item(o) for o in outages]})


def _item(outage: OutageView) -> dict[str, Any]:
    """`extension_minutes`: how much a deadline moves whose whole time it cut; None while it lasts.

    A deadline moves by the part of the outage between check-in and the deadline.
    """
    length = outage.ends_at - outage.starts_at if outage.ends_at else None
    return {
        "id": str(outage.id),
        "from": instant(outage.starts_at),
        "until": instant(outage.ends_at),
        "reason": outage.reason,
        "declared_at": instant(outage.declared_at),
        "extension_minutes": int(length.total_seconds() // 60) if length is not None else None,
    }
