"""GET /stays: filters, pages that lose and repeat nothing, whole stays, a look that is audited."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from apoa.base.clock import now, pretend, today
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import path_of, pointers, report
from tests.cast import Cast


def listed(api: ApiClient, query: str = "") -> dict[str, Any]:
    response = api.get(f"{api.lodging}/stays{query}")
    assert response.status_code == 200, response.get_data(as_text=True)
    body: dict[str, Any] = response.get_json()
    return body


def rooms(api: ApiClient, query: str = "") -> list[str]:
    return [one["room"] for one in listed(api, query)["items"]]


@pytest.fixture
def five(api: ApiClient) -> list[dict[str, Any]]:
    """Five guests who came one day after the other; room 0 came first and has left again."""
    made = []
    for n in range(5):
        came = now() - timedelta(days=4 - n, hours=1)
        with pretend(came + timedelta(minutes=30)):
            made.append(
                report(
                    api,
                    room=str(n),
                    client_ref=f"R{n}",
                    party_ref="EVEN" if n % 2 == 0 else None,
                    document_number=f"N{n}",
                    checked_in_at=came,
                )
            )
    left = {"checked_out_at": now().isoformat()}
    assert api.post(path_of(api, made[0], "/check-out"), left).status_code == 200
    return made


def test_whole_stays_newest_arrival_first(api: ApiClient, five: list[dict[str, Any]]) -> None:
    body = listed(api)
    assert [one["room"] for one in body["items"]] == ["4", "3", "2", "1", "0"]
    assert body["next_cursor"] is None
    assert body["items"][0] == api.get(path_of(api, five[4])).get_json()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=in_house", ["4", "3", "2", "1"]),
        ("?state=departed", ["0"]),
        ("?state=cancelled", []),
        ("?client_ref=R3", ["3"]),
        ("?client_ref=r3", []),
        ("?party_ref=EVEN", ["4", "2", "0"]),
        ("?party_ref=EVEN&state=in_house", ["4", "2"]),
        ("?limit=2", ["4", "3"]),
        ("?limit=500", ["4", "3", "2", "1", "0"]),
    ],
)
def test_filters_narrow(
    api: ApiClient, five: list[dict[str, Any]], query: str, expected: list[str]
) -> None:
    assert rooms(api, query) == expected


def test_days_of_arrival_are_the_lodgings_own_and_included(
    api: ApiClient, five: list[dict[str, Any]]
) -> None:
    third = five[2]["checked_in_at"][:10]
    assert rooms(api, f"?checked_in_from={third}&checked_in_to={third}") == ["2"]
    assert rooms(api, f"?checked_in_from={third}") == ["4", "3", "2"]
    assert rooms(api, f"?checked_in_to={third}") == ["2", "1", "0"]


def test_updated_since_finds_what_was_touched(api: ApiClient, five: list[dict[str, Any]]) -> None:
    since = quote((now() - timedelta(hours=1)).isoformat())
    assert rooms(api, f"?updated_since={since}") == ["4", "0"]


def test_pages_hold_everything_once(api: ApiClient, five: list[dict[str, Any]]) -> None:
    found: list[str] = []
    query: str | None = "?limit=2&party_ref=EVEN"
    pages = 0
    while query is not None:
        response = api.get(f"{api.lodging}/stays{query}")
        body = response.get_json()
        found += [one["room"] for one in body["items"]]
        pages += 1
        if body["next_cursor"] is None:
            assert "Link" not in response.headers
            break
        link, rel = response.headers["Link"].split("; ")
        assert rel == 'rel="next"'
        assert f"{api.lodging}/stays?" in link
        query = "?" + link.rstrip(">").partition("?")[2]
        assert f"cursor={body['next_cursor']}" in query
        assert "party_ref=EVEN" in query
    assert (found, pages) == (["4", "2", "0"], 2)


def test_a_guest_reported_meanwhile_shifts_no_page(
    api: ApiClient, five: list[dict[str, Any]]
) -> None:
    first = listed(api, "?limit=3")
    report(api, room="new", document_number="N9")
    assert rooms(api, f"?limit=3&cursor={first['next_cursor']}") == ["1", "0"]


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("?limit=0", {"/limit": "out-of-range"}),
        ("?limit=501", {"/limit": "out-of-range"}),
        ("?limit=-1", {"/limit": "not-a-number"}),
        ("?limit=1_0", {"/limit": "not-a-number"}),
        ("?limit=ten", {"/limit": "not-a-number"}),
        ("?limit=%D9%A3", {"/limit": "not-a-number"}),
        ("?limit=99999999999999999999", {"/limit": "not-a-number"}),
        ("?state=gone", {"/state": "not-a-choice"}),
        ("?state=", {"/state": "required"}),
        ("?state=in_house&state=departed", {"/state": "invalid"}),
        ("?room=204", {"/room": "unknown-field"}),
        ("?checked_in_from=2026-02-30", {"/checked_in_from": "invalid-date"}),
        ("?checked_in_to=yesterday", {"/checked_in_to": "invalid-date"}),
        ("?updated_since=2026-11-21", {"/updated_since": "invalid-instant"}),
        ("?updated_since=2026-11-21T10:00:00", {"/updated_since": "invalid-instant"}),
        ("?client_ref=%00", {"/client_ref": "control-character"}),
        ("?client_ref=" + "x" * 101, {"/client_ref": "too-long"}),
        ("?cursor=!", {"/cursor": "invalid"}),
        ("?cursor=MDAwMS0wMS0wMVQwMDowMDowMCsyMzo1OSAx", {"/cursor": "invalid"}),
        ("?cursor=%F0%9F%98%80", {"/cursor": "invalid"}),
        ("?limit=0&state=x", {"/limit": "out-of-range", "/state": "not-a-choice"}),
    ],
)
def test_a_faulty_filter_is_refused_by_name(
    api: ApiClient, query: str, faults: dict[str, str]
) -> None:
    body = assert_problem(api.get(f"{api.lodging}/stays{query}"), 422, "invalid-input")
    assert pointers(body) == faults


def test_another_lodgings_stays_are_not_among_them(
    api: ApiClient, cast: Cast, new_key: Any
) -> None:
    other = ApiClient(api.app, new_key(property_ids=[cast.property_b]), cast.property_b)
    report(other)
    assert listed(api)["items"] == []


def test_today_is_the_lodgings_own(api: ApiClient) -> None:
    report(api)
    day = today("Asia/Jakarta").isoformat()
    assert len(rooms(api, f"?checked_in_to={day}")) == 1
