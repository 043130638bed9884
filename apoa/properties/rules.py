"""Decides how a lodging goes from one state to the next, and when it may report guests."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from apoa.base.errors import StateConflict
from apoa.base.names import fold
from apoa.properties import problems  # noqa: F401 - the codes used below are registered there
from apoa.properties.models import PropertyState


class Step(StrEnum):
    """What can happen to a lodging between its registration and its closing."""

    VERIFY = "verify"
    APPROVE = "approve"
    ASK_BACK = "ask_back"
    REFUSE = "refuse"
    CORRECT = "correct"
    SUSPEND = "suspend"
    RESUME = "resume"
    CLOSE = "close"
    REOPEN = "reopen"


class EventKind(StrEnum):
    """How a step stands in a lodging's history."""

    REGISTERED = "registered"
    SUBMITTED = "submitted"
    ASKED_BACK = "asked_back"
    CORRECTED = "corrected"
    APPROVED = "approved"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    CLOSED = "closed"
    REOPENED = "reopened"
    EDITED = "edited"
    MOVED = "moved"


@dataclass(frozen=True)
class Transition:
    """From which states a step is possible, where it leads, and the code that refuses it."""

    begins: frozenset[PropertyState]
    ends: PropertyState
    event: EventKind
    refusal: str = "not-in-this-state"


_S = PropertyState
_WAITING = frozenset({_S.SUBMITTED})
_DECIDED = "registration-decided"

TRANSITIONS: dict[Step, Transition] = {
    Step.VERIFY: Transition(
        frozenset({_S.UNVERIFIED}), _S.SUBMITTED, EventKind.SUBMITTED, "link-used"
    ),
    Step.APPROVE: Transition(_WAITING, _S.APPROVED, EventKind.APPROVED, _DECIDED),
    Step.ASK_BACK: Transition(_WAITING, _S.ASKED_BACK, EventKind.ASKED_BACK, _DECIDED),
    Step.REFUSE: Transition(_WAITING, _S.REFUSED, EventKind.REFUSED, _DECIDED),
    Step.CORRECT: Transition(
        frozenset({_S.ASKED_BACK}), _S.SUBMITTED, EventKind.CORRECTED, "link-used"
    ),
    Step.SUSPEND: Transition(frozenset({_S.APPROVED}), _S.SUSPENDED, EventKind.SUSPENDED),
    Step.RESUME: Transition(frozenset({_S.SUSPENDED}), _S.APPROVED, EventKind.RESUMED),
    Step.CLOSE: Transition(frozenset({_S.APPROVED, _S.SUSPENDED}), _S.CLOSED, EventKind.CLOSED),
    Step.REOPEN: Transition(frozenset({_S.CLOSED}), _S.APPROVED, EventKind.REOPENED),
}

EDITABLE = frozenset({_S.APPROVED, _S.SUSPENDED})


class HasState(Protocol):
    """Anything with a lodging's state."""

    @property
    def state(self) -> str:
        """One of `PropertyState`."""


def may_report(lodging: HasState) -> bool:
    """Whether the lodging may report new stays: only while it is approved."""
    return lodging.state == PropertyState.APPROVED


def may_step(lodging: HasState, step: Step) -> bool:
    """Whether the step is possible from the present state."""
    return lodging.state in TRANSITIONS[step].begins


def require_step(lodging: HasState, step: Step) -> Transition:
    """The transition of a step; raises StateConflict when the present state does not allow it."""
    transition = TRANSITIONS[step]
    if lodging.state not in transition.begins:
        raise StateConflict.because(transition.refusal)
    return transition


def fold_property_name(name: str) -> str:
    """The form of a lodging's name that is sorted and searched by.

    A name without a Latin, Cyrillic, Greek or Arabic letter stays as it is written.
    """
    return fold(name)[:320] or name.upper()[:320]
