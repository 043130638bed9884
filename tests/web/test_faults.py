"""A fault shows an id; the log has that id, the place and the kinds, and nothing that was typed."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from psycopg.errors import UniqueViolation
from sqlalchemy.exc import IntegrityError

from apoa.app import configure_logging
from tests.cast import Cast

SECRET = "ERIKSSON"


@pytest.fixture(autouse=True)
def _warnings_are_logged() -> Iterator[None]:
    configure_logging("WARNING")
    yield
    configure_logging("ERROR")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def database_fault() -> None:
    raise IntegrityError("INSERT", {}, UniqueViolation(f"Key (surname)=({SECRET}) exists"))


def bug() -> None:
    try:
        int(SECRET)
    except ValueError as error:
        raise KeyError(SECRET) from error


@pytest.mark.parametrize(
    ("fault", "kind"),
    [(database_fault, "IntegrityError < UniqueViolation"), (bug, "KeyError < ValueError")],
)
def test_a_fault_is_found_by_its_id_and_quotes_nothing(
    cast: Cast,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: Callable[[], None],
    kind: str,
) -> None:
    client.sign_in_as(cast.clerk_a)
    monkeypatch.setattr("apoa.web.own.account.get_user", lambda _id: fault())
    answer = client.get("/account/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    out = capsys.readouterr()
    assert SECRET not in out.out + out.err + answer.text
    (line,) = [one for one in lines(out.out) if one["event"] == "fault"]
    assert line["request_id"] == answer.headers["X-Request-Id"]
    assert (line["kind"], line["endpoint"]) == (kind, "own.account")
    assert line["actor_id"] == str(cast.clerk_a)
    assert any("apoa/web/own/account.py" in frame for frame in line["where"])


def test_a_denial_names_who_was_denied_what(
    cast: Cast, client: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    client.sign_in_as(cast.clerk_a)
    capsys.readouterr()
    assert client.get(f"/frontdesk/{cast.property_c}/").status_code == 404
    assert client.get("/supervision/search").status_code == 404
    denied = [one for one in lines(capsys.readouterr().out) if one["event"] == "denied"]
    assert [one["action"] for one in denied] == ["enter_lodging", "enter_area"]
    assert {one["actor_id"] for one in denied} == {str(cast.clerk_a)}


def test_a_host_header_leads_nobody_away(client: FlaskClient) -> None:
    answer = client.get("/frontdesk?a=1", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.headers["Location"]) == (308, "/frontdesk/?a=1")
