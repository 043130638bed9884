"""Somebody is watched for: found at once among the guests, old and new, until the entry ends."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from apoa.base.clock import now, pretend
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.crosscheck.findings.models import FindingState
from apoa.crosscheck.watchlist.entries import (
    add_watchlist_entry,
    end_watchlist_entry,
    list_watchlist,
)
from apoa.crosscheck.watchlist.schema import WatchedPersonSchema
from apoa.db.base import db
from apoa.db.unit_of_work import unit_of_work
from tests.cast import Cast
from tests.crosscheck.findings.support import (
    findings,
    nov,
    on_day,
    report,
    the_finding,
    work,
)


def watched(**changes: Any) -> Any:
    values = {
        "kind": "penangkalan",
        "surname": "Eriksson",
        "given_names": "Anna Maria",
        "birth_date": "1974-08-12",
        "nationality": "SWE",
        "document_number": "L898902C3",
        "document_issuing_state": "SWE",
        "valid_from": "2026-11-01",
    } | changes
    return WatchedPersonSchema().read(values)


def watch(cast: Cast, **changes: Any) -> UUID:
    supervisor = cast.act_as("supervisor_blitar")
    return add_watchlist_entry(supervisor, cast.office_blitar, watched(**changes))


def test_a_new_guest_who_is_on_the_list(cast: Cast) -> None:
    with on_day(nov(11)):
        entry_id = watch(cast)
        stay_id = report(cast)
        work()
        finding = the_finding("watchlist-hit")
        assert (finding.severity, finding.handled_by) == ("urgent", "supervision")
        assert (finding.stay_id, finding.office_id) == (stay_id, cast.office_bengkulu)
        assert finding.evidence["entry_id"] == str(entry_id)
        assert "ERIKSSON" not in str(finding.evidence).upper()


def test_a_guest_who_was_here_before_the_entry(cast: Cast) -> None:
    with on_day(nov(11)):
        report(cast)
        work()
        watch(cast)
        work()
        assert the_finding("watchlist-hit").state == FindingState.OPEN


def test_a_guest_who_comes_at_the_same_moment(app: Flask, cast: Cast) -> None:
    """Checked before the entry is there for others, and known only after the entry looked."""
    with on_day(nov(11)):
        at = now()

        def check_meanwhile() -> None:
            with app.app_context(), pretend(at):
                report(cast)
                work()
                db.session.remove()

        with unit_of_work():
            watch(cast)
            with ThreadPoolExecutor(1) as pool:
                pool.submit(check_meanwhile).result(timeout=30)
        assert findings("watchlist-hit") == []
        work()
        assert the_finding("watchlist-hit").state == FindingState.OPEN


def test_a_guest_who_may_be_the_person(cast: Cast) -> None:
    with on_day(nov(11)):
        watch(cast, document_number="QQ765432", surname="Eriksson")
        report(cast, birth_date="1974-08-21")
        work()
        assert the_finding("watchlist-hit").evidence["band"] in ("review", "linked")


def test_somebody_else_is_not_told(cast: Cast) -> None:
    with on_day(nov(11)):
        watch(cast)
        report(cast, document_number="K1", surname="BERG", given_names="OLA")
        work()
        assert findings("watchlist-hit") == []


def test_an_entry_that_ends_takes_its_findings_along(cast: Cast) -> None:
    with on_day(nov(11)):
        entry_id = watch(cast)
        report(cast)
        work()
        end_watchlist_entry(cast.act_as("supervisor_blitar"), entry_id, "sudah selesai")
        work()
        assert the_finding("watchlist-hit").state == FindingState.CLOSED_ITSELF
        with pytest.raises(StateConflict):
            end_watchlist_entry(cast.act_as("supervisor_blitar"), entry_id, "lagi")
        assert list_watchlist(cast.act_as("head_bengkulu")) == []
        [ended] = list_watchlist(cast.act_as("head_bengkulu"), with_ended=True)
        assert ended.ended_at is not None


def test_an_entry_counts_within_its_days(cast: Cast) -> None:
    with on_day(nov(11)):
        watch(cast, valid_until="2026-11-09")
        report(cast)
        work()
        assert findings("watchlist-hit") == []


def test_who_may_put_somebody_on_the_list(cast: Cast) -> None:
    person = watched()
    for name in ("insarkom_blitar", "directorate", "auditor"):
        with pytest.raises(NotAllowed):
            add_watchlist_entry(cast.act_as(name), cast.office_blitar, person)
    for name in ("supervisor_bengkulu", "clerk_c"):
        with pytest.raises(NotFound):
            add_watchlist_entry(cast.act_as(name), cast.office_blitar, person)
    entry_id = watch(cast)
    with pytest.raises(NotFound):
        end_watchlist_entry(cast.act_as("supervisor_bengkulu"), entry_id, "salah")
    with pytest.raises(NotFound):
        end_watchlist_entry(cast.act_as("clerk_c"), entry_id, "salah")
    with pytest.raises(NotAllowed):
        list_watchlist(cast.act_as("clerk_c"))


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"surname": "", "given_names": ""}, "/surname", "required"),
        ({"document_number": "", "birth_date": ""}, "/document_number", "watch-needs-more"),
        ({"document_number": "---"}, "/document_number", "document-number-unreadable"),
        ({"birth_date": "2999-01-01"}, "/birth_date", "birth-in-future"),
        ({"valid_until": "2026-10-31"}, "/valid_until", "watch-dates-reversed"),
        ({"kind": "other"}, "/kind", "not-a-choice"),
    ],
)
def test_an_entry_that_would_find_nobody_is_refused(
    changes: dict[str, str], pointer: str, code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        watched(**changes)
    assert (pointer, code) in {(one.pointer, one.code) for one in caught.value.problems}
