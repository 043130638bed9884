"""The three offices of the demo and their working areas."""

import json
from importlib.resources import files
from uuid import UUID

from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.offices.models import Office, WorkingArea
from apoa.stays.models import DeadlineRule

HOURS = 24


def make_offices() -> dict[str, UUID]:
    """Stores the offices that ship with the system; their ids by their codes."""
    listed = json.loads(files("apoa.offices").joinpath("data/offices.json").read_text("utf-8"))
    ids: dict[str, UUID] = {}
    for one in listed:
        office = Office(
            id=new_id(),
            code=one["code"],
            name=one["name"],
            office_class=one["class"],
            created_at=now(),
        )
        session().add(office)
        session().flush()
        ids[office.code] = office.id
        for area in one["areas"]:
            session().add(WorkingArea(region_code=area, office_id=office.id, created_at=now()))
    session().add(
        DeadlineRule(
            id=new_id(),
            office_id=None,
            hours=HOURS,
            effective_from=now().replace(year=2020, month=1, day=1, hour=0, minute=0),
            created_at=now(),
        )
    )
    session().flush()
    return ids
