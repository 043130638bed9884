"""What only time brings about: a walk over the lodgings, the permits, and the stays that wait.

Guests in house are walked over by a re-check of their own, each time zone in its night.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import text

from apoa.base.clock import now
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.defer import QUEUE
from apoa.crosscheck.findings.holders import BEGINNING, list_sought_after, settle_holders
from apoa.crosscheck.findings.lodgings import list_lodgings_after, settle_lodgings
from apoa.crosscheck.findings.store import list_active_subjects
from apoa.crosscheck.rules.names import RuleId
from apoa.crosscheck.rules.rulebook import Rulebook, read_rulebook
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work

log = structlog.get_logger()
REASON = "cross-check"
AT_ONCE = 200
# A stay without a permit that nobody looked at for so long is history.
WAITING_DAYS = 60
_NO_FINDING = """
NOT EXISTS (
  SELECT FROM finding_stays fs JOIN findings f ON f.id = fs.finding_id
  WHERE fs.stay_id = s.id AND f.rule = 'no-permit')
"""
# One that failed and is tried again later holds up nobody.
_PERMITS_WAIT = text(
    "SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE queue_name = :queue"
    " AND task_name = 'cross_check_permits' AND status IN ('todo', 'doing')"
    " AND (scheduled_at IS NULL OR scheduled_at <= now()))"
)
# Those who are to be checked anyway are left to that check, which knows the permits that came.
_IN_THE_QUEUE = """
WITH waiting AS MATERIALIZED (
  SELECT DISTINCT CAST(one AS uuid) AS stay_id FROM procrastinate_jobs,
    jsonb_array_elements_text(args -> 'stay_ids') AS one
  WHERE queue_name = :queue AND task_name = 'cross_check_stays' AND status IN ('todo', 'doing'))
"""
# Without a permit while the register grew more recent; to be handed over; late no longer.
_WAITING = text(
    f"""{_IN_THE_QUEUE}
SELECT s.property_id, s.id FROM matches m
JOIN stays s ON s.property_id = m.property_id AND s.id = m.stay_id
WHERE m.band = 'none' AND s.state <> 'cancelled' AND s.checked_in_at BETWEEN :since AND :feed_as_of
AND {_NO_FINDING} AND NOT EXISTS (SELECT FROM waiting w WHERE w.stay_id = s.id)
UNION
SELECT f.property_id, f.stay_id FROM findings f
WHERE f.rule = 'no-permit' AND f.state = 'open' AND f.handled_by = 'insarkom'
UNION
SELECT s.property_id, s.id FROM findings f
JOIN stays s ON s.property_id = f.property_id AND s.id = f.stay_id
WHERE f.rule = 'late-report' AND f.closed_at IS NULL AND s.deadline_state <> 'late'
ORDER BY 1, 2
"""  # noqa: S608 - conditions of our own
)


def run_nightly() -> None:
    """Settles everything that time alone changes, a few at a time, each few in one commit.

    A walk that fails keeps no other from being done; the first failure is raised after all.
    """
    failures = []
    for walk in (settle_waiting_stays, walk_lodgings, walk_holders):
        try:
            walk()
        except Exception as error:
            log.error("nightly_walk_failed", walk=walk.__name__, kind=type(error).__name__)
            failures.append(error)
    if failures:
        raise failures[0]


def settle_waiting_stays() -> int:
    """Asks the rules again about stays that waited for a more recent register, or for days.

    Gives how many were asked about. One that fails is noted and hinders no other. While permits
    that just came wait to be checked the turn is passed: who seems to have none may have one there.
    """
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    with unit_of_work(), scope_everywhere(REASON):
        if session().scalar(_PERMITS_WAIT, {"queue": QUEUE}):
            return 0
        rules = read_rulebook()
        as_of = rules.feed_as_of or now() - timedelta(days=WAITING_DAYS)
        since = as_of - timedelta(days=WAITING_DAYS)
        values = {"since": since, "feed_as_of": as_of, "queue": QUEUE}
        for property_id, stay_id in session().execute(_WAITING, values):
            by_lodging[property_id].append(stay_id)
    for property_id, stay_ids in by_lodging.items():
        check_stays(property_id, stay_ids, rematch=False, rules=rules)
    return sum(len(stay_ids) for stay_ids in by_lodging.values())


def walk_lodgings() -> None:
    """Asks about every approved lodging whether it fell silent; those with a finding again."""
    _settle_again(RuleId.SILENT_PROPERTY, settle_lodgings)
    last = UUID(int=0)
    while True:
        with unit_of_work(), scope_everywhere(REASON):
            ids = list_lodgings_after(last, AT_ONCE)
            if not ids:
                return
            settle_lodgings(ids, read_rulebook())
            last = ids[-1]


def walk_holders() -> None:
    """Asks about visit-permit holders whom nobody reported; those with a finding again."""
    _settle_again(RuleId.NO_STAY_REPORTED, settle_holders)
    place = BEGINNING
    while True:
        with unit_of_work(), scope_everywhere(REASON):
            rules = read_rulebook()
            places = list_sought_after(place, AT_ONCE, rules)
            if not places:
                return
            settle_holders([one.permit_id for one in places], rules)
            place = places[-1]


def _settle_again(rule: str, settle_subjects: Callable[[Sequence[UUID], Rulebook], None]) -> None:
    """Those about whom there is a finding: nobody else would close it."""
    after = UUID(int=0)
    while True:
        with unit_of_work(), scope_everywhere(REASON):
            found = list_active_subjects(rule, after, AT_ONCE)
            if not found:
                return
            settle_subjects([subject for _, subject in found], read_rulebook())
            after = found[-1][0]
