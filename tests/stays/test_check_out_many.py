"""A group checked out at once: all of it, or none."""

from datetime import timedelta

import pytest

from apoa.access.actors import Actor
from apoa.base.clock import now
from apoa.base.errors import NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_many, check_out_stay
from apoa.stays.models import Source
from apoa.stays.read import view_stay
from tests.cast import Cast
from tests.stays.conftest import Reporter


def test_a_group_is_checked_out_together(clerk: Actor, cast: Cast, reported: Reporter) -> None:
    stays = [reported(document_number=f"G{n}").stay_id for n in range(3)]
    check_out_stay(clerk, cast.property_a, stays[1], now() - timedelta(hours=1), source=Source.WEB)
    done = check_out_many(clerk, cast.property_a, stays, now(), source=Source.WEB)
    assert [one.stay_id for one in done] == stays
    assert [one.duplicate for one in done] == [False, True, False]
    assert {one.state for one in done} == {"departed"}


def test_a_group_with_a_cancelled_stay_stays_as_it_is(
    clerk: Actor, cast: Cast, reported: Reporter
) -> None:
    stays = [reported(document_number=f"G{n}").stay_id for n in range(2)]
    cancel_stay(clerk, cast.property_a, stays[1], reason="keliru", source=Source.WEB)
    with pytest.raises(StateConflict) as caught:
        check_out_many(clerk, cast.property_a, stays, now(), source=Source.WEB)
    assert [(one.pointer, one.code) for one in caught.value.problems] == [
        ("/stay_ids/1", "stay-cancelled")
    ]
    assert view_stay(clerk, cast.property_a, stays[0]).state == "in_house"


def test_a_group_with_an_unknown_stay_is_not_found(
    clerk: Actor, cast: Cast, reported: Reporter
) -> None:
    known = reported().stay_id
    with pytest.raises(NotFound):
        check_out_many(clerk, cast.property_a, [known, new_id()], now(), source=Source.WEB)
    assert view_stay(clerk, cast.property_a, known).state == "in_house"
