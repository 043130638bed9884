"""Who reads which rows of the audit, and that its pages stand still."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
import time_machine

from apoa.access.read_audit import PAGE, AuditEntry, AuditFilter, read_audit
from apoa.audit.record import record
from apoa.base.errors import NotAllowed
from apoa.base.ids import new_id
from apoa.db.unit_of_work import unit_of_work
from tests.cast import Cast

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
ALL = AuditFilter()


def write(action: str, office_id: UUID | None, count: int = 1) -> None:
    with unit_of_work():
        for number in range(count):
            record(action, office_id=office_id, number=number)


def actions(entries: list[AuditEntry]) -> set[str]:
    return {entry.action for entry in entries}


def test_a_head_reads_the_rows_of_the_own_office_alone(cast: Cast) -> None:
    write("here", cast.office_bengkulu)
    write("elsewhere", cast.office_blitar)
    write("nowhere", None)
    page = read_audit(cast.act_as("head_bengkulu"), ALL)
    assert actions(page.entries) == {"here"}


@pytest.mark.parametrize("who", ["directorate", "auditor"])
def test_who_serves_nationally_reads_all(cast: Cast, who: str) -> None:
    write("here", cast.office_bengkulu)
    write("elsewhere", cast.office_blitar)
    write("nowhere", None)
    page = read_audit(cast.act_as(who), ALL)
    assert {"here", "elsewhere", "nowhere"} <= actions(page.entries)


@pytest.mark.parametrize(
    "who", ["insarkom_bengkulu", "supervisor_bengkulu", "manager_ab", "clerk_a", "stranger"]
)
def test_who_does_not_read_the_audit(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowed):
        read_audit(cast.act_as(who), ALL)


def test_reading_the_audit_stands_in_the_audit(cast: Cast) -> None:
    auditor = cast.act_as("auditor")
    read_audit(auditor, AuditFilter(action="here", day=date(2026, 11, 20)))
    (entry,) = read_audit(auditor, AuditFilter(action="audit_read")).entries
    assert entry.detail == {"of_action": "here", "of_day": "2026-11-20", "count": 0}


def test_an_action_is_picked_out(cast: Cast) -> None:
    write("one", cast.office_bengkulu, 2)
    write("other", cast.office_bengkulu)
    page = read_audit(cast.act_as("auditor"), AuditFilter(action="one"))
    assert [entry.action for entry in page.entries] == ["one", "one"]


def test_a_day_is_one_of_the_western_zone(cast: Cast) -> None:
    midnight = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    with time_machine.travel(midnight, tick=False) as clock:
        clock.shift(timedelta(seconds=-1))
        write("before", None)
        clock.shift(timedelta(seconds=1))
        write("first", None)
        clock.shift(timedelta(hours=24, seconds=-1))
        write("last", None)
        clock.shift(timedelta(seconds=1))
        write("after", None)
    page = read_audit(cast.act_as("auditor"), AuditFilter(day=date(2026, 11, 20)))
    assert actions(page.entries) == {"first", "last"}


def test_pages_stand_still_while_rows_are_added(cast: Cast) -> None:
    wanted = AuditFilter(action="act")
    actor = cast.act_as("auditor")
    with time_machine.travel(NOON, tick=False):
        write("act", None, PAGE * 2 + 5)
        first = read_audit(actor, wanted)
        assert (first.has_newer, first.has_older) == (False, True)
        write("act", None, 7)
        second = read_audit(actor, wanted, before=first.entries[-1].id)
        third = read_audit(actor, wanted, before=second.entries[-1].id)
    assert (third.has_newer, third.has_older) == (True, False)
    numbers = [e.detail["number"] for page in (first, second, third) for e in page.entries]
    assert numbers == list(range(PAGE * 2 + 4, -1, -1))
    back = read_audit(actor, wanted, after=third.entries[0].id)
    assert [entry.id for entry in back.entries] == [entry.id for entry in second.entries]
    newest = read_audit(actor, wanted, after=first.entries[0].id)
    assert len(newest.entries) == 7
    assert not newest.has_newer


def test_a_made_up_place_in_the_list_shows_nothing(cast: Cast) -> None:
    write("act", None)
    page = read_audit(cast.act_as("auditor"), ALL, before=new_id())
    assert page.entries == []


def test_a_row_of_another_office_is_no_place_in_the_list(cast: Cast) -> None:
    write("elsewhere", cast.office_blitar)
    (entry,) = read_audit(cast.act_as("auditor"), AuditFilter(action="elsewhere")).entries
    write("here", cast.office_bengkulu)
    page = read_audit(cast.act_as("head_bengkulu"), ALL, after=entry.id)
    assert page.entries == []
