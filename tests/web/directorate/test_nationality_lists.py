"""The lists of nationalities: the directorate adds to them and takes off them."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.ids import new_id
from apoa.permits.tables import nationality_spans
from tests.cast import Cast
from tests.permits.support import rows

LISTS = "/directorate/nationality-lists"
BVK, END = f"{LISTS}/bvk", f"{LISTS}/bvk/end"


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def _day(prefix: str, day: date | None) -> dict[str, str]:
    parts = (day.day, day.month, day.year) if day else ("", "", "")
    return {
        f"{prefix}-{name}": str(p) for name, p in zip(("day", "month", "year"), parts, strict=True)
    }


def _add(day: date | None = date(2026, 3, 1), **changes: str) -> dict[str, str]:
    return {"nationality": "SWE", "source": "", **_day("effective_from", day)} | changes


def _end(day: date | None = date(2026, 6, 30), **changes: str) -> dict[str, str]:
    return {"end-entry_id": _entry("MYS"), **_day("end-effective_until", day)} | changes


def _entry(nationality: str) -> str:
    [(entry_id,)] = rows(
        "SELECT id FROM nationality_lists WHERE list = 'bvk' AND nationality = :one"
        " ORDER BY effective_from DESC LIMIT 1",
        one=nationality,
    )
    return str(entry_id)


def test_both_lists_are_shown(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    page = _text(client.get(LISTS))
    assert "Malaysia (MYS)" in page
    assert "bebas visa" in page
    assert page == _text(client.get(f"{LISTS}?list=bvk")) or "csrf_token" in page
    page = _text(client.get(f"{LISTS}?list=voa"))
    assert "visa saat kedatangan" in page
    assert "Swedia (SWE)" in page
    assert client.get(f"{LISTS}?list=x").status_code == 404


def test_a_nationality_is_added_and_taken_off(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    response = client.post_form(BVK, _add(source="Perpres contoh"))
    assert (response.status_code, response.headers["Location"]) == (303, f"{LISTS}?list=bvk")
    assert "Perpres contoh" in _text(client.get(LISTS))
    response = client.post_form(END, _end(**{"end-entry_id": _entry("SWE")}))
    assert (response.status_code, response.headers["Location"]) == (303, f"{LISTS}?list=bvk")
    assert nationality_spans()["bvk", "SWE"] == ((date(2026, 3, 1), date(2026, 6, 30)),)
    again = _add(date(2026, 7, 1))
    assert client.post_form(BVK, again).status_code == 303
    assert nationality_spans()["bvk", "SWE"][1] == (date(2026, 7, 1), None)
    done = rows(
        "SELECT action FROM audit_rows WHERE subject_type = 'nationality_list' ORDER BY at, id"
    )
    assert [row[0] for row in done] == ["add_nationality", "end_nationality", "add_nationality"]
    again = rows("SELECT args FROM procrastinate_jobs WHERE task_name = 'recheck_rule'")
    assert [row[0] for row in again] == [{"rule": "nationality-not-eligible"}] * 3


@pytest.mark.parametrize(
    "form",
    [
        _add(nationality=""),
        _add(nationality="IDN"),
        _add(nationality="EUE"),
        _add(nationality="SW"),
        _add(None),
        _add(**{"effective_from-day": "31", "effective_from-month": "2"}),
        _add(source="x" * 301),
    ],
)
def test_faults_of_what_is_added(client: FlaskClient, cast: Cast, form: dict[str, str]) -> None:
    client.sign_in_as(cast.directorate)
    response = client.post_form(BVK, form)
    assert response.status_code == 422
    assert "Kesalahan:" in _text(response)
    assert "error-summary" in _text(response)


@pytest.mark.parametrize(
    ("day", "changes", "status"),
    [
        (None, {}, 422),
        (date(2023, 6, 6), {}, 422),
        (date(2026, 6, 30), {"end-entry_id": ""}, 422),
        (date(2026, 6, 30), {"end-entry_id": "nonsense"}, 404),
        (date(2026, 6, 30), {"end-entry_id": str(new_id())}, 404),
    ],
)
def test_faults_of_an_end(
    client: FlaskClient, cast: Cast, day: date | None, changes: dict[str, str], status: int
) -> None:
    client.sign_in_as(cast.directorate)
    response = client.post_form(END, _end(day, **changes))
    assert response.status_code == status
    if status == 422:
        assert 'href="#end-' in _text(response)
    assert rows("SELECT 1 FROM nationality_lists WHERE ended_by IS NOT NULL") == []


def test_on_the_first_day_already(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.post_form(END, _end(date(2023, 6, 7))).status_code == 303


def test_twice(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    listed = _add(nationality="MYS")
    assert client.post_form(BVK, listed).status_code == 409
    assert client.post_form(BVK, _add(date(2020, 1, 1), nationality="MYS")).status_code == 409
    assert client.post_form(END, _end()).status_code == 303
    assert client.post_form(END, _end()).status_code == 409
    assert client.post_form(BVK, _add(date(2026, 6, 30), nationality="MYS")).status_code == 409
    assert client.post_form(BVK, _add(date(2026, 7, 1), nationality="MYS")).status_code == 303


def test_an_unknown_list(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.post_form(f"{LISTS}/x", _add()).status_code == 404
    assert client.post_form(f"{LISTS}/x/end", _end()).status_code == 404


def test_nobody_else(client: FlaskClient, cast: Cast) -> None:
    assert client.get(LISTS).headers["Location"].startswith("/sign-in")
    for name, status in (("auditor", 403), ("head_bengkulu", 404), ("manager_ab", 404)):
        client.sign_in_as(cast.users[name])
        assert client.get(LISTS).status_code == status
        assert client.post_form(BVK, _add()).status_code == status
        assert client.post_form(END, _end()).status_code == status


def test_wrong_method_and_csrf(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.delete(LISTS).status_code in (400, 405)
    assert client.get(END).status_code == 405
    assert client.post(BVK, data=_add()).status_code == 400
    assert client.post(END, data=_end()).status_code == 400
