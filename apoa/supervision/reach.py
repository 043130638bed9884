"""Whose stays an officer may look through, narrower than the rows that the scope shows."""

from uuid import UUID

from apoa.access.actors import Actor
from apoa.access.roles import ALLOWED, Action


def offices_within_reach(actor: Actor, action: Action) -> frozenset[UUID] | None:
    """The offices in which the actor holds a role for the action; None means everywhere.

    The row scope shows more to a person with several roles: an auditor reads everything and may
    search nothing, and a clerk's own lodging is no part of an office's search.
    """
    allowed = ALLOWED[action]
    if actor.national_roles & allowed:
        return None
    return frozenset(office for office, roles in actor.office_roles.items() if roles & allowed)


def only_office(actor: Actor, action: Action) -> UUID | None:
    """The office in whose audit the act stands; none for the directorate or for several."""
    offices = offices_within_reach(actor, action) or frozenset()
    return next(iter(offices)) if len(offices) == 1 else None
