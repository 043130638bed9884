"""Health, status and code lists are open; what never changes may be kept."""

from datetime import timedelta

import pytest

from apoa.base.clock import now
from apoa.stays.outages import declare_outage
from tests.api.client import ApiClient, assert_problem
from tests.cast import Cast


def test_health(anonymous: ApiClient) -> None:
    response = anonymous.get("/health")
    assert (response.status_code, response.get_json()) == (200, {"status": "ok"})
    assert response.headers["Cache-Control"] == "no-store"


def test_status_tells_outages_and_by_how_much_they_move_deadlines(
    anonymous: ApiClient, cast: Cast
) -> None:
    assert anonymous.get("/status").get_json() == {"status": "ok", "outages": []}
    start = now().replace(microsecond=0) - timedelta(hours=5)
    actor = cast.act_as("directorate")
    declare_outage(actor, starts_at=start, ends_at=start + timedelta(hours=2), reason="Listrik")
    declare_outage(actor, starts_at=start + timedelta(hours=3), ends_at=None, reason="Jaringan")
    body = anonymous.get("/status").get_json()
    assert body["status"] == "outage"
    assert [(o["reason"], o["extension_minutes"]) for o in body["outages"]] == [
        ("Jaringan", None),
        ("Listrik", 120),
    ]
    assert body["outages"][1]["from"] == start.isoformat().replace("+00:00", "Z")


LISTS = {
    "countries": {"D", "DEU", "GBD", "RKS", "UNO", "XXA", "XXX", "IDN", "UTO"},
    "document-types": {"passport"},
    "permit-kinds": {"voa", "itas"},
    "purposes": {"tourism"},
    "sexes": {"F", "M", "X"},
    "property-types": {"hotel", "kos"},
    "scopes": {"stays:read", "stays:write"},
    "error-codes": {"invalid-input", "unknown-field", "late", "client-ref-in-use"},
}


def test_the_list_of_lists_names_them_all(anonymous: ApiClient) -> None:
    items = anonymous.get("/code-lists").get_json()["items"]
    assert {item["name"] for item in items} == set(LISTS)
    for item in items:
        assert anonymous.get(item["url"].removeprefix("/api/v1")).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_its_codes_with_words_and_validity(anonymous: ApiClient, name: str) -> None:
    items = anonymous.get(f"/code-lists/{name}").get_json()["items"]
    codes = [item["code"] for item in items]
    assert LISTS[name] <= set(codes)
    assert len(codes) == len(set(codes))
    for item in items:
        assert item["names"]["id"]
        assert item["names"]["en"]
        assert {"valid_from", "valid_until"} <= set(item)


def test_a_withdrawn_country_says_until_when_it_held(anonymous: ApiClient) -> None:
    items = anonymous.get("/code-lists/countries").get_json()["items"]
    by_code = {item["code"]: item for item in items}
    assert by_code["ANT"]["valid_until"] == "2010-12-15"
    assert by_code["D"]["same_as"] == "DEU"


def test_a_list_is_not_sent_again_to_who_has_it(anonymous: ApiClient) -> None:
    first = anonymous.get("/code-lists/countries")
    assert first.cache_control.public
    assert first.cache_control.max_age
    again = anonymous.get("/code-lists/countries", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "RateLimit" in again.headers


def test_an_unknown_list_is_404_and_no_list_takes_a_post(anonymous: ApiClient) -> None:
    assert_problem(anonymous.get("/code-lists/nothing"), 404, "not-found")
    assert_problem(anonymous.post("/code-lists", {}), 405, "method-not-allowed")
