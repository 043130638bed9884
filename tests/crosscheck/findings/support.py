"""Stays, permits and feeds for tests of findings, and the worker's jobs done at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from apoa.base.clock import pretend
from apoa.base.ids import new_id
from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.findings.models import Finding, FindingEvent
from apoa.crosscheck.findings.nightly import run_nightly
from apoa.crosscheck.recheck import run_step
from apoa.crosscheck.rules.change import read_rule_change, set_rule
from apoa.crosscheck.watchlist.entries import look_for_watched
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.permits.content import DocumentContent, PermitContent
from apoa.permits.feed.models import FeedKind, FeedSource, FeedState, PermitFeed
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import upsert_permits
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.cast import EVERYWHERE, Cast
from tests.factories import make_report

# 10 November 2026, 12.00 in Bengkulu.
ARRIVAL = datetime(2026, 11, 10, 5, 0, tzinfo=UTC)


def nov(day: int) -> date:
    return date(2026, 11, day)


@contextmanager
def on_day(day: date) -> Iterator[None]:
    """Noon of a day in Bengkulu."""
    with pretend(datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC)):
        yield


def night() -> None:
    """What the worker does of the findings at night."""
    set_scope(NOTHING)
    run_nightly()


def make_permit(number: str = "2A11KB0001", document: str = "L898902C3", **changes: Any) -> Any:
    """The permit of ANNA MARIA ERIKSSON, changed as a test needs."""
    values: dict[str, Any] = {
        "number": number,
        "issuing_state": "SWE",
        "kind": "itk",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "sex": "F",
        "birth_date": "1974-08-12",
        "nationality": "SWE",
        "valid_from": date(2026, 10, 1),
        "valid_until": nov(30),
        "documents": (DocumentContent(document, "SWE", date(2032, 4, 15)),),
    }
    return PermitContent(**(values | changes))


def register(content: PermitContent, as_of: datetime = ARRIVAL) -> UUID:
    """Stores a permit as a feed does; gives its id."""
    with scope(EVERYWHERE):
        [done] = upsert_permits([content], UpsertSource(None, as_of))
    return done.permit_id


def make_rule(cast: Cast, rule: str, day: int, **parameters: Any) -> None:
    """The directorate makes a rule's next version, in force from a day of November on."""
    data = {
        "parameters": parameters,
        "severity": "low",
        "handled_by": "supervision",
        "legal_basis_id": "UU 6/2011 pasal 71",
        "legal_basis_en": "Law 6/2011 article 71",
        "effective_from": nov(day).isoformat(),
    }
    set_rule(cast.act_as("directorate"), rule, read_rule_change(rule, data))


def feed_as_of(as_of: datetime) -> None:
    """Says that the register stood like this at an instant."""
    with scope(EVERYWHERE):
        session().add(
            PermitFeed(
                id=new_id(),
                state=FeedState.DONE,
                kind=FeedKind.CSV,
                source=FeedSource.COMMAND,
                is_dry_run=False,
                file_bytes=1,
                file_digest=b"x" * 32,
                reading={},
                mapping={},
                done_rows=1,
                new=1,
                data_as_of=as_of,
                created_at=as_of,
                started_at=as_of,
                ended_at=as_of,
                last_progress_at=as_of,
            )
        )
        session().commit()


def report(cast: Cast, property_name: str = "property_a", **changes: Any) -> UUID:
    """A clerk reports the specimen, arrived on the 10th until the 13th; gives the stay's id."""
    clerk = cast.act_as(f"clerk_{property_name[-1]}")
    values = {"checked_in_at": ARRIVAL, "expected_departure_on": nov(13)} | changes
    done = report_stay(
        clerk, cast.properties[property_name], make_report(**values), source=Source.WEB
    )
    set_scope(NOTHING)
    return done.stay_id


def work() -> int:
    """Does the waiting jobs and those that they leave, as the worker would; says how many."""
    set_scope(NOTHING)
    done = 0
    while True:
        session().rollback()
        job = session().execute(_NEXT).one_or_none()
        if job is None:
            return done
        session().commit()
        done += 1
        assert done < 100, "jobs leave jobs without end"
        if job.task_name == "cross_check_stays":
            how = dict(job.args)
            property_id, ids = UUID(how.pop("property_id")), map(UUID, how.pop("stay_ids"))
            outcome = check_stays(property_id, list(ids), **how)
            assert outcome.failed == 0
        elif job.task_name == "cross_check_permits":
            check_permits([UUID(one) for one in job.args["permit_ids"]])
        elif job.task_name == "look_for_watched":
            look_for_watched(UUID(job.args["entry_id"]))
        else:
            assert job.task_name == "run_recheck"
            run_step(UUID(job.args["recheck_id"]))


_NEXT = text(
    "DELETE FROM procrastinate_jobs WHERE id = (SELECT id FROM procrastinate_jobs WHERE"
    " status = 'todo' AND queue_name = 'crosscheck' ORDER BY priority DESC, id LIMIT 1)"
    " RETURNING task_name, args"
)


def check_again(cast: Cast, stay_id: UUID, property_name: str = "property_a") -> None:
    """Checks one stay again, and whatever that leaves to do."""
    set_scope(NOTHING)
    assert check_stays(cast.properties[property_name], [stay_id]).failed == 0
    work()


def findings(rule: str | None = None) -> list[Finding]:
    """All findings, or a rule's, seen with everybody's eyes."""
    with scope(EVERYWHERE):
        statement = select(Finding).order_by(Finding.id)
        if rule is not None:
            statement = statement.where(Finding.rule == rule)
        found = list(session().scalars(statement))
        session().expunge_all()
        session().rollback()
    return found


def the_finding(rule: str) -> Finding:
    [found] = findings(rule)
    return found


def acts_of(finding: Finding) -> list[str]:
    """What happened to it, oldest first."""
    with scope(EVERYWHERE):
        statement = (
            select(FindingEvent.act)
            .where(FindingEvent.finding_id == finding.id)
            .order_by(FindingEvent.seq)
        )
        acts = list(session().scalars(statement))
        session().rollback()
    return acts


def later(days: int) -> datetime:
    return ARRIVAL + timedelta(days=days)
