"""The page about the cross-check's work, and the metrics beside it."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient

from apoa.base.clock import now
from apoa.crosscheck.models import CheckFailure, Recheck
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.cast import EVERYWHERE, Cast
from tests.factories import make_report

TOKEN = "m" * 32


def report_one(cast: Cast) -> None:
    clerk = cast.act_as("clerk_a")
    report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)


def fail_one(cast: Cast) -> None:
    failure = CheckFailure(
        property_id=cast.property_a,
        stay_id=uuid4(),
        office_id=cast.office_bengkulu,
        attempts=3,
        kind="CannotDecrypt",
        failed_at=now(),
        next_try_at=now(),
    )
    with scope(EVERYWHERE):
        db.session.add(failure)
        db.session.commit()


def test_the_page_says_what_waits_and_what_failed(client: FlaskClient, cast: Cast) -> None:
    report_one(cast)
    fail_one(cast)
    client.sign_in_as(cast.supervisor_bengkulu)
    page = client.get("/officers/cross-check").text
    assert "CannotDecrypt" in page
    assert "Hotel Pantai Panjang" in page
    assert "Periksa semua lagi" not in page


def test_another_office_does_not_see_the_failure(client: FlaskClient, cast: Cast) -> None:
    fail_one(cast)
    client.sign_in_as(cast.insarkom_blitar)
    page = client.get("/officers/cross-check").text
    assert "CannotDecrypt" not in page
    assert "Hotel Pantai Panjang" not in page


def test_a_recheck_is_started_shown_and_stopped(client: FlaskClient, cast: Cast) -> None:
    report_one(cast)
    client.sign_in_as(cast.head_bengkulu)
    form = {"office_id": str(cast.office_bengkulu)}
    answer = client.post_form("/officers/cross-check", form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/officers/cross-check")
    page = client.get("/officers/cross-check").text
    assert "berjalan" in page
    assert "0 / 1" in page
    client.post_form("/officers/cross-check", form)
    assert "sedang berjalan" in client.get("/officers/cross-check").text
    with scope(EVERYWHERE):
        [recheck_id] = [one.id for one in db.session.query(Recheck)]
        db.session.rollback()
    answer = client.post_form(f"/officers/cross-check/{recheck_id}/stop", {})
    assert answer.status_code == 303
    assert "dihentikan" in client.get("/officers/cross-check").text


def test_an_office_cannot_start_anothers_or_the_countrys(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    path = "/officers/cross-check"
    assert client.post_form(path, {"office_id": str(cast.office_blitar)}).status_code == 404
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.post_form(path, {}).status_code == 403
    client.sign_in_as(cast.auditor)
    assert client.post_form(path, {}).status_code == 403
    client.sign_in_as(cast.directorate)
    assert client.post_form(path, {"office_id": ""}).status_code == 303


def test_lodgings_and_strangers_do_not_enter(client: FlaskClient, cast: Cast) -> None:
    assert client.get("/officers/cross-check").status_code in (302, 303)
    client.sign_in_as(cast.clerk_a)
    assert client.get("/officers/cross-check").status_code == 404
    assert client.post_form("/officers/cross-check", {}).status_code == 404


def test_without_a_csrf_token_nothing_starts(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    assert client.post("/officers/cross-check", data={}).status_code == 400
    assert client.delete("/officers/cross-check").status_code == 405


@pytest.fixture
def with_token(app: Flask) -> Iterator[None]:
    before = app.extensions["apoa_settings"]
    app.extensions["apoa_settings"] = replace(before, metrics_token=TOKEN)
    yield
    app.extensions["apoa_settings"] = before


@pytest.mark.usefixtures("with_token")
def test_the_metrics_show_the_backlog_to_who_has_the_token(client: FlaskClient, cast: Cast) -> None:
    report_one(cast)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = client.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain")
    assert answer.headers["Cache-Control"] == "no-store"
    lines = dict(line.rsplit(" ", 1) for line in answer.text.splitlines() if line[0] != "#")
    assert float(lines["apoa_crosscheck_backlog_jobs"]) == 1
    assert 0 <= float(lines["apoa_crosscheck_backlog_oldest_seconds"]) < 60
    assert float(lines["apoa_crosscheck_failed_jobs"]) == 0


@pytest.mark.usefixtures("with_token")
def test_without_the_token_there_are_no_metrics(client: FlaskClient, cast: Cast) -> None:
    assert client.get("/metrics").status_code == 404
    wrong = {"Authorization": "Bearer " + "x" * 32}
    assert client.get("/metrics", headers=wrong).status_code == 404
    client.sign_in_as(cast.directorate)
    assert client.get("/metrics").status_code == 404


def test_without_the_setting_there_are_no_metrics(client: FlaskClient, cast: Cast) -> None:
    none = {"Authorization": "Bearer None"}
    assert client.get("/metrics", headers=none).status_code == 404
