"""Who may be asked to join which lodging or office, and the invitations that wait."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from apoa.access.accounts import find_user_by_email
from apoa.access.actors import Actor, require
from apoa.access.mail import queue_mail
from apoa.access.mail_texts import invitation_mail
from apoa.access.models import Invitation, OfficerPost, PropertyMembership
from apoa.access.places import Place, get_place
from apoa.access.problems import MEMBER_ALREADY
from apoa.access.roles import NATIONAL_ROLES, PROPERTY_ROLES, Action, Role
from apoa.access.schemas import InvitationSchema
from apoa.access.throttle import take
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.base.ids import hash_token, new_id, new_token
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

LIFETIME = timedelta(days=7)
INVITATIONS_AN_HOUR = 60
LinkBuilder = Callable[[str], str]


@dataclass(frozen=True)
class PendingInvitation:
    """An invitation that was neither accepted nor withdrawn."""

    id: UUID
    email: str
    role: Role
    created_at: datetime
    expires_at: datetime
    office_id: UUID | None

    @property
    def is_expired(self) -> bool:
        """Whether its link no longer works."""
        return self.expires_at <= now()


def invite(
    actor: Actor,
    email: str,
    role: str,
    *,
    property_id: UUID | None = None,
    office_id: UUID | None = None,
    link: LinkBuilder,
) -> UUID:
    """Asks a person to join; `link` makes the address in the mail of a token.

    An earlier invitation of the same person to the same place stops working. Raises InvalidInput,
    NotAllowed, NotFound, Throttled, and StateConflict for who has that role there already.
    """
    asked = InvitationSchema().read({"email": email, "role": role})
    place = _place_for(asked.role, property_id, office_id)
    _require_may_invite(actor, asked.role, place)
    take(("invite", str(actor.user_id)), capacity=INVITATIONS_AN_HOUR, per_seconds=3600)
    with unit_of_work():
        _refuse_member(asked.email, asked.role, place)
        return send_invitation(asked.email, asked.role, place, link, invited_by=actor.user_id)


def send_invitation(
    email: str, role: Role, place: Place, link: LinkBuilder, *, invited_by: UUID | None
) -> UUID:
    """Stores the invitation and queues its mail; whoever calls has asked who may do so."""
    token = new_token()
    with unit_of_work():
        _withdraw(Invitation.email == email, *_at(place.property_id, place.office_id))
        row = Invitation(
            id=new_id(),
            token_hash=hash_token(token),
            email=email,
            role=role,
            property_id=place.property_id,
            office_id=None if place.property_id else place.office_id,
            invited_by=invited_by,
            created_at=now(),
            expires_at=now() + LIFETIME,
        )
        session().add(row)
        session().flush()
        subject, body = invitation_mail(role, place.name, link(token))
        queue_mail(email, subject, body)
        _record("invitation_sent", row.id, place, role)
        return row.id


def withdraw_invitation(actor: Actor, invitation_id: UUID) -> None:
    """The link stops working. Raises NotFound, NotAllowed."""
    row = session().get(Invitation, invitation_id)
    if row is None or row.accepted_at or row.withdrawn_at:
        raise NotFound("invitation")
    place = get_place(row.property_id, row.office_id)
    role = Role(row.role)
    _require_may_invite(actor, role, place)
    with unit_of_work():
        _withdraw(Invitation.id == invitation_id)
        _record("invitation_withdrawn", invitation_id, place, role)


def list_invitations(
    actor: Actor, *, property_id: UUID | None = None, office_id: UUID | None = None
) -> list[PendingInvitation]:
    """Those waiting at a lodging, at an office, or (neither named) nationally; newest first.

    Raises NotAllowed, NotFound.
    """
    if property_id is not None:
        place = get_place(property_id, None)
        _require_may_invite(actor, Role.MANAGER, place)
    else:
        require(actor, Action.MANAGE_OFFICERS, office_id=office_id)
        if office_id is None and Role.DIRECTORATE not in actor.national_roles:
            raise NotAllowed(Action.MANAGE_OFFICERS.value)
    rows = session().scalars(
        select(Invitation)
        .where(*_at(property_id, office_id), *_waiting())
        .order_by(Invitation.created_at.desc(), Invitation.id)
    )
    return [
        PendingInvitation(
            row.id, row.email, Role(row.role), row.created_at, row.expires_at, row.office_id
        )
        for row in rows
    ]


def _place_for(role: Role, property_id: UUID | None, office_id: UUID | None) -> Place:
    wanted = (role in PROPERTY_ROLES, role not in (*PROPERTY_ROLES, *NATIONAL_ROLES))
    if (property_id is not None, office_id is not None) != wanted:
        raise InvalidInput.because("not-a-choice", "/role")
    return get_place(property_id, office_id)


def _require_may_invite(actor: Actor, role: Role, place: Place) -> None:
    if role in PROPERTY_ROLES:
        is_officers_call = role == Role.MANAGER and actor.may(
            Action.REVIEW_REGISTRATION, office_id=place.office_id
        )
        if not is_officers_call:
            # A lodging's own manager; its office may give it one, who then invites the others.
            require(
                actor,
                Action.MANAGE_PEOPLE,
                property_id=place.property_id,
                office_id=place.office_id,
            )
        return
    require(actor, Action.MANAGE_OFFICERS, office_id=place.office_id)
    above_the_office = role == Role.HEAD_OF_OFFICE or role in NATIONAL_ROLES
    if above_the_office and Role.DIRECTORATE not in actor.national_roles:
        raise NotAllowed(Action.MANAGE_OFFICERS.value)


def _refuse_member(email: str, role: Role, place: Place) -> None:
    user = find_user_by_email(email)
    if user is None:
        return
    if place.property_id:
        held = session().scalar(
            select(PropertyMembership.role).where(
                PropertyMembership.property_id == place.property_id,
                PropertyMembership.user_id == user.id,
            )
        )
        is_member = held in (role, Role.MANAGER)
    else:
        is_member = (
            session().scalar(
                select(OfficerPost.id).where(
                    OfficerPost.user_id == user.id,
                    OfficerPost.role == role,
                    OfficerPost.office_id.is_not_distinct_from(place.office_id),
                )
            )
            is not None
        )
    if is_member:
        raise StateConflict.because(MEMBER_ALREADY, "/email")


def _at(property_id: UUID | None, office_id: UUID | None) -> tuple[Any, ...]:
    if property_id is not None:
        return (Invitation.property_id == property_id,)
    return (
        Invitation.property_id.is_(None),
        Invitation.office_id.is_not_distinct_from(office_id),
    )


def _waiting() -> tuple[Any, ...]:
    return (Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))


def _withdraw(*which: Any) -> None:
    session().execute(update(Invitation).where(*which, *_waiting()).values(withdrawn_at=now()))


def _record(action: str, invitation_id: UUID, place: Place, role: Role) -> None:
    record(
        action,
        subject_type="invitation",
        subject_id=invitation_id,
        property_id=place.property_id,
        office_id=place.office_id,
        role=role.value,
    )
