"""Today in one lodging: who came, who is here, who leaves, who should have left."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, or_

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import local_date
from apoa.stays.lines import StayLine, list_lines, select_lines
from apoa.stays.models import DeadlineState, Stay, StayState
from apoa.stays.queries import get_lodging


@dataclass(frozen=True)
class Board:
    """The stays of a day in the lodging's own time zone, earliest arrival first.

    `due_out_today` and `overdue` are in house; `arrived_today` may have left again.
    `late_count` counts those in house whose report came late.
    """

    today: date
    time_zone: str
    arrived_today: list[StayLine]
    in_house: list[StayLine]
    due_out_today: list[StayLine]
    overdue: list[StayLine]
    departed_today: list[StayLine]
    late_count: int


def load_board(actor: Actor, property_id: UUID, *, now: datetime) -> Board:
    """The board at an aware instant. Raises NotFound, NotAllowed."""
    require(actor, Action.VIEW_BOARD, property_id=property_id)
    time_zone = get_lodging(property_id).time_zone
    today = local_date(now, time_zone)
    lines = list_lines(
        select_lines()
        .where(
            Stay.property_id == property_id,
            or_(
                Stay.state == StayState.IN_HOUSE,
                # Who arrived today and left again is among these too.
                and_(Stay.state == StayState.DEPARTED, Stay.checked_out_on >= today),
            ),
        )
        .order_by(Stay.checked_in_at, Stay.id)
    )
    in_house = [line for line in lines if line.state == StayState.IN_HOUSE]
    return Board(
        today=today,
        time_zone=time_zone,
        arrived_today=[line for line in lines if line.checked_in_on == today],
        in_house=in_house,
        due_out_today=[line for line in in_house if line.expected_departure_on == today],
        overdue=[line for line in in_house if line.expected_departure_on < today],
        departed_today=[line for line in lines if line.checked_out_on == today],
        late_count=sum(line.deadline_state == DeadlineState.LATE for line in in_house),
    )
