"""The office's decisions: who may make them, in which state, with which reason and mail."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from apoa.access.models import Invitation, PropertyMembership, User
from apoa.base.errors import (
    ApoaError,
    InvalidInput,
    NotAllowed,
    NotFound,
    StateConflict,
    VersionConflict,
)
from apoa.db.base import db, session
from apoa.db.scope import scope, set_scope
from apoa.properties.events import add_event
from apoa.properties.models import Property
from apoa.properties.queries import find_last_event_id, get_property
from apoa.properties.review import approve_registration, ask_back, refuse_registration
from apoa.properties.rules import EventKind
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import (
    LINKS,
    audit_actions,
    event_kinds,
    mails_to,
    read_everywhere,
    submitted,
)

Decide = Callable[..., None]


def _approve(actor: Any, property_id: UUID, **more: Any) -> None:
    approve_registration(actor, property_id, links=LINKS, **({"reason": None} | more))


def _ask_back(actor: Any, property_id: UUID, **more: Any) -> None:
    ask_back(actor, property_id, links=LINKS, **({"reason": "Alamat kurang lengkap"} | more))


def _refuse(actor: Any, property_id: UUID, **more: Any) -> None:
    refuse_registration(actor, property_id, **({"reason": "Bukan tempat penginapan"} | more))


DECISIONS = pytest.mark.parametrize("decide", [_approve, _ask_back, _refuse])


@pytest.fixture
def waiting(cast: Cast) -> UUID:
    """A registration in Bengkulu's queue."""
    return submitted()


def test_approval_invites_the_first_manager(cast: Cast, waiting: UUID) -> None:
    _approve(cast.act_as("insarkom_bengkulu"), waiting, reason="Data lengkap")
    lodging = read_everywhere(waiting)
    assert lodging.state == "approved"
    assert lodging.approved_at is not None
    assert event_kinds(waiting)[-1] == "approved"
    assert "approve_registration" in audit_actions(waiting)
    invitation = session().scalars(select(Invitation)).one()
    assert (invitation.email, invitation.role) == ("siti@example.com", "manager")
    assert invitation.property_id == waiting
    bodies = [mail.body or "" for mail in mails_to("siti@example.com")]
    assert any("Data lengkap" in body for body in bodies)
    assert any("/invitations/" in body for body in bodies)


def test_approval_makes_an_existing_account_manager_at_once(cast: Cast) -> None:
    property_id = submitted(responsible_email="clerk_a@example.com")
    _approve(cast.act_as("head_bengkulu"), property_id)
    with scope(EVERYWHERE):
        role = session().scalar(
            select(PropertyMembership.role).where(
                PropertyMembership.property_id == property_id,
                PropertyMembership.user_id == cast.clerk_a,
            )
        )
    assert role == "manager"
    assert session().scalars(select(Invitation)).all() == []


def test_an_unverified_account_is_invited_and_not_trusted(cast: Cast) -> None:
    user = session().scalars(select(User).where(User.id == cast.stranger)).one()
    user.email_verified_at = None
    session().commit()
    property_id = submitted(responsible_email="stranger@example.com")
    _approve(cast.act_as("insarkom_bengkulu"), property_id)
    assert session().scalars(select(Invitation)).one().email == "stranger@example.com"


def test_asking_back_mails_the_reason_and_a_link(cast: Cast, waiting: UUID) -> None:
    _ask_back(cast.act_as("insarkom_bengkulu"), waiting)
    assert read_everywhere(waiting).state == "asked_back"
    body = mails_to("siti@example.com")[-1].body or ""
    assert "Alamat kurang lengkap" in body
    assert "https://apoa.example/register/correct/" in body


def test_refusing_mails_the_reason(cast: Cast, waiting: UUID) -> None:
    _refuse(cast.act_as("insarkom_bengkulu"), waiting)
    assert read_everywhere(waiting).state == "refused"
    assert "Bukan tempat penginapan" in (mails_to("siti@example.com")[-1].body or "")


@pytest.mark.parametrize("decide", [_ask_back, _refuse])
@pytest.mark.parametrize("reason", [None, "", "  ", "abc", "x" * 1001])
def test_a_reason_is_needed(cast: Cast, waiting: UUID, decide: Decide, reason: str | None) -> None:
    with pytest.raises(InvalidInput) as caught:
        decide(cast.act_as("insarkom_bengkulu"), waiting, reason=reason)
    assert caught.value.problems[0].pointer == "/reason"
    assert read_everywhere(waiting).state == "submitted"


@DECISIONS
@pytest.mark.parametrize("name", ["insarkom_blitar", "clerk_a", "manager_ab", "stranger"])
def test_others_do_not_learn_of_it(cast: Cast, waiting: UUID, decide: Decide, name: str) -> None:
    with pytest.raises(NotFound):
        decide(cast.act_as(name), waiting)
    assert read_everywhere(waiting).state == "submitted"


@DECISIONS
@pytest.mark.parametrize("name", ["supervisor_bengkulu", "directorate", "auditor"])
def test_who_only_reads_may_not_decide(
    cast: Cast, waiting: UUID, decide: Decide, name: str
) -> None:
    with pytest.raises(NotAllowed):
        decide(cast.act_as(name), waiting)
    assert read_everywhere(waiting).state == "submitted"


@DECISIONS
@pytest.mark.parametrize(
    "state", ["unverified", "asked_back", "approved", "refused", "suspended", "closed"]
)
def test_only_a_submitted_registration_is_decided(
    cast: Cast, waiting: UUID, decide: Decide, state: str
) -> None:
    with scope(EVERYWHERE):
        session().get_one(Property, waiting).state = state
        session().commit()
    mails = len(mails_to("siti@example.com"))
    with pytest.raises(StateConflict) as caught:
        decide(cast.act_as("insarkom_bengkulu"), waiting)
    assert caught.value.problems[0].code == "registration-decided"
    assert read_everywhere(waiting).state == state
    assert len(mails_to("siti@example.com")) == mails


def test_a_decision_on_an_old_page_is_refused(cast: Cast, waiting: UUID) -> None:
    actor = cast.act_as("insarkom_bengkulu")
    seen = find_last_event_id(waiting)
    with scope(EVERYWHERE):
        add_event(get_property(waiting), EventKind.CORRECTED)
        session().commit()
    with pytest.raises(VersionConflict):
        _approve(actor, waiting, seen_event=seen)
    set_scope(actor.scope)
    _approve(actor, waiting, seen_event=find_last_event_id(waiting))


def test_of_two_officers_at_once_one_gets_a_conflict(app: Flask, cast: Cast, waiting: UUID) -> None:
    actors = [cast.actor("insarkom_bengkulu"), cast.actor("head_bengkulu")]
    db.session.rollback()
    barrier = Barrier(2)
    outcomes: list[str] = []

    def decide(actor: Any, act: Decide) -> None:
        with app.app_context():
            set_scope(actor.scope)
            barrier.wait(timeout=10)
            try:
                act(actor, waiting)
                outcomes.append("done")
            except ApoaError as error:
                outcomes.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [
        Thread(target=decide, args=(actor, act))
        for actor, act in zip(actors, (_approve, _refuse), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["StateConflict", "done"]
    decided = [kind for kind in event_kinds(waiting) if kind in ("approved", "refused")]
    assert len(decided) == 1
    assert read_everywhere(waiting).state == decided[0]
