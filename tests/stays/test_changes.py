"""The life of a stay: amended, checked out, cancelled, reopened; each repeat is harmless."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from apoa.access.actors import Actor
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Refused, StateConflict, VersionConflict
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_many, check_out_stay
from apoa.stays.content import StayReport
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.read import compare_versions, list_versions, view_stay
from apoa.stays.reopen import reopen_stay
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report
from tests.stays.conftest import Reporter


class Life:
    """One stay of property A and what is done with it."""

    def __init__(self, clerk: Actor, property_id: UUID, stay_id: UUID) -> None:
        self.clerk, self.property_id, self.stay_id = clerk, property_id, stay_id

    @property
    def report(self) -> StayReport:
        return view_stay(self.clerk, self.property_id, self.stay_id).report

    def amend(self, version: int, reason: str | None = None, **changes: Any) -> ReportedStay:
        report = replace(self.report, **changes)
        return amend_stay(
            self.clerk, self.property_id, self.stay_id, report,
            expected_version=version, source=Source.WEB, reason=reason,
        )  # fmt: skip

    def check_out(self, at: Any = None) -> ReportedStay:
        return check_out_stay(
            self.clerk, self.property_id, self.stay_id, at or now(), source=Source.WEB
        )

    def cancel(self, reason: str | None = "Tamu batal menginap") -> ReportedStay:
        return cancel_stay(
            self.clerk, self.property_id, self.stay_id, reason=reason, source=Source.WEB
        )

    def reopen(self) -> ReportedStay:
        return reopen_stay(self.clerk, self.property_id, self.stay_id, source=Source.WEB)

    def history(self) -> list[tuple[int, str, str, list[str]]]:
        versions = list_versions(self.clerk, self.property_id, self.stay_id)
        return [(one.version, one.act, one.state, one.changed) for one in versions]


@pytest.fixture
def life(clerk: Actor, cast: Cast, reported: Reporter) -> Life:
    return Life(clerk, cast.property_a, reported().stay_id)


def code_of(error: Refused) -> tuple[str, str]:
    return error.problems[0].pointer, error.problems[0].code


def test_an_amendment_makes_a_version_and_keeps_the_first_receipt_time(life: Life) -> None:
    first = view_stay(life.clerk, life.property_id, life.stay_id)
    outcome = life.amend(1, reason="Pindah kamar", room="9", purpose="family")
    assert (outcome.version, outcome.duplicate, outcome.state) == (2, False, "in_house")
    assert outcome.first_received_at == first.first_received_at
    assert outcome.receipt_number != first.receipt_number
    newer, older = list_versions(life.clerk, life.property_id, life.stay_id)
    assert newer.changed == ["/room", "/purpose"]
    assert newer.reason == "Pindah kamar"
    assert newer.actor_name == "Clerk A"
    assert older.report == first.report
    changes = compare_versions(older, newer)
    assert [(one.pointer, one.before, one.after) for one in changes] == [
        ("/room", "204", "9"),
        ("/purpose", "tourism", "family"),
    ]


def test_each_act_says_by_which_way_the_present_version_came(life: Life) -> None:
    who = (life.clerk, life.property_id, life.stay_id)
    came = [
        check_out_stay(*who, now(), source=Source.API),
        reopen_stay(*who, source=Source.OFFLINE),
        cancel_stay(*who, reason="Salah tamu", source=Source.API),
        reopen_stay(*who, source=Source.WEB),
        check_out_many(*who[:2], [life.stay_id], now(), source=Source.API)[0],
    ]
    assert [one.source for one in came] == ["api", "offline", "api", "web", "api"]
    assert view_stay(*who).source == "api"


def test_an_amendment_of_an_old_version_is_refused(life: Life) -> None:
    life.amend(1, room="9")
    with pytest.raises(VersionConflict) as caught:
        life.amend(1, room="10")
    assert code_of(caught.value) == ("", "changed-meanwhile")
    assert life.report.room == "9"


def test_an_amendment_whose_answer_was_lost_can_be_sent_again(life: Life) -> None:
    life.amend(1, room="9")
    again = life.amend(1, room="9")
    assert (again.version, again.duplicate) == (2, True)
    assert len(life.history()) == 2


def test_an_amendment_without_a_change_makes_no_version(life: Life) -> None:
    assert life.amend(1).duplicate
    assert len(life.history()) == 1


def test_an_amendment_with_faults_is_refused_and_changes_nothing(life: Life) -> None:
    with pytest.raises(InvalidInput) as caught:
        life.amend(1, checked_in_at=now() + timedelta(days=2))
    assert code_of(caught.value) == ("/checked_in_at", "check-in-in-future")
    assert len(life.history()) == 1


def test_a_corrected_check_in_is_judged_by_the_first_receipt_time(life: Life) -> None:
    arrived = now() - timedelta(hours=40)
    late = life.amend(1, checked_in_at=arrived)
    assert late.deadline_state == "late"
    assert late.due_at == arrived + timedelta(hours=24)
    assert "late" in [one.code for one in late.warnings]
    on_time = life.amend(2, checked_in_at=now() - timedelta(hours=3))
    assert on_time.deadline_state == "on_time"


def test_a_check_out_by_amendment_departs_and_only_reopening_undoes_it(life: Life) -> None:
    left = now()
    assert life.amend(1, checked_out_at=left).state == "departed"
    with pytest.raises(StateConflict) as caught:
        life.amend(2, checked_out_at=None)
    assert code_of(caught.value) == ("/checked_out_at", "check-out-needs-reopen")
    moved = life.amend(2, checked_out_at=left - timedelta(minutes=30))
    assert (moved.version, moved.state) == (3, "departed")


def test_an_amendment_cannot_take_anothers_reference(life: Life, reported: Reporter) -> None:
    other = reported(client_ref="RES-1", document_number="X1")
    with pytest.raises(StateConflict) as caught:
        life.amend(1, client_ref="RES-1", room="77")
    assert code_of(caught.value) == ("/client_ref", "client-ref-in-use")
    assert caught.value.problems[0].params == {"stay_id": str(other.stay_id)}
    assert life.report.room == "204"
    assert life.amend(1, client_ref="RES-2").version == 2


def test_a_check_out_departs_once(life: Life) -> None:
    left = now()
    outcome = life.check_out(left)
    assert (outcome.state, outcome.version, outcome.duplicate) == ("departed", 2, False)
    again = life.check_out(left + timedelta(seconds=20))
    assert again == replace(outcome, duplicate=True)
    assert life.report.checked_out_at == left
    assert life.history()[0] == (2, "check_out", "departed", ["/checked_out_at", "/state"])


def test_a_check_out_at_another_time_is_not_swallowed(life: Life) -> None:
    life.check_out()
    with pytest.raises(StateConflict) as caught:
        life.check_out(now() - timedelta(minutes=45))
    assert code_of(caught.value) == ("/checked_out_at", "stay-already-departed")


@pytest.mark.parametrize(
    ("shift", "code"),
    [
        (timedelta(hours=-3), "check-out-before-check-in"),
        (timedelta(hours=1), "check-out-in-future"),
    ],
)
def test_a_check_out_at_an_impossible_time_is_refused(
    life: Life, shift: timedelta, code: str
) -> None:
    with pytest.raises(InvalidInput) as caught:
        life.check_out(now() + shift)
    assert code_of(caught.value) == ("/checked_out_at", code)


def test_a_check_out_without_a_zone_is_refused(life: Life) -> None:
    with pytest.raises(InvalidInput) as caught:
        life.check_out(now().replace(tzinfo=None))
    assert code_of(caught.value) == ("/checked_out_at", "invalid-instant")


def test_a_cancellation_keeps_stay_and_reason(life: Life) -> None:
    outcome = life.cancel()
    assert (outcome.state, outcome.version) == ("cancelled", 2)
    again = life.cancel("another reason")
    assert again == replace(outcome, duplicate=True)
    view = view_stay(life.clerk, life.property_id, life.stay_id)
    assert view.cancel_reason == "Tamu batal menginap"
    assert view.cancelled_at is not None


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "required"), (None, "required"), ("  ", "required"), ("x" * 501, "too-long"),
     ("a\x00b", "control-character")],
)  # fmt: skip
def test_a_cancellation_needs_a_reason(life: Life, reason: str | None, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        life.cancel(reason)
    assert code_of(caught.value) == ("/reason", code)


def test_a_cancelled_stay_is_neither_amended_nor_checked_out(life: Life) -> None:
    life.cancel()
    for act in (lambda: life.amend(2, room="1"), life.check_out):
        with pytest.raises(StateConflict) as caught:
            act()
        assert code_of(caught.value) == ("", "stay-cancelled")


def test_reopening_brings_the_guest_back_in_house(life: Life) -> None:
    life.check_out()
    outcome = life.reopen()
    assert (outcome.state, outcome.version) == ("in_house", 3)
    assert life.report.checked_out_at is None
    assert life.reopen() == replace(outcome, duplicate=True)


def test_reopening_takes_a_cancellation_back(life: Life) -> None:
    life.cancel()
    assert life.reopen().state == "in_house"
    view = view_stay(life.clerk, life.property_id, life.stay_id)
    assert (view.cancel_reason, view.cancelled_at) == (None, None)
    assert [state for _, _, state, _ in life.history()] == ["in_house", "cancelled", "in_house"]


def test_a_departed_stay_can_be_cancelled(life: Life) -> None:
    life.check_out()
    assert life.cancel().state == "cancelled"
    assert life.reopen().state == "in_house"


def test_a_suspended_property_still_checks_its_guests_out(
    life: Life, cast: Cast, owner: Any
) -> None:
    owner.execute("UPDATE properties SET state = 'suspended' WHERE id = %s", (cast.property_a,))
    assert life.check_out().state == "departed"
    with pytest.raises(StateConflict):
        report_stay(life.clerk, cast.property_a, make_report(), source=Source.WEB)
