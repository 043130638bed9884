"""Today in a lodging, check-out from it, and taking that back."""

import re
from datetime import timedelta
from unittest import mock

from flask.testing import FlaskClient

from apoa.base import clock
from tests.cast import Cast
from tests.web.frontdesk.conftest import JAKARTA, Report


def page(client: FlaskClient, cast: Cast) -> str:
    return client.get(f"/frontdesk/{cast.property_a}/").get_data(as_text=True)


def test_one_lodging_needs_no_choice(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    answer = client.get("/frontdesk/")
    assert answer.headers["Location"] == f"/frontdesk/{cast.property_a}/"


def test_a_manager_of_two_chooses(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.manager_ab)
    text = client.get("/frontdesk/").get_data(as_text=True)
    assert "Hotel Pantai Panjang" in text
    assert "Wisma Rafflesia" in text
    assert "Penginapan Kelud" not in text


def test_a_person_without_a_lodging_is_kept_out(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.stranger)
    assert client.get("/frontdesk/").status_code == 404


def test_an_empty_board_says_what_to_do(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    text = page(client, cast)
    assert "Laporkan tamu asing saat mereka tiba" in text
    assert f"/frontdesk/{cast.property_a}/stays/new" in text


def test_the_board_shows_who_is_here(client: FlaskClient, cast: Cast, report: Report) -> None:
    report()
    text = page(client, cast)
    for words in ("ANNA MARIA ERIKSSON", "204", "Swedia (SWE)", "Tepat waktu"):
        assert words in text


def test_overdue_and_leaving_today_stand_apart(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    day = clock.now().astimezone(JAKARTA).date()
    arrived = day - timedelta(days=3)
    for surname, leaves in (("LEWAT", day - timedelta(days=1)), ("PULANG", day)):
        report(
            surname=surname,
            document_number=surname,
            **{
                "arrived_on-day": str(arrived.day),
                "arrived_on-month": str(arrived.month),
                "arrived_on-year": str(arrived.year),
                "expected_departure_on-day": str(leaves.day),
                "expected_departure_on-month": str(leaves.month),
                "expected_departure_on-year": str(leaves.year),
            },
        )
    text = page(client, cast)
    overdue = text[text.index('id="lewat"') : text.index('id="keluar"')]
    leaving = text[text.index('id="keluar"') : text.index('id="tiba"')]
    assert "LEWAT" in overdue
    assert "PULANG" not in overdue
    assert "PULANG" in leaving
    assert "Terlambat" in overdue


def test_one_click_checks_out_and_can_be_taken_back(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report()
    board = f"/frontdesk/{cast.property_a}/"
    answer = client.post_form(f"{board}check-out", {"only": str(stay_id)})
    assert (answer.status_code, answer.headers["Location"]) == (303, board)
    text = page(client, cast)
    assert "Batalkan check-out" in text
    assert "ANNA MARIA ERIKSSON" in text[text.index('id="sudah-keluar"') :]
    assert client.post_form(f"{board}check-out/undo").status_code == 303
    text = page(client, cast)
    assert "ditarik kembali" in text
    assert "Batalkan check-out" not in text
    assert f'name="only" value="{stay_id}"' in text


def test_all_ticked_guests_leave_together(client: FlaskClient, cast: Cast, report: Report) -> None:
    ids = [str(report(document_number=f"X{number}")) for number in range(3)]
    board = f"/frontdesk/{cast.property_a}/"
    client.post_form(f"{board}check-out", {"stay_id": ids[:2]})
    text = page(client, cast)
    assert "Check-out 2 tamu tersimpan" in text
    gone = text[text.index('id="sudah-keluar"') :]
    assert ids[0] in gone
    assert ids[1] in gone
    assert ids[2] not in gone


def test_nothing_ticked_is_told(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    client.post_form(f"/frontdesk/{cast.property_a}/check-out", {"stay_id": "nonsense"})
    assert "Centang dahulu" in page(client, cast)


def test_undo_ends_after_ten_minutes(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay_id = report()
    board = f"/frontdesk/{cast.property_a}/"
    client.post_form(f"{board}check-out", {"only": str(stay_id)})
    later = clock.now() + timedelta(minutes=11)
    with mock.patch("apoa.web.frontdesk.undo.now", return_value=later):
        assert "Batalkan check-out" not in page(client, cast)
        client.post_form(f"{board}check-out/undo")
        assert "sudah lewat" in page(client, cast)
    assert str(stay_id) in page(client, cast).split('id="sudah-keluar"')[1]


def test_undo_is_not_offered_in_another_lodging(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report()
    client.sign_in_as(cast.manager_ab)
    client.post_form(f"/frontdesk/{cast.property_a}/check-out", {"only": str(stay_id)})
    other = client.get(f"/frontdesk/{cast.property_b}/").get_data(as_text=True)
    assert "Batalkan check-out" not in other


def test_another_lodgings_guest_cannot_be_checked_out(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report()
    client.sign_in_as(cast.clerk_b)
    answer = client.post_form(f"/frontdesk/{cast.property_b}/check-out", {"only": str(stay_id)})
    assert answer.status_code == 404
    answer = client.post_form(f"/frontdesk/{cast.property_a}/check-out", {"only": str(stay_id)})
    assert answer.status_code == 404
    client.sign_in_as(cast.clerk_a)
    assert re.search(rf'name="only" value="{stay_id}"', page(client, cast))


def test_the_board_is_closed_to_others(client: FlaskClient, cast: Cast) -> None:
    path = f"/frontdesk/{cast.property_a}/"
    assert client.get(path).headers["Location"].startswith("/sign-in")
    for name in ("clerk_b", "clerk_c", "supervisor_bengkulu", "head_bengkulu", "stranger"):
        client.sign_in_as(getattr(cast, name))
        assert client.get(path).status_code == 404, name
        assert client.post_form(f"{path}check-out").status_code == 404, name


def test_check_out_needs_a_post_with_its_token(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report()
    path = f"/frontdesk/{cast.property_a}/check-out"
    assert client.get(path).status_code == 405
    assert client.post(path, data={"only": str(stay_id)}).status_code == 400


def test_the_board_speaks_english(client: FlaskClient, cast: Cast, report: Report) -> None:
    report()
    client.post_form("/language", {"locale": "en", "next": "/"})
    text = page(client, cast)
    assert "Check out those ticked" in text
    assert "Sweden (SWE)" in text
