"""The manager changes the lodging's data; each change stands in its history."""

from decimal import Decimal
from typing import Any

import pytest

from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict, VersionConflict
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.properties.content import read_content
from apoa.properties.edit import edit_property
from apoa.properties.models import Property, PropertyState
from apoa.properties.queries import list_events
from apoa.properties.schemas import Registration, RegistrationSchema
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import audit_actions, event_kinds, read_everywhere


def _content(cast: Cast, **changes: Any) -> Registration:
    content = read_content(read_everywhere(cast.property_a))
    read: Registration = RegistrationSchema().read(content | changes)
    return read


def test_changes_are_kept_with_before_and_after(cast: Cast) -> None:
    edit_property(
        cast.act_as("manager_ab"),
        cast.property_a,
        _content(cast, rooms="25", name="Hotel Panjang", latitude="-3.8", longitude="102.2"),
    )
    lodging = read_everywhere(cast.property_a)
    assert (lodging.rooms, lodging.name) == (25, "Hotel Panjang")
    assert lodging.name_folded == "HOTEL PANJANG"
    assert lodging.latitude == Decimal("-3.8")
    assert event_kinds(cast.property_a) == ["edited"]
    assert audit_actions(cast.property_a) == ["edit_property"]
    with scope(EVERYWHERE):
        changes = {one["field"]: one for one in list_events(cast.property_a)[0].changes}
    assert changes["rooms"] == {"field": "rooms", "before": "20", "after": "25"}
    assert changes["name"]["before"] == "Hotel Pantai Panjang"
    assert changes["latitude"]["before"] is None


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("clerk_a", NotAllowed),
        ("clerk_b", NotFound),
        ("insarkom_bengkulu", NotFound),
        ("directorate", NotAllowed),
        ("stranger", NotFound),
    ],
)
def test_only_the_manager_edits(cast: Cast, name: str, error: type[Exception]) -> None:
    content = _content(cast, rooms="25")
    with pytest.raises(error):
        edit_property(cast.act_as(name), cast.property_a, content)
    assert read_everywhere(cast.property_a).rooms == 20


@pytest.mark.parametrize("state", list(PropertyState))
def test_closed_lodgings_are_not_edited(cast: Cast, state: PropertyState) -> None:
    content = _content(cast, rooms="25")
    with scope(EVERYWHERE):
        session().get_one(Property, cast.property_a).state = state
        session().commit()
    actor = cast.act_as("manager_ab")
    if state in (PropertyState.APPROVED, PropertyState.SUSPENDED):
        edit_property(actor, cast.property_a, content)
        assert read_everywhere(cast.property_a).rooms == 25
    else:
        with pytest.raises(StateConflict):
            edit_property(actor, cast.property_a, content)


def test_a_stale_form_and_an_unchanged_one_are_refused(cast: Cast) -> None:
    actor = cast.act_as("manager_ab")
    with pytest.raises(VersionConflict):
        edit_property(actor, cast.property_a, _content(cast, rooms="25"), seen_event=new_id())
    with pytest.raises(InvalidInput) as caught:
        edit_property(cast.act_as("manager_ab"), cast.property_a, _content(cast))
    assert caught.value.problems[0].code == "nothing-changed"


def test_another_region_moves_the_lodging_to_its_office(cast: Cast) -> None:
    actor = cast.act_as("manager_ab")
    edit_property(actor, cast.property_a, _content(cast, region_code="35.72.01.1001"))
    lodging = read_everywhere(cast.property_a)
    assert lodging.office_id == cast.office_blitar
    assert event_kinds(cast.property_a) == ["moved", "edited"]
    assert audit_actions(cast.property_a) == ["move_property", "edit_property"]


def test_a_region_without_an_office_changes_nothing(cast: Cast) -> None:
    content = _content(cast, region_code="31.71.01.1001", rooms="25")
    with pytest.raises(InvalidInput):
        edit_property(cast.act_as("manager_ab"), cast.property_a, content)
    assert read_everywhere(cast.property_a).rooms == 20
