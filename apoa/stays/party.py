"""What a guest's coming changes for others of the party: a child is not alone any more."""

from sqlalchemy import select

from apoa.db.base import session
from apoa.stays.models import Stay, StayState
from apoa.stays.warnings import Nights, is_minor

_WARNING = "minor-alone"


def accompany_minors(stay: Stay) -> None:
    """Takes the warning from the children of this adult's party who are here at the same time.

    A family is reported one by one, and not always the parents first.
    """
    if stay.party_ref is None or is_minor(stay.birth_date, stay.checked_in_on):
        return
    children = session().scalars(
        select(Stay)
        .where(
            Stay.property_id == stay.property_id,
            Stay.party_ref == stay.party_ref,
            Stay.id != stay.id,
            Stay.state != StayState.CANCELLED,
            Stay.warnings.contains([{"code": _WARNING}]),
        )
        .order_by(Stay.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    for child in children:
        if _nights(child).overlap(_nights(stay)):
            child.warnings = [one for one in child.warnings if one["code"] != _WARNING]


def _nights(stay: Stay) -> Nights:
    return Nights(stay.checked_in_on, stay.checked_out_on or stay.expected_departure_on)
