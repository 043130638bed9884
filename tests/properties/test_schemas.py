"""What a lodging must say of itself, and what is refused with which words."""

from decimal import Decimal
from typing import Any

import pytest

from apoa.base.errors import InvalidInput
from apoa.base.problems import problem_text
from apoa.properties.models import PropertyType
from apoa.properties.schemas import RegistrationSchema
from tests.properties.support import FORM


def test_a_sound_form_is_read_and_tidied() -> None:
    read = RegistrationSchema().read(FORM)
    assert read.type is PropertyType.HOMESTAY
    assert read.nib == "9120001234567"
    assert (read.latitude, read.longitude) == (Decimal("-3.792845"), Decimal("102.260764"))
    assert read.rooms == 6
    assert read.responsible_email == "siti@example.com"
    assert read.no_nib_reason is None


def test_a_private_house_needs_no_nib_but_a_reason() -> None:
    read = RegistrationSchema().read(FORM | {"nib": "", "no_nib_reason": "Rumah pribadi"})
    assert read.nib is None
    assert read.no_nib_reason == "Rumah pribadi"


def test_coordinates_are_optional_and_a_district_is_enough() -> None:
    read = RegistrationSchema().read(
        FORM | {"latitude": "", "longitude": None, "region_code": "17.71.07"}
    )
    assert read.latitude is None
    assert read.region_code == "17.71.07"


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"type": "tent"}, "/type", "not-a-choice"),
        ({"type": ""}, "/type", "required"),
        ({"name": " "}, "/name", "required"),
        ({"name": "AB"}, "/name", "too-short"),
        ({"name": "x" * 161}, "/name", "too-long"),
        ({"name": "Hotel\u202eletoH"}, "/name", "control-character"),
        ({"nib": "123"}, "/nib", "nib-13-digits"),
        ({"nib": "912000123456x"}, "/nib", "nib-13-digits"),
        ({"nib": "٩١٢٠٠٠١٢٣٤٥٦٧"}, "/nib", "nib-13-digits"),
        ({"nib": ""}, "/nib", "nib-or-reason"),
        ({"no_nib_reason": "Rumah pribadi"}, "/no_nib_reason", "nib-and-reason"),
        ({"nib": "", "no_nib_reason": "x"}, "/no_nib_reason", "too-short"),
        ({"address": ""}, "/address", "required"),
        ({"region_code": "17.71"}, "/region_code", "region-too-wide"),
        ({"region_code": "Bengkulu"}, "/region_code", "region-unknown"),
        ({"region_code": ""}, "/region_code", "required"),
        ({"latitude": "north"}, "/latitude", "coordinate-malformed"),
        ({"latitude": "NaN"}, "/latitude", "coordinate-malformed"),
        ({"latitude": "52.5"}, "/latitude", "out-of-range"),
        ({"longitude": "-102.2"}, "/longitude", "out-of-range"),
        ({"longitude": ""}, "/longitude", "both-coordinates"),
        ({"latitude": ""}, "/latitude", "both-coordinates"),
        ({"rooms": "0"}, "/rooms", "out-of-range"),
        ({"rooms": "20001"}, "/rooms", "out-of-range"),
        ({"rooms": "enam"}, "/rooms", "not-a-number"),
        ({"rooms": ""}, "/rooms", "not-a-number"),
        ({"phone": "12345"}, "/phone", "phone-malformed"),
        ({"phone": "ask Budi 081234"}, "/phone", "phone-malformed"),
        ({"responsible_name": ""}, "/responsible_name", "required"),
        ({"responsible_email": "siti"}, "/responsible_email", "invalid-email"),
        ({"responsible_email": "a@b@c.id"}, "/responsible_email", "invalid-email"),
        ({"responsible_email": "a@b.id\nBcc: x@y.id"}, "/responsible_email", "control-character"),
        ({"state": "approved"}, "/state", "unknown-field"),
        ({"office_id": "1"}, "/office_id", "unknown-field"),
    ],
)
def test_faults_stand_at_their_field(changes: dict[str, Any], pointer: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        RegistrationSchema().read(FORM | changes)
    assert [(one.pointer, one.code) for one in caught.value.problems] == [(pointer, code)]
    for locale in ("id", "en"):
        assert problem_text(caught.value.problems[0], locale)


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(InvalidInput) as caught:
        RegistrationSchema().read({"nib": "", "latitude": "1"})
    pointers = {one.pointer for one in caught.value.problems}
    assert {"/name", "/type", "/nib", "/longitude", "/rooms", "/region_code"} <= pointers
