"""What a system was built on stays: the JSON of every call about stays, member by member.

The frozen shapes stand in `shapes/`. A member may be added there with a note in the changelog;
none is taken away, renamed or given another kind.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from apoa.base.clock import now
from tests.api.client import ApiClient
from tests.api.reporting import path_of, report
from tests.contracts.shape import shape_of
from tests.factories import make_mapping

SHAPES = Path(__file__).parent / "shapes"
WHOLE: dict[str, Any] = {
    "client_ref": "RES-1",
    "party_ref": "RES",
    "late_reason": "Listrik padam",
}
Call = Callable[[ApiClient], Any]


def whole() -> dict[str, Any]:
    """A report with a value in every member that may have one."""
    sent = make_mapping(**WHOLE)
    sent["guest"] |= {"native_name": "Анна"}
    sent["document"] |= {"expires_on": "2012-04-15"}
    return sent | {
        "mrz": [
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ],
        "permit": {"kind": "voa", "number": "V1"},
        "entry": {"entered_on": "2026-11-20", "port": "DPS"},
        "contact": {"email": "anna@example.com", "phone": "+62 811 1"},
        "checked_out_at": now().isoformat(),
    }


def reported(api: ApiClient) -> Any:
    return api.post(f"{api.lodging}/stays", whole())


def least(api: ApiClient) -> Any:
    sent = whole()
    names = ("sex", "birth_date", "nationality", "surname", "given_names")
    return api.post(
        f"{api.lodging}/stays",
        {
            "guest": {name: sent["guest"][name] for name in names},
            "document": {"unavailable_reason": "Lost"},
            "checked_in_at": sent["checked_in_at"],
            "expected_departure_on": sent["expected_departure_on"],
        },
    )


def refused(api: ApiClient) -> Any:
    return api.post(f"{api.lodging}/stays", whole() | {"room": 3})


def in_use(api: ApiClient) -> Any:
    report(api, client_ref="RES-1")
    return reported(api)


def validated(api: ApiClient) -> Any:
    return api.post(f"{api.lodging}/stays/validate", whole())


def not_valid(api: ApiClient) -> Any:
    return api.post(f"{api.lodging}/stays/validate", whole() | {"room": 3})


def batch(api: ApiClient) -> Any:
    items = [whole(), {"room": 3}]
    return api.post(f"{api.lodging}/stays/batch", {"items": items})


def listed(api: ApiClient) -> Any:
    reported(api)
    report(api, client_ref="RES-2")
    return api.get(f"{api.lodging}/stays?limit=1")


def cancelled(api: ApiClient) -> Any:
    stay = reported(api).get_json()
    return api.post(path_of(api, stay, "/cancel"), {"reason": "Reported twice"})


def versions(api: ApiClient) -> Any:
    stay = report(api)
    api.patch(path_of(api, stay), {"room": "9"}, headers={"If-Match": '"v1"'})
    return api.get(path_of(api, stay, "/versions"))


def receipt(api: ApiClient) -> Any:
    return api.get(path_of(api, report(api), "/receipt"))


def open_receipt(api: ApiClient) -> Any:
    return api.get(f"/receipts/{report(api)['receipt']['number']}")


def reconciled(api: ApiClient) -> Any:
    report(api, client_ref="A")
    report(api, client_ref="B", document_number="N2")
    items = [{"client_ref": "A", "room": "9"}, {"client_ref": "C"}]
    return api.post(f"{api.lodging}/reconciliations", {"items": items})


def stale(api: ApiClient) -> Any:
    stay = report(api)
    return api.patch(path_of(api, stay), {"room": "9"}, headers={"If-Match": '"v7"'})


CALLS: list[tuple[Call, int]] = [
    (reported, 201),
    (least, 201),
    (refused, 422),
    (in_use, 409),
    (validated, 200),
    (not_valid, 200),
    (batch, 200),
    (listed, 200),
    (cancelled, 200),
    (versions, 200),
    (receipt, 200),
    (open_receipt, 200),
    (reconciled, 200),
    (stale, 412),
]


@pytest.mark.parametrize(("call", "status"), CALLS, ids=[one[0].__name__ for one in CALLS])
def test_the_shape_is_the_frozen_one(api: ApiClient, call: Call, status: int) -> None:
    response = call(api)
    assert response.status_code == status, response.get_data(as_text=True)
    shape = shape_of(response.get_json(force=True))
    frozen = SHAPES / f"{call.__name__}.json"
    assert frozen.exists(), f"freeze this as {frozen.name}:\n{json.dumps(shape, indent=1)}"
    assert shape == json.loads(frozen.read_text())


def test_every_frozen_shape_is_tested() -> None:
    assert {one.stem for one in SHAPES.glob("*.json")} == {one[0].__name__ for one in CALLS}
