"""Permits beside the stays of the specimen, and the worker's jobs done at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from apoa.audit.models import AuditRow
from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.frequencies import forget_name_frequencies
from apoa.crosscheck.models import Match
from apoa.crosscheck.recheck import recheck_rule, run_step
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.permits.content import DocumentContent, PermitContent
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import upsert_permits
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.cast import EVERYWHERE, Cast
from tests.factories import make_report

AS_OF = datetime(2026, 1, 1, tzinfo=UTC)


def make_permit(number: str = "2A11KB0001", document: str = "L898902C3", **changes: Any) -> Any:
    """The permit of ANNA MARIA ERIKSSON, changed as a test needs."""
    values: dict[str, Any] = {
        "number": number,
        "issuing_state": "SWE",
        "kind": "itas",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "sex": "F",
        "birth_date": "1974-08-12",
        "nationality": "SWE",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2027, 12, 31),
        "documents": (DocumentContent(document, "SWE", date(2032, 4, 15)),),
    }
    return PermitContent(**(values | changes))


def register(*contents: PermitContent, as_of: datetime = AS_OF) -> list[UUID]:
    """Stores permits as a feed does; gives their ids."""
    with scope(EVERYWHERE):
        done = upsert_permits(contents, UpsertSource(None, as_of))
    return [one.permit_id for one in done]


def report(cast: Cast, property_name: str = "property_a", **changes: Any) -> UUID:
    """A clerk reports the specimen; gives the stay's id."""
    clerk = cast.act_as(f"clerk_{property_name[-1]}")
    done = report_stay(
        clerk, cast.properties[property_name], make_report(**changes), source=Source.WEB
    )
    set_scope(NOTHING)
    return done.stay_id


def waiting_jobs(task: str | None = None) -> list[Any]:
    """The cross-check's jobs that wait, in the order in which they are done."""
    rows = session().execute(
        text(
            "SELECT id, task_name, args, priority FROM procrastinate_jobs WHERE status = 'todo'"
            " AND queue_name = 'crosscheck' ORDER BY priority DESC, id"
        )
    )
    found = [row for row in rows if task in (None, row.task_name)]
    session().rollback()
    return found


def work() -> int:
    """Does the jobs that wait, and those that they leave, as the worker would; says how many."""
    set_scope(NOTHING)
    done = 0
    while jobs := waiting_jobs():
        job = jobs[0]
        session().execute(text("DELETE FROM procrastinate_jobs WHERE id = :id"), {"id": job.id})
        session().commit()
        TASKS[job.task_name](**job.args)
        done += 1
    return done


TASKS: dict[str, Callable[..., Any]] = {
    "cross_check_stays": lambda property_id, stay_ids, **how: check_stays(
        UUID(property_id), [UUID(one) for one in stay_ids], **how
    ),
    "cross_check_permits": lambda permit_ids: check_permits([UUID(one) for one in permit_ids]),
    "run_recheck": lambda recheck_id: run_step(UUID(recheck_id)),
    "recheck_rule": recheck_rule,
}


def match_of(stay_id: UUID) -> Match | None:
    """The stored match, seen with everybody's eyes."""
    with scope(EVERYWHERE):
        found = session().query(Match).filter(Match.stay_id == stay_id).one_or_none()
        if found is not None:
            session().expunge(found)
        session().rollback()
    return found


def get_match(stay_id: UUID) -> Match:
    """The stored match; fails without one."""
    found = match_of(stay_id)
    assert found is not None
    return found


@pytest.fixture(autouse=True)
def _fresh_frequencies() -> None:
    forget_name_frequencies()


@pytest.fixture
def other_passport(cast: Cast) -> tuple[UUID, UUID]:
    """A stay under a passport that the register does not know; gives stay and permit."""
    [permit_id] = register(make_permit(document="K7654321"))
    work()
    stay_id = report(cast)
    work()
    found = get_match(stay_id)
    assert (found.permit_id, found.needs_review) == (permit_id, True)
    return stay_id, permit_id


def audit_of(action: str) -> list[AuditRow]:
    """The audit rows of an act."""
    with scope(EVERYWHERE):
        rows = list(session().scalars(select(AuditRow).where(AuditRow.action == action)))
        for row in rows:
            session().expunge(row)
        session().rollback()
    return rows
