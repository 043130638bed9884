"""Reports the stays of the documented examples, each found again by its label as reference."""

from collections.abc import Sequence
from datetime import timedelta

from apoa.base.clock import today
from apoa.db.scope import scope_of_property
from apoa.demo.course import LABEL
from apoa.demo.example_guests import CLAIMS, STAYS, ExampleStay, example_guest
from apoa.demo.living import Lived, Plan, at, live
from apoa.demo.lodgings import Lodging
from apoa.properties.models import PropertyState

OFFICE = "bengkulu"
# Fewer stays than this leave no room for the examples beside every awkward case.
LEAST_STAYS = 60


def example_lodgings(lodgings: Sequence[Lodging]) -> list[Lodging]:
    """Where the examples are: the reporting lodgings of one office."""
    return [
        one for one in lodgings if one.office_code == OFFICE and one.state == PropertyState.APPROVED
    ]


def silent_lodgings(lodgings: Sequence[Lodging]) -> list[Lodging]:
    """Lodgings for which nothing else is reported: one fell silent, one never began."""
    never = [one for one in lodgings if one.state == PropertyState.APPROVED][-1]
    return [example_lodgings(lodgings)[-1], never]


def label_of(label: str, number: int | None = None) -> str:
    """The reference of an example's stay, or of one of several, counted from 1."""
    return f"{LABEL}-{label}" if number is None else f"{LABEL}-{label}-{number}"


def make_examples(lodgings: Sequence[Lodging]) -> list[Lived]:
    """Reports the examples; the days are counted back from today."""
    places = example_lodgings(lodgings)
    made = []
    for label, stays in STAYS.items():
        for number, stay in enumerate(stays, 1):
            reference = label_of(label, number if len(stays) > 1 else None)
            lodging = places[stay.slot]
            with scope_of_property(lodging.id):
                made.append(live(lodging, _plan(label, stay, reference, lodging)))
    return made


def _plan(label: str, stay: ExampleStay, reference: str, lodging: Lodging) -> Plan:
    here = today(lodging.time_zone)
    arrived_on = here - timedelta(days=stay.days_ago)
    arrived_at = at(lodging, arrived_on, 14, 5)
    left_on = None if stay.left_after is None else arrived_on + timedelta(days=stay.left_after)
    return Plan(
        person=example_guest(label, here),
        arrived_at=arrived_at,
        leaves_on=arrived_on + timedelta(days=stay.nights),
        received_at=arrived_at + timedelta(hours=stay.late_hours, minutes=40),
        entered_on=arrived_on - timedelta(days=1),
        port="CGK",
        claim=CLAIMS.get(label, "voa"),
        left_at=None if left_on is None else at(lodging, left_on, 9, 30),
        details={
            "client_ref": reference,
            "room": f"C{len(reference)}",
            "purpose": "tourism",
            "late_reason": "Petugas baru belum tahu caranya." if stay.late_hours else None,
        },
    )
