"""Which lodgings an officer is told to compare, and why."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.properties.duplicates import (
    Duplicate,
    find_duplicates,
    is_like_name,
    metres_between,
)
from apoa.properties.models import Property
from apoa.properties.queries import get_property
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import NEAR, submitted


def _found(cast: Cast, property_id: UUID) -> list[Duplicate]:
    cast.act_as("insarkom_bengkulu")
    return find_duplicates(get_property(property_id))


def _register(**changes: Any) -> UUID:
    set_scope(NOTHING)
    session().rollback()
    return submitted(**changes)


@pytest.mark.parametrize(
    ("name", "other", "alike"),
    [
        ("Homestay Bunga Kibut", "Guest House Bunga Kibut", True),
        ("Hotel Pantai Panjang", "Hotel Panjang Pantai", True),
        ("Hotel Rafflesia", "Hotel Raflesia", True),
        ("Wisma Melati", "Wisma Mawar", False),
        ("Hotel", "Hotel", True),
        ("Hotel", "Villa", False),
        ("Kos Putri Anggrek", "Kos Putra Anggrek", True),
        ("Hotel Sinar", "Hotel Sinar Harapan Jaya Abadi", False),
    ],
)
def test_names_are_compared_by_what_tells_them_apart(name: str, other: str, alike: bool) -> None:
    assert is_like_name(name, other) is alike
    assert is_like_name(other, name) is alike


def test_distances_are_metres() -> None:
    here = (Decimal("-3.792845"), Decimal("102.260764"))
    there = (Decimal("-3.797337"), Decimal("102.260764"))
    assert 495 < metres_between(here, there) < 505


def test_the_same_nib_anywhere_in_the_office_is_shown(cast: Cast) -> None:
    property_id = _register(nib="1234567890123", name="Losmen Sendiri", region_code="17.02.06")
    reasons = {one.name: one.reasons for one in _found(cast, property_id)}
    assert reasons["Hotel Pantai Panjang"] == ("same_nib",)


def test_the_same_nib_at_another_office_tells_only_the_office(cast: Cast) -> None:
    property_id = _register(nib="1234567890123")
    elsewhere = [one for one in _found(cast, property_id) if one.is_elsewhere]
    assert len(elsewhere) == 1
    assert "Blitar" in elsewhere[0].office_name
    assert (elsewhere[0].property_id, elsewhere[0].name) == (None, "")


def test_a_like_name_in_the_district_or_nearby_is_shown(cast: Cast) -> None:
    first = _register(nib=None, no_nib_reason="Rumah pribadi")
    near = _register(
        nib=None, no_nib_reason="Rumah pribadi", name="Bunga Kibut", region_code="17.02.06", **NEAR
    )
    district = _register(
        nib=None,
        no_nib_reason="Rumah pribadi",
        name="Villa Bunga Kibut",
        latitude=None,
        longitude=None,
    )
    found = {one.property_id: one for one in _found(cast, first)}
    assert found[near].reasons == ("like_name_nearby",)
    assert found[near].metres is not None
    assert found[near].metres < 100
    assert found[district].reasons == ("like_name_in_district",)
    assert found[district].metres is None


def test_a_like_name_far_away_is_not(cast: Cast) -> None:
    first = _register(nib=None, no_nib_reason="Rumah pribadi")
    _register(
        nib=None,
        no_nib_reason="Rumah pribadi",
        region_code="17.02.06",
        latitude=Decimal("-3.9"),
        longitude=Decimal("102.5"),
    )
    assert _found(cast, first) == []


def test_the_strongest_come_first(cast: Cast) -> None:
    first = _register()
    _register(nib=None, no_nib_reason="Rumah pribadi", **NEAR)
    both = _register(name="Bunga Kibut", **NEAR)
    assert _found(cast, first)[0].property_id == both


def test_a_sandbox_is_nobodys_duplicate(cast: Cast) -> None:
    with scope(EVERYWHERE):
        lodging = session().get_one(Property, cast.property_c)
        lodging.office_id, lodging.sandbox_of = SANDBOX_OFFICE_ID, cast.property_a
        session().commit()
    property_id = _register(nib="1234567890123")
    assert not any(one.is_elsewhere for one in _found(cast, property_id))
