"""The audit as a page."""

import re

import pytest
from flask.testing import FlaskClient

from apoa.access.read_audit import PAGE
from apoa.audit.record import record
from apoa.db.unit_of_work import unit_of_work
from tests.cast import Cast


def write(cast: Cast, action: str, office: str, count: int = 1) -> None:
    with unit_of_work():
        for number in range(count):
            record(action, office_id=cast.offices[office], number=f"n{number}")


def test_a_head_reads_the_own_office(client: FlaskClient, cast: Cast) -> None:
    write(cast, "report_stay", "bengkulu")
    write(cast, "cancel_stay", "blitar")
    client.sign_in_as(cast.head_bengkulu)
    table = re.search(r"<tbody.*</tbody>", client.get("/officers/audit").text, re.DOTALL).group()
    assert "Laporan menginap dibuat" in table
    assert "Laporan menginap dibatalkan" not in table


def test_an_auditor_reads_all_and_an_unknown_act_shows_its_code(
    client: FlaskClient, cast: Cast
) -> None:
    write(cast, "cancel_stay", "blitar")
    write(cast, "some_new_act", "bengkulu")
    client.sign_in_as(cast.auditor)
    page = client.get("/officers/audit").text
    assert "some_new_act" in page
    assert "Laporan menginap dibatalkan" in page


def test_pages_lead_to_older_and_back_with_the_filter_kept(client: FlaskClient, cast: Cast) -> None:
    write(cast, "report_stay", "bengkulu", PAGE + 10)
    client.sign_in_as(cast.auditor)
    page = client.get("/officers/audit?action=report_stay").text
    older = re.search(r'rel="next" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    assert "action=report_stay" in older
    page = client.get(older).text
    assert page.count("number: n") == 10
    newer = re.search(r'rel="prev" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    assert client.get(newer).text.count("number: n") == PAGE


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("day-day=20&day-month=11&day-year=2026", 200),
        ("day-day=2026-11-20&day-month=&day-year=", 200),
        ("day-day=31&day-month=2&day-year=2026", 422),
        ("day-day=&day-month=11&day-year=2026", 422),
        ("action=%3Cscript%3E", 200),
        ("action=report_stay&before=nonsense", 200),
        ("before=01900000-0000-7000-8000-000000000009", 200),
    ],
)
def test_whatever_is_asked_is_answered(
    client: FlaskClient, cast: Cast, query: str, status: int
) -> None:
    client.sign_in_as(cast.auditor)
    assert client.get(f"/officers/audit?{query}").status_code == status


def test_a_faulty_day_is_told_at_its_field(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.auditor)
    page = client.get("/officers/audit?day-day=31&day-month=2&day-year=2026").text
    assert 'href="#day-day"' in page
    assert 'value="31"' in page


def test_the_audit_is_only_read(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.auditor)
    assert client.post_form("/officers/audit").status_code == 405
