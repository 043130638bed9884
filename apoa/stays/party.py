"""What a guest's coming changes for others of the party: a child is not alone any more."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import select

from apoa.db.base import session
from apoa.stays.models import Stay, StayState
from apoa.stays.outcome import ReportedStay
from apoa.stays.queries import Lodging
from apoa.stays.warnings import Nights, is_minor

_WARNING = "minor-alone"
Outcome = TypeVar("Outcome")


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


def is_alone(stay: ReportedStay) -> bool:
    """Whether the outcome warns that a child is alone."""
    return any(one.code == _WARNING for one in stay.warnings)


def without_late_warnings(lodging: Lodging, answers: Sequence[Outcome]) -> list[Outcome]:
    """The same, but of children whose company was stored after them as they stand by now."""
    alone = [one.stay_id for one in answers if isinstance(one, ReportedStay) and is_alone(one)]
    if not alone:
        return list(answers)
    still = set(
        session().scalars(
            select(Stay.id).where(
                Stay.property_id == lodging.property_id,
                Stay.id.in_(alone),
                Stay.warnings.contains([{"code": _WARNING}]),
            )
        )
    )
    return [
        replace(one, warnings=tuple(each for each in one.warnings if each.code != _WARNING))
        if isinstance(one, ReportedStay) and is_alone(one) and one.stay_id not in still
        else one
        for one in answers
    ]


def _nights(stay: Stay) -> Nights:
    return Nights(stay.checked_in_on, stay.checked_out_on or stay.expected_departure_on)
