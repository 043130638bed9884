"""Lodgings that fell silent: what is known of their reports, and the finding that follows."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text

from apoa.base.clock import local_date, now
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.crosscheck.findings.apply import apply_cause, close_finding
from apoa.crosscheck.findings.models import ACTIVE
from apoa.crosscheck.findings.store import lock_findings
from apoa.crosscheck.rules.cause import Cause, cause_key
from apoa.crosscheck.rules.evaluate import evaluate
from apoa.crosscheck.rules.facts import LodgingFacts
from apoa.crosscheck.rules.names import RuleId
from apoa.crosscheck.rules.rulebook import Rulebook
from apoa.db.base import session

# Reports are counted no further than any rule would ask.
_MOST_COUNTED = 400
# The latest arrivals stand for the latest reports: an index leads to them.
_LODGINGS = text(
    """
SELECT p.id, p.office_id, p.state, p.approved_at, p.time_zone, last.first_received_at, before.count
FROM properties p
LEFT JOIN LATERAL (
  SELECT first_received_at, checked_in_at FROM stays WHERE property_id = p.id
  ORDER BY checked_in_at DESC LIMIT 1) last ON true
LEFT JOIN LATERAL (
  SELECT count(*) FROM (
    SELECT FROM stays WHERE property_id = p.id
    AND checked_in_at > last.checked_in_at - interval '90 days' LIMIT :most) s) before ON true
WHERE p.id = ANY (CAST(:ids AS uuid[]))
"""
)
_ALL = text(
    "SELECT id FROM properties WHERE state = 'approved' AND office_id <> :sandbox"
    " AND id > :after ORDER BY id LIMIT :most"
)


def lodging_key(property_id: UUID) -> bytes:
    """What names the cause of a lodging's silence."""
    return cause_key(RuleId.SILENT_PROPERTY, f"property:{property_id}")


def list_lodgings_after(property_id: UUID, most: int) -> list[UUID]:
    """The next approved lodgings in the order of their ids."""
    values = {"sandbox": SANDBOX_OFFICE_ID, "after": property_id, "most": most}
    return list(session().scalars(_ALL, values))


def gather_lodgings(property_ids: Sequence[UUID]) -> list[LodgingFacts]:
    """What is known of these lodgings and their reports, in one statement."""
    at = now()
    rows = session().execute(_LODGINGS, {"ids": list(property_ids), "most": _MOST_COUNTED})
    return [
        LodgingFacts(
            at=at,
            today=local_date(at, zone),
            property_id=property_id,
            office_id=office_id,
            is_approved=state == "approved",
            approved_on=local_date(approved_at, zone) if approved_at else None,
            last_received_on=local_date(received_at, zone) if received_at else None,
            reports_before=count or 0,
        )
        for property_id, office_id, state, approved_at, zone, received_at, count in rows
        if office_id != SANDBOX_OFFICE_ID
    ]


def settle_lodgings(property_ids: Sequence[UUID], rules: Rulebook) -> None:
    """Makes the findings about these lodgings' silence what is known of them."""
    facts = gather_lodgings(property_ids)
    keys = [lodging_key(one.property_id) for one in facts]
    known = {one.cause: one for one in lock_findings([], keys)}
    causes: dict[bytes, Cause] = {}
    for one in facts:
        rule = rules.find(RuleId.SILENT_PROPERTY, one.office_id, one.today)
        causes |= {cause.key: cause for cause in (evaluate(rule, one) if rule else [])}
    for key, cause in sorted(causes.items()):
        apply_cause(cause, known.get(key))
    for key, finding in known.items():
        if key not in causes and finding.state in ACTIVE:
            close_finding(finding)
