"""The reverse check: who came into the country on a visit permit and was reported by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

from sqlalchemy import text

from apoa.base.clock import now, today
from apoa.crosscheck.findings.apply import apply_cause, close_finding
from apoa.crosscheck.findings.models import ACTIVE
from apoa.crosscheck.findings.store import lock_findings
from apoa.crosscheck.holder_rows import PERMIT_COLUMNS, permit_facts
from apoa.crosscheck.rules.cause import Cause, cause_key
from apoa.crosscheck.rules.evaluate import evaluate
from apoa.crosscheck.rules.facts import HolderFacts
from apoa.crosscheck.rules.names import RuleId
from apoa.crosscheck.rules.rulebook import Rulebook, find_latest
from apoa.db.base import session
from apoa.offices.queries import find_office_for_region
from apoa.offices.regions import WESTERN

# A match that Insarkom has yet to look at counts too: nobody is sought who may have been reported.
# So does one with any permit of the same person: those that share a document and the birth date
# (as in holder_rows), and those that the match names beside its own.
_HOLDERS = text(
    f"""
SELECT {PERMIT_COLUMNS}, seen.last_on
FROM permits p
LEFT JOIN LATERAL (
  SELECT max(greatest(s.checked_in_on, coalesce(s.checked_out_on, :today))) AS last_on
  FROM (
    SELECT p.id AS permit_id
    UNION
    SELECT b.permit_id FROM permit_documents a
    JOIN permit_documents b ON b.number_blind = a.number_blind AND b.permit_id <> a.permit_id
    JOIN permits o ON o.id = b.permit_id AND o.birth_date = p.birth_date
    WHERE a.permit_id = p.id AND coalesce(b.issuing_state, '') = coalesce(a.issuing_state, '')
  ) held
  CROSS JOIN LATERAL (
    SELECT property_id, stay_id FROM matches WHERE permit_id = held.permit_id
    UNION ALL
    SELECT property_id, stay_id FROM holder_stays WHERE permit_id = held.permit_id) m
  JOIN stays s ON s.property_id = m.property_id AND s.id = m.stay_id
  WHERE s.state <> 'cancelled') seen ON true
WHERE p.id = ANY (CAST(:ids AS uuid[]))
"""  # noqa: S608 - columns of our own
)
# By the permit's own matches alone, for the whole register is walked: those who are left are looked
# at closely. What an officer dismissed is asked again after another entry.
_SOUGHT = text(
    """
SELECT p.entered_on, p.id FROM permits p
WHERE (p.entered_on, p.id) > (:entered_on, :id) AND p.entered_on <= :last_on
AND p.valid_until >= :today AND p.kind = ANY (:kinds)
AND p.status NOT IN ('cancelled', 'revoked', 'departed', 'converted')
AND NOT EXISTS (
  SELECT FROM matches m JOIN stays s ON s.property_id = m.property_id AND s.id = m.stay_id
  WHERE m.permit_id = p.id AND s.state <> 'cancelled'
  AND (s.checked_out_on IS NULL OR s.checked_out_on >= p.entered_on))
AND NOT EXISTS (
  SELECT FROM findings f WHERE f.permit_id = p.id AND f.rule = 'no-stay-reported'
  AND f.state <> 'closed_itself'
  AND (f.state <> 'dismissed' OR f.evidence ->> 'entered_on' = CAST(p.entered_on AS text)))
ORDER BY p.entered_on, p.id LIMIT :most
"""
)


@dataclass(frozen=True)
class Place:
    """Where the walk over the permits is."""

    entered_on: date
    permit_id: UUID


BEGINNING = Place(date(1900, 1, 1), UUID(int=0))


def holder_key(permit_id: UUID) -> bytes:
    """What names the cause that a permit's holder is reported by nobody."""
    return cause_key(RuleId.NO_STAY_REPORTED, f"permit:{permit_id}")


def list_sought_after(place: Place, most: int, rules: Rulebook) -> list[Place]:
    """The next permits whose holder should have been reported, and has no finding of it yet."""
    here = today(WESTERN)
    numbers = find_latest(rules, RuleId.NO_STAY_REPORTED, here).parameters
    values = {
        "entered_on": place.entered_on,
        "id": place.permit_id,
        "last_on": here - timedelta(days=int(numbers["after_days"])),
        "today": here,
        "kinds": list(numbers["kinds"]),
        "most": most,
    }
    return [Place(*row) for row in session().execute(_SOUGHT, values)]


def gather_holders(permit_ids: Sequence[UUID]) -> list[HolderFacts]:
    """What is known of these permits' holders. A permit of no office's area is nobody's to seek."""
    at, here = now(), today(WESTERN)
    office_of = lru_cache(maxsize=None)(find_office_for_region)
    found = []
    for row in session().execute(_HOLDERS, {"ids": list(permit_ids), "today": here}):
        *columns, last_reported_on = row
        permit = permit_facts(columns)
        office_id = permit.issuing_office_id
        if office_id is None and permit.region_code:
            office_id = office_of(permit.region_code)
        if office_id is not None:
            found.append(HolderFacts(at, here, permit, office_id, last_reported_on))
    return found


def settle_holders(permit_ids: Sequence[UUID], rules: Rulebook) -> None:
    """Makes the findings about these permits' holders what is known of them."""
    known = {one.cause: one for one in lock_findings([], [holder_key(one) for one in permit_ids])}
    causes: dict[bytes, Cause] = {}
    for facts in gather_holders(permit_ids):
        rule = rules.find(RuleId.NO_STAY_REPORTED, facts.office_id, facts.today)
        causes |= {cause.key: cause for cause in (evaluate(rule, facts) if rule else [])}
    for key, cause in sorted(causes.items()):
        apply_cause(cause, known.get(key))
    for key, finding in known.items():
        if key not in causes and finding.state in ACTIVE:
            close_finding(finding)
