"""Outages, check-ins and reports told by the hour, counted from a noon three days ago."""

from datetime import datetime, timedelta

from sqlalchemy import select

from apoa.base.clock import now, pretend
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.models import Source, Stay
from apoa.stays.outages import OutageView, declare_outage, end_outage, withdraw_outage
from apoa.stays.report import report_stay
from tests.cast import EVERYWHERE, Cast
from tests.factories import make_report

NOON = now().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=3)


def at(hours: float) -> datetime:
    """So many hours after noon three days ago."""
    return NOON + timedelta(hours=hours)


def declare(cast: Cast, begin: float, end: float | None) -> OutageView:
    """The directorate declares an outage of these hours."""
    return declare_outage(
        cast.act_as("directorate"),
        starts_at=at(begin),
        ends_at=None if end is None else at(end),
        reason="Pusat data padam",
    )


def end_at(cast: Cast, outage: OutageView, hours: float) -> None:
    """It says that the outage was over then."""
    end_outage(cast.act_as("directorate"), outage.id, at(hours))


def withdraw(cast: Cast, outage: OutageView) -> None:
    """It takes the outage back."""
    withdraw_outage(cast.act_as("directorate"), outage.id, "Salah hari")


def report_at(cast: Cast, hours: float) -> None:
    """Lodging A reports then a guest who checked in at noon."""
    with pretend(at(hours)):
        actor = cast.act_as("clerk_a")
        report_stay(actor, cast.property_a, make_report(checked_in_at=NOON), source=Source.WEB)


def stored(cast: Cast) -> tuple[str, float]:
    """The state of the one stay's deadline, and how many hours after noon it is due."""
    with scope(EVERYWHERE):
        db.session.expire_all()
        stay = db.session.scalars(select(Stay)).one()
        return stay.deadline_state, (stay.due_at - NOON).total_seconds() / 3600
