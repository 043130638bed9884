"""GET /me tells a key what it is good for."""

from apoa.access.api_models import KeyMode
from tests.api.client import ApiClient, assert_problem
from tests.api.conftest import MakeKey
from tests.cast import Cast


def test_a_live_key_sees_itself_and_its_lodgings(api: ApiClient, cast: Cast) -> None:
    response = api.get("/me")
    body = response.get_json()
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert api.key is not None
    assert body["client_id"] == api.key.client_id
    assert body["mode"] == "live"
    assert body["expires_at"].endswith("Z")
    assert body["limits"] == {
        "requests_per_minute": 600,
        "batch_items": 1000,
        "body_bytes": 2097152,
    }
    assert body["properties"] == [
        {
            "id": str(cast.property_a),
            "name": "Hotel Pantai Panjang",
            "type": "hotel",
            "state": "approved",
            "time_zone": "Asia/Jakarta",
        }
    ]
    assert api.key.secret not in response.get_data(as_text=True)


def test_a_test_key_names_the_real_lodging(test_api: ApiClient, cast: Cast) -> None:
    body = test_api.get("/me").get_json()
    assert body["mode"] == "test"
    assert [one["id"] for one in body["properties"]] == [str(cast.property_a)]


def test_a_key_of_two_lodgings_sees_both(api: ApiClient, new_key: MakeKey, cast: Cast) -> None:
    for mode in KeyMode:
        key = new_key(property_ids=[cast.property_a, cast.property_b], mode=mode)
        body = api.get("/me", headers={"Authorization": f"Bearer {key.text}"}).get_json()
        assert {one["id"] for one in body["properties"]} == {
            str(cast.property_a),
            str(cast.property_b),
        }


def test_anonymous_and_wrong_method(anonymous: ApiClient, api: ApiClient) -> None:
    assert_problem(anonymous.get("/me"), 401, "credentials-missing")
    assert_problem(api.post("/me", {}), 405, "method-not-allowed")
