"""On whose clock an officer's page tells the time, and how fresh its data is."""

from datetime import datetime
from uuid import UUID

from flask import g
from sqlalchemy import select

from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.db.base import session
from apoa.offices.models import WorkingArea
from apoa.offices.regions import WESTERN, time_zone_of
from apoa.supervision.reach import offices_within_reach
from apoa.web.ui import localdatetime


def office_time_zone() -> str:
    """The zone of the officer's area; Jakarta's where it spans several or the whole country."""
    offices = offices_within_reach(g.actor, Action.SEARCH_STAYS)
    zones = _zones_of(offices) if offices else set()
    return zones.pop() if len(zones) == 1 else WESTERN


def as_of(instant: datetime | None = None) -> str:
    """How fresh the data on a page is."""
    return localdatetime(instant or now(), office_time_zone())


def _zones_of(offices: frozenset[UUID]) -> set[str]:
    codes = session().scalars(
        select(WorkingArea.region_code).where(WorkingArea.office_id.in_(offices))
    )
    return {time_zone_of(code) for code in codes}
