"""What a guest's coming changes for others of the party: a child is not alone any more."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from apoa.db.base import session
from apoa.stays.models import Stay, StayState
from apoa.stays.queries import Lodging
from apoa.stays.warnings import Nights, is_minor

_WARNING = "minor-alone"


def accompany_minors(lodging: Lodging, coming: Sequence[Stay]) -> None:
    """Takes the warning from the children of these adults' parties who are here at the same time.

    A family is reported one by one, and not always the parents first.
    """
    adults: dict[str, list[Stay]] = defaultdict(list)
    for stay in coming:
        if stay.party_ref is not None and not is_minor(stay.birth_date, stay.checked_in_on):
            adults[stay.party_ref].append(stay)
    if not adults:
        return
    children = session().scalars(
        select(Stay)
        .where(
            Stay.property_id == lodging.property_id,
            Stay.party_ref.in_(adults),
            Stay.id.not_in(stay.id for stay in coming),
            Stay.state != StayState.CANCELLED,
            Stay.warnings.contains([{"code": _WARNING}]),
        )
        .order_by(Stay.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for child in children:
        beside = adults[child.party_ref or ""]
        if any(_nights(child).overlap(_nights(adult)) for adult in beside):
            child.warnings = [one for one in child.warnings if one["code"] != _WARNING]


def _nights(stay: Stay) -> Nights:
    return Nights(stay.checked_in_on, stay.checked_out_on or stay.expected_departure_on)
