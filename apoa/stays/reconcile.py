"""Holds a lodging's own list of who is in house against what was reported here."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, String, any_, literal, or_

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.names import name_key
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.announced import note_unreported
from apoa.stays.document_number import normalize_document_number
from apoa.stays.lines import select_lines
from apoa.stays.mapping import plain_values, report_to_mapping, value_at
from apoa.stays.models import Receipt, Stay, StayState
from apoa.stays.outcome import StayView
from apoa.stays.queries import Lodging, get_lodging
from apoa.stays.read import FieldChange
from apoa.stays.standing import IssuedReceipt, standing

Listed = Mapping[str, Any]
_NAMES = frozenset({"/guest/surname", "/guest/given_names", "/guest/native_name"})
_NUMBERS = frozenset({"/document/number", "/permit/number"})


@dataclass(frozen=True)
class Difference:
    """A guest on both lists; in each change `before` is theirs and `after` is ours."""

    place: int
    view: StayView
    fields: list[FieldChange]


@dataclass(frozen=True)
class Reconciliation:
    """What both have alike (a count), what one alone has, and what differs.

    Theirs are named by their place in the list that was sent.
    """

    matching: int
    only_theirs: list[int]
    only_ours: list[StayView]
    differing: list[Difference]


def reconcile(actor: Actor, property_id: UUID, listed: Sequence[Listed]) -> Reconciliation:
    """Compares guests as `InHouseSchema` reads them with the stays in house; changes no stay.

    Found by client reference, else by document number, else by name and date of birth; by the
    reference also where the guest has left here or the stay was cancelled. Who is on their list
    alone is watched for the deadline (`announced.py`). Audited. Raises NotFound, NotAllowed.
    """
    require(actor, Action.VIEW_STAY, property_id=property_id)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        refs = [one["client_ref"] for one in listed if one.get("client_ref")]
        ours = _ours(property_id, refs, lodging)
        found = _compare(listed, ours)
        note_unreported(lodging, _arrivals(listed, found.only_theirs))
        record(
            "reconcile",
            subject_type="property",
            subject_id=property_id,
            property_id=property_id,
            office_id=lodging.office_id,
            listed=len(listed),
            matching=found.matching,
            only_theirs=len(found.only_theirs),
            only_ours=len(found.only_ours),
            differing=len(found.differing),
        )
        return found


def _ours(property_id: UUID, refs: list[str], lodging: Lodging) -> list[StayView]:
    query = (
        select_lines()
        .add_columns(Receipt.issued_at)
        .where(
            Stay.property_id == property_id,
            or_(
                Stay.state == StayState.IN_HOUSE,
                Stay.client_ref == any_(literal(refs, ARRAY(String))),
            ),
        )
        .order_by(Stay.checked_in_at, Stay.id)
    )
    return [
        StayView(**standing(stay, lodging, IssuedReceipt(number, issued_at)))
        for stay, number, issued_at in session().execute(query)
    ]


def _arrivals(listed: Sequence[Listed], places: Sequence[int]) -> dict[str, datetime]:
    """When those came that can be named: the deadline of their report runs from there."""
    named = ((listed[one].get("client_ref"), listed[one].get("checked_in_at")) for one in places)
    return {client_ref: at for client_ref, at in named if client_ref and at}


def _compare(listed: Sequence[Listed], ours: Sequence[StayView]) -> Reconciliation:
    pairs = _pairs(listed, ours)
    differing = []
    for place, view in pairs.items():
        fields = _differences(listed[place], view)
        if fields:
            differing.append(Difference(place, view, fields))
    paired = {view.stay_id for view in pairs.values()}
    return Reconciliation(
        matching=len(pairs) - len(differing),
        only_theirs=[place for place in range(len(listed)) if place not in pairs],
        only_ours=[
            view for view in ours if view.stay_id not in paired and view.state == StayState.IN_HOUSE
        ],
        differing=sorted(differing, key=lambda one: one.place),
    )


def _pairs(listed: Sequence[Listed], ours: Sequence[StayView]) -> dict[int, StayView]:
    """Which of theirs is which of ours; each at most once, the surest marks first."""
    pairs: dict[int, StayView] = {}
    taken: set[UUID] = set()
    for of_theirs, of_ours in _MARKS:
        by_mark: dict[Any, list[StayView]] = {}
        for view in ours:
            mark = of_ours(view)
            if mark and view.stay_id not in taken:
                by_mark.setdefault(mark, []).append(view)
        for place, one in enumerate(listed):
            waiting = by_mark.get(of_theirs(one) or ())
            if place not in pairs and waiting:
                pairs[place] = waiting.pop(0)
                taken.add(pairs[place].stay_id)
    return pairs


def _differences(theirs: Listed, view: StayView) -> list[FieldChange]:
    content = report_to_mapping(view.report)
    found = []
    if view.state != StayState.IN_HOUSE:
        found.append(FieldChange("/state", str(StayState.IN_HOUSE), view.state))
    for pointer, value in _leaves(plain_values(theirs), ""):
        own = value_at(content, pointer)
        if not _is_same(pointer, value, own):
            found.append(FieldChange(pointer, value, own))
    return found


def _leaves(value: Any, pointer: str) -> list[tuple[str, Any]]:
    """Every value given, with its pointer; null says nothing."""
    if isinstance(value, Mapping):
        return [
            leaf for name, inner in value.items() for leaf in _leaves(inner, f"{pointer}/{name}")
        ]
    return [] if value is None else [(pointer, value)]


def _is_same(pointer: str, theirs: Any, ours: Any) -> bool:
    """Whether two values say the same; names and numbers in whatever spelling."""
    if theirs == ours:
        return True
    if ours is None:
        return False
    if pointer in _NAMES:
        return name_key(theirs) == name_key(ours)
    if pointer in _NUMBERS:
        return _number_key(theirs) == _number_key(ours)
    return False


def _number_key(number: str) -> str:
    """What all writings of it share; of one without A-Z and 0-9 the written signs."""
    return normalize_document_number(number) or unicodedata.normalize("NFKC", number).casefold()


def _their_number(one: Listed) -> str | None:
    number = (one.get("document") or {}).get("number")
    return normalize_document_number(number) if number else None


def _our_number(view: StayView) -> str | None:
    number = view.report.document.number
    in_house = view.state == StayState.IN_HOUSE
    return normalize_document_number(number) if number and in_house else None


def _their_name(one: Listed) -> tuple[str, str] | None:
    guest = one.get("guest") or {}
    name = _name_mark(guest.get("surname"), guest.get("given_names"))
    birth_date = guest.get("birth_date")
    return (name, birth_date) if name and birth_date else None


def _our_name(view: StayView) -> tuple[str, str] | None:
    guest = view.report.guest
    if view.state != StayState.IN_HOUSE:
        return None
    return _name_mark(guest.surname, guest.given_names), guest.birth_date


def _name_mark(surname: str | None, given_names: str | None) -> str:
    """The name in any order of its words."""
    return " ".join(sorted(name_key(f"{surname or ''} {given_names or ''}").split()))


_MARKS: tuple[tuple[Callable[[Listed], Any], Callable[[StayView], Any]], ...] = (
    (lambda one: one.get("client_ref"), lambda view: view.report.client_ref),
    (_their_number, _our_number),
    (_their_name, _our_name),
)
