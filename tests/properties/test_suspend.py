"""Suspending, resuming, closing, opening again: from which state, by whom, with which mail."""

from collections.abc import Callable
from types import SimpleNamespace
from uuid import UUID

import pytest

from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict, VersionConflict
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.properties.models import Property, PropertyState
from apoa.properties.rules import TRANSITIONS, Step, may_report, may_step
from apoa.properties.suspend import (
    close_property,
    reopen_property,
    resume_property,
    suspend_property,
)
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import audit_actions, event_kinds, mails_to, read_everywhere

Act = Callable[..., None]
ACTS: dict[Step, Act] = {
    Step.SUSPEND: suspend_property,
    Step.RESUME: resume_property,
    Step.CLOSE: close_property,
    Step.REOPEN: reopen_property,
}
REASON = "Atas permintaan pengelola"


def _put(property_id: UUID, state: str) -> None:
    with scope(EVERYWHERE):
        session().get_one(Property, property_id).state = state
        session().commit()


@pytest.mark.parametrize("state", list(PropertyState))
@pytest.mark.parametrize("step", list(ACTS))
def test_a_step_is_possible_from_its_states_only(
    cast: Cast, step: Step, state: PropertyState
) -> None:
    _put(cast.property_a, state)
    actor = cast.act_as("insarkom_bengkulu")
    transition = TRANSITIONS[step]
    if state in transition.begins:
        ACTS[step](actor, cast.property_a, reason=REASON)
        assert read_everywhere(cast.property_a).state == transition.ends
        assert event_kinds(cast.property_a) == [transition.event]
        assert audit_actions(cast.property_a) == [f"{step}_property"]
        assert REASON in (mails_to("property_a@example.com")[0].body or "")
    else:
        with pytest.raises(StateConflict):
            ACTS[step](actor, cast.property_a, reason=REASON)
        assert read_everywhere(cast.property_a).state == state
        assert event_kinds(cast.property_a) == []
        assert mails_to("property_a@example.com") == []


@pytest.mark.parametrize("state", list(PropertyState))
def test_only_an_approved_lodging_reports(state: PropertyState) -> None:
    assert may_report(SimpleNamespace(state=state)) is (state == PropertyState.APPROVED)


@pytest.mark.parametrize("act", list(ACTS.values()))
@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("insarkom_blitar", NotFound),
        ("clerk_b", NotFound),
        ("stranger", NotFound),
        ("manager_ab", NotAllowed),
        ("supervisor_bengkulu", NotAllowed),
        ("directorate", NotAllowed),
        ("auditor", NotAllowed),
    ],
)
def test_only_the_office_does_this(cast: Cast, act: Act, name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        act(cast.act_as(name), cast.property_a, reason=REASON)
    assert read_everywhere(cast.property_a).state == "approved"


@pytest.mark.parametrize("reason", [None, "", "abc"])
def test_a_reason_is_needed(cast: Cast, reason: str | None) -> None:
    with pytest.raises(InvalidInput):
        suspend_property(cast.act_as("insarkom_bengkulu"), cast.property_a, reason=reason)


def test_an_old_page_is_refused(cast: Cast) -> None:
    actor = cast.act_as("insarkom_bengkulu")
    with pytest.raises(VersionConflict):
        suspend_property(actor, cast.property_a, reason=REASON, seen_event=new_id())


def test_pages_ask_which_steps_are_possible() -> None:
    closed = SimpleNamespace(state=PropertyState.CLOSED)
    assert [step for step in ACTS if may_step(closed, step)] == [Step.REOPEN]
