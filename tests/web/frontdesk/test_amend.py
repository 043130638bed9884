"""Amending a report, and being too late for it."""

import re

from flask.testing import FlaskClient

from tests.cast import Cast
from tests.web.frontdesk.conftest import Report, typed


def test_an_amendment_makes_a_version_that_tells_the_difference(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    answer = client.post_form(
        f"{stay}/amend", form | {"version": "1", "room": "305", "reason": "Pindah kamar"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, stay)
    text = client.get(stay).get_data(as_text=True)
    assert "Versi 2: laporan diubah" in text
    assert "Pindah kamar" in text
    changed = text[text.index("Yang berubah pada versi 2") :]
    assert re.search(r"Kamar</th>.*?204.*?305", changed, re.S)
    assert "Waktu terima" not in text


def test_the_form_shows_the_report_as_it_stands(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report(permit_kind="voa", email="anna@example.com", party_ref="RES-1")
    page = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}/amend")
    text = page.get_data(as_text=True)
    for value in ("ERIKSSON", "L898902C3", "204", "RES-1", "anna@example.com"):
        assert f'value="{value}"' in text
    assert '<option selected value="voa">' in text
    assert 'name="version" value="1"' in text


def test_saving_without_a_change_makes_no_version(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    client.post_form(f"{stay}/amend", form | {"version": "1"})
    assert "Versi 2" not in client.get(stay).get_data(as_text=True)


def test_an_outdated_form_is_refused_with_what_changed_and_kept(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    client.post_form(f"{stay}/amend", form | {"version": "1", "room": "305"})
    answer = client.post_form(f"{stay}/amend", form | {"version": "1", "given_names": "ANNA"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "diubah orang lain" in text
    assert re.search(r"Kamar</th>.*?204.*?305", text, re.S)
    assert 'name="given_names"' in text
    assert 'value="ANNA"' in text
    assert 'name="version" value="2"' in text
    again = client.post_form(
        f"{stay}/amend", form | {"version": "2", "given_names": "ANNA", "room": "305"}
    )
    assert again.status_code == 303
    assert "Versi 3" in client.get(stay).get_data(as_text=True)


def test_faults_are_told_at_their_fields(client: FlaskClient, cast: Cast, report: Report) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    answer = client.post_form(f"{stay}/amend", form | {"version": "1", "birth_date-year": "3000"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#birth_date-day"' in text
    assert 'value="3000"' in text


def test_a_nonsense_version_is_an_outdated_one(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    answer = client.post_form(f"{stay}/amend", form | {"version": "x", "room": "1"})
    assert answer.status_code == 409


def test_a_departed_stay_keeps_and_can_correct_its_departure(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    client.post_form(f"{stay}/check-out")
    page = client.get(f"{stay}/amend").get_data(as_text=True)
    shown = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1]  # type: ignore[index]
        for name in ("left_on-day", "left_on-month", "left_on-year", "left_time")
    }
    answer = client.post_form(f"{stay}/amend", form | shown | {"version": "2", "room": "9"})
    assert answer.status_code == 303
    changed = client.get(stay).get_data(as_text=True).split("Yang berubah pada versi 3")[1]
    assert "Waktu keluar</th>" not in changed.split("Tanda terima versi 3")[0]


def test_a_cancelled_report_is_not_amended(client: FlaskClient, cast: Cast, report: Report) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    client.post_form(f"{stay}/cancel", {"cancel_reason": "Salah ketik"})
    answer = client.post_form(f"{stay}/amend", form | {"version": "2", "room": "9"})
    assert answer.status_code == 422
    assert "sudah dibatalkan" in answer.get_data(as_text=True)


def test_amending_is_closed_to_others(client: FlaskClient, cast: Cast, report: Report) -> None:
    form = typed()
    stay_id = report(**form)
    paths = [
        f"/frontdesk/{getattr(cast, name)}/stays/{stay_id}/amend"
        for name in ("property_a", "property_b")
    ]
    for name in ("clerk_b", "clerk_c", "supervisor_bengkulu", "insarkom_bengkulu", "stranger"):
        client.sign_in_as(getattr(cast, name))
        for path in paths:
            assert client.get(path).status_code == 404, name
            assert client.post_form(path, form | {"version": "1"}).status_code == 404, name


def test_amending_needs_its_token_and_a_session(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    path = f"/frontdesk/{cast.property_a}/stays/{report(**form)}/amend"
    assert client.post(path, data=form | {"version": "1"}).status_code == 400
    client.delete_cookie("apoa")
    assert client.get(path).headers["Location"].startswith("/sign-in")
