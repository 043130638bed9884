"""Permits in a line: for lists of hits, and for what a match or a finding points at."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.db.base import session
from apoa.permits.models import Permit


@dataclass(frozen=True)
class PermitBrief:
    """A permit and its holder, without numbers."""

    permit_id: UUID
    kind: str
    index_code: str | None
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    birth_date: str = field(repr=False)
    nationality: str
    valid_from: date | None
    valid_until: date
    status: str

    @property
    def holder_name(self) -> str:
        """Given names and surname, as far as they are known."""
        return " ".join(one for one in (self.given_names, self.surname) if one)


_COLUMNS = (
    Permit.id,
    Permit.kind,
    Permit.index_code,
    Permit.surname,
    Permit.given_names,
    Permit.birth_date,
    Permit.nationality,
    Permit.valid_from,
    Permit.valid_until,
    Permit.status,
)


def find_permit_briefs(actor: Actor, permit_ids: Collection[UUID]) -> dict[UUID, PermitBrief]:
    """These permits by id; what does not exist is left out. Raises NotAllowed.

    Whoever shows them has audited the reading.
    """
    require(actor, Action.VIEW_PERMITS)
    if not permit_ids:
        return {}
    rows = session().execute(select(*_COLUMNS).where(Permit.id.in_(list(permit_ids))))
    return {row[0]: PermitBrief(*tuple(row)) for row in rows}
