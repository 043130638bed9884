"""What the zone leaves open is described as it is judged: left out is filled in, empty is not."""

from typing import Any

import pytest

from apoa.api.openapi.paths.stay_examples import SCANNED
from tests.api.client import ApiClient
from tests.api.contract import validator_for
from tests.factories import make_mapping

REPORT = {"$ref": "#/components/schemas/StayReport"}
LEFT_OUT: dict[str, Any] = {}
GUESTS: list[Any] = [
    LEFT_OUT,
    None,
    {},
    {"surname": "ERIKSON"},
    {"surname": None},
    {"surname": ""},
    {"given_names": None},
    {"surname": None, "given_names": None},
    {"sex": None},
    {"birth_date": ""},
    {"mononym": False},
    {"mononym": True, "surname": "ANNA"},
    {"mononym": True, "surname": "ANNA", "given_names": "MARIA"},
    {"mononym": True, "surname": None},
    {"mononym": True, "surname": None, "given_names": "ANNA"},
]
DOCUMENTS: list[Any] = [
    None,
    {},
    {"number": "X1"},
    {"number": None},
    {"number": ""},
    {"issuing_state": None},
    {"issuing_state": "NOR"},
    {"type": None, "expires_on": None},
    {"unavailable_reason": None},
    {"unavailable_reason": "stolen"},
    {"unavailable_reason": "stolen", "number": None},
    {"unavailable_reason": "stolen", "number": "X1"},
    {"unavailable_reason": "stolen", "issuing_state": None},
]


@pytest.mark.parametrize("has_zone", [True, False])
@pytest.mark.parametrize(
    ("part", "value"),
    [("guest", one) for one in GUESTS] + [("document", one) for one in DOCUMENTS],
    ids=str,
)
def test_guest_and_document_beside_a_zone_and_without(
    api: ApiClient, part: str, value: Any, has_zone: bool
) -> None:
    sent = make_mapping()
    if has_zone:
        sent |= {"guest": {}, "document": {}, "mrz": SCANNED["mrz"]}
    if value is LEFT_OUT:
        del sent[part]
    else:
        sent[part] = value
    verdict = api.post(f"{api.lodging}/stays/validate", sent).get_json()
    faults = [one.message for one in validator_for(REPORT).iter_errors(sent)]
    assert verdict["valid"] == (not faults), (verdict["errors"], faults)
