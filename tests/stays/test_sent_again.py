"""Sent again: the first stay is the answer, and other content under its name is refused."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from apoa.access.actors import Actor
from apoa.base.errors import StateConflict
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.stays.amend import amend_stay
from apoa.stays.models import Source, Stay, StayVersion
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_submission_sent_twice_is_one_stay(clerk: Actor, cast: Cast) -> None:
    report, submission = make_report(), new_id()
    first, again = (
        report_stay(clerk, cast.property_a, report, source=Source.WEB, submission_id=submission)
        for _ in range(2)
    )
    assert again == replace(first, duplicate=True)
    assert (count(Stay), count(StayVersion)) == (1, 1)


def test_a_submission_with_other_content_is_refused(clerk: Actor, cast: Cast) -> None:
    submission = new_id()
    first = report_stay(
        clerk, cast.property_a, make_report(), source=Source.WEB, submission_id=submission
    )
    with pytest.raises(StateConflict) as caught:
        report_stay(
            clerk, cast.property_a, make_report(room="9"), source=Source.WEB,
            submission_id=submission,
        )  # fmt: skip
    (problem,) = caught.value.problems
    assert (problem.code, problem.params) == (
        "submission-in-use", {"stay_id": str(first.stay_id)}
    )  # fmt: skip


def test_a_client_reference_sent_twice_is_one_stay(clerk: Actor, cast: Cast) -> None:
    report = make_report(client_ref="RES-88121-1")
    first = report_stay(clerk, cast.property_a, report, source=Source.API)
    amend_stay(
        clerk, cast.property_a, first.stay_id, replace(report, room="9"),
        expected_version=1, source=Source.WEB,
    )  # fmt: skip
    as_first_sent = report_stay(clerk, cast.property_a, report, source=Source.API)
    as_it_stands = report_stay(clerk, cast.property_a, replace(report, room="9"), source=Source.API)
    assert as_first_sent == as_it_stands
    assert (as_first_sent.duplicate, as_first_sent.version) == (True, 2)
    assert count(Stay) == 1


def test_a_client_reference_with_other_content_names_the_stay(clerk: Actor, cast: Cast) -> None:
    first = report_stay(clerk, cast.property_a, make_report(client_ref="RES-1"), source=Source.API)
    with pytest.raises(StateConflict) as caught:
        report_stay(
            clerk, cast.property_a, make_report(client_ref="RES-1", room="9"), source=Source.API
        )
    (problem,) = caught.value.problems
    assert (problem.pointer, problem.code) == ("/client_ref", "client-ref-in-use")
    assert problem.params == {"stay_id": str(first.stay_id)}


def test_a_client_reference_is_each_propertys_own(cast: Cast) -> None:
    manager = cast.act_as("manager_ab")
    for property_id in (cast.property_a, cast.property_b):
        report = make_report(client_ref="RES-1")
        assert not report_stay(manager, property_id, report, source=Source.API).duplicate


def test_what_was_acknowledged_is_acknowledged_again_after_a_suspension(
    clerk: Actor, cast: Cast, owner: Any
) -> None:
    report, submission = make_report(), new_id()
    first = report_stay(clerk, cast.property_a, report, source=Source.WEB, submission_id=submission)
    owner.execute("UPDATE properties SET state = 'closed' WHERE id = %s", (cast.property_a,))
    again = report_stay(clerk, cast.property_a, report, source=Source.WEB, submission_id=submission)
    assert again == replace(first, duplicate=True)
