"""The doors of every call about stays: no key, another lodging, another scope, method, content."""

from typing import Any
from uuid import uuid4

import pytest

from apoa.access.api_keys import end_key
from apoa.base.clock import now
from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey
from tests.api.reporting import report
from tests.cast import Cast
from tests.factories import make_mapping

STAYS, STAY = "/stays", "/stays/{stay}"
WRITE, READ, PROVE = "stays:write", "stays:read", "receipts:read"
LEFT = {"checked_out_at": now().isoformat()}
# Method, path below the lodging, the scope that it needs, a sound body, its success.
CALLS: list[tuple[str, str, str, Any, int]] = [
    ("POST", STAYS, WRITE, make_mapping(), 201),
    ("POST", f"{STAYS}/validate", WRITE, make_mapping(), 200),
    ("POST", f"{STAYS}/batch", WRITE, {"items": []}, 200),
    ("GET", STAYS, READ, None, 200),
    ("GET", STAY, READ, None, 200),
    ("PATCH", STAY, WRITE, {"room": "9"}, 200),
    ("GET", f"{STAY}/versions", READ, None, 200),
    ("POST", f"{STAY}/check-out", WRITE, LEFT, 200),
    ("POST", f"{STAY}/cancel", WRITE, {"reason": "Reported twice"}, 200),
    ("POST", f"{STAY}/reopen", WRITE, {"reason": "Came back"}, 200),
    ("GET", f"{STAY}/receipt", PROVE, None, 200),
    ("POST", "/reconciliations", READ, {"items": []}, 200),
]
WITH_BODY = [one for one in CALLS if one[3] is not None]
NAMES = [f"{one[0]} {one[1]}" for one in CALLS]
every_call = pytest.mark.parametrize("call", CALLS, ids=NAMES)
every_call_with_body = pytest.mark.parametrize(
    "call", WITH_BODY, ids=[f"{one[0]} {one[1]}" for one in WITH_BODY]
)
Call = tuple[str, str, str, Any, int]


def send(api: ApiClient, call: Call, lodging: Any, stay_id: Any = None, **kwargs: Any) -> Any:
    method, path, _, body, _ = call
    headers = {"If-Match": '"v1"'} if method == "PATCH" else {}
    headers |= kwargs.pop("headers", {})
    if body is not None and "data" not in kwargs:
        kwargs["json"] = body
    address = f"/properties/{lodging}" + path.format(stay=stay_id or uuid4())
    return api.send(method, address, headers=headers, **kwargs)


@every_call
def test_with_its_scope_alone_it_works(
    api: ApiClient, cast: Cast, new_key: MakeKey, call: Call
) -> None:
    stay = report(api, document_number="N9")
    narrow = ApiClient(api.app, new_key(scopes=[call[2]]), cast.property_a)
    assert send(narrow, call, cast.property_a, stay["id"]).status_code == call[4]


@every_call
def test_without_a_key_nobody_comes_in(anonymous: ApiClient, cast: Cast, call: Call) -> None:
    answer = send(anonymous, call, cast.property_a)
    assert_problem(answer, 401, "credentials-missing")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@every_call
@pytest.mark.parametrize("lodging", ["property_b", "property_c", None])
def test_another_lodging_is_not_there(
    api: ApiClient, cast: Cast, call: Call, lodging: str | None
) -> None:
    address = getattr(cast, lodging) if lodging else uuid4()
    assert_problem(send(api, call, address), 404, "not-found")


@every_call
def test_another_lodgings_stay_is_not_there(
    api: ApiClient, cast: Cast, new_key: MakeKey, call: Call
) -> None:
    if "{stay}" not in call[1]:
        return
    other = ApiClient(api.app, new_key(property_ids=[cast.property_b]), cast.property_b)
    foreign = report(other)
    assert_problem(send(api, call, cast.property_a, foreign["id"]), 404, "not-found")
    assert other.get(f"{other.lodging}/stays/{foreign['id']}").get_json() == foreign


@every_call
def test_another_scope_is_not_enough(
    api: ApiClient, cast: Cast, new_key: MakeKey, call: Call
) -> None:
    stay = report(api)
    others = [scope for scope in (WRITE, READ, PROVE, "webhooks:manage") if scope != call[2]]
    narrow = ApiClient(api.app, new_key(scopes=others), cast.property_a)
    answer = send(narrow, call, cast.property_a, stay["id"])
    body = assert_problem(answer, 403, "insufficient-scope")
    assert call[2] in body["detail"]
    assert f'scope="{call[2]}"' in answer.headers["WWW-Authenticate"]
    assert api.get(f"{api.lodging}/stays/{stay['id']}").get_json() == stay


@every_call
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_another_method_is_told_which_there_are(
    api: ApiClient, cast: Cast, call: Call, method: str
) -> None:
    address = api.lodging + call[1].format(stay=uuid4())
    answer = api.send(method, address)
    assert_problem(answer, 405, "method-not-allowed")
    allowed = set(answer.headers["Allow"].replace(" ", "").split(","))
    expected = {one[0] for one in CALLS if one[1] == call[1]}
    assert allowed - {"HEAD", "OPTIONS"} == expected


@every_call_with_body
@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "application/xml", "",
     "application/json; charset=latin-1", "multipart/form-data; boundary=x"],
)  # fmt: skip
def test_another_content_is_not_taken(
    api: ApiClient, cast: Cast, call: Call, content_type: str
) -> None:
    stay = report(api)
    headers = {"Content-Type": content_type or None}
    answer = send(api, call, cast.property_a, stay["id"], data=b"{}", headers=headers)
    assert_problem(answer, 415, "unsupported-media-type")
    wanted = "Accept-Patch" if call[0] == "PATCH" else "Accept-Post"
    assert "json" in answer.headers[wanted]


@every_call
def test_an_ended_key_is_refused(api: ApiClient, cast: Cast, new_key: MakeKey, call: Call) -> None:
    key = new_key()
    end_key(cast.act_as("manager_ab"), key.key_id)
    ended = ApiClient(api.app, key, cast.property_a)
    assert_problem(send(ended, call, cast.property_a), 401, "key-ended")
