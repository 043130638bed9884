"""One stay's page and what can be done there."""

import re
from datetime import timedelta

from flask.testing import FlaskClient

from apoa.base.clock import now
from tests.cast import Cast
from tests.web.frontdesk.conftest import JAKARTA, Report, typed


def test_the_page_shows_the_proof_and_the_facts(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report(
        native_name="Анна", purpose="tourism", permit_kind="voa", entry_port="DPS",
        phone="+46 8 123 456",
    )  # fmt: skip
    text = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}").get_data(as_text=True)
    for words in ("Анна", "Wisata", "VoA", "DPS", "+46 8 123 456", "L898902C3", "15 Apr 2032"):
        assert words in text
    number = re.search(r'id="receipt-number">(STT-[\w-]+)<', text)
    assert number
    assert f"/receipts/{number[1]}" in text
    assert "<svg" in text
    assert "Versi 1: laporan diterima" in text


def test_a_possible_duplicate_leads_to_the_other_stay(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    first, second = report(), report(room="9")
    text = client.get(f"/frontdesk/{cast.property_a}/stays/{second}").get_data(as_text=True)
    assert "mungkin sudah dilaporkan" in text
    assert f"/stays/{first}" in text


def test_check_out_now_and_reopen(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay = f"/frontdesk/{cast.property_a}/stays/{report()}"
    assert client.post_form(f"{stay}/check-out").headers["Location"] == stay
    text = client.get(stay).get_data(as_text=True)
    assert "Sudah keluar" in text
    assert client.post_form(f"{stay}/reopen").headers["Location"] == stay
    text = client.get(stay).get_data(as_text=True)
    assert "Versi 3: dibuka kembali" in text
    assert "Check-out sekarang" in text


def test_check_out_at_a_given_time(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay = f"/frontdesk/{cast.property_a}/stays/{report()}"
    left = (now() - timedelta(minutes=20)).astimezone(JAKARTA)
    answer = client.post_form(f"{stay}/check-out", departure(left))
    assert answer.status_code == 303
    assert left.strftime("%H.%M") in client.get(stay).get_data(as_text=True)


def test_a_departure_before_the_arrival_is_told_at_its_field(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay = f"/frontdesk/{cast.property_a}/stays/{report()}"
    left = (now() - timedelta(days=2)).astimezone(JAKARTA)
    answer = client.post_form(f"{stay}/check-out", departure(left))
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#left_on-day"' in text
    assert f'name="left_on-day" type="text" inputmode="numeric" value="{left.day}"' in text
    broken = client.post_form(f"{stay}/check-out", departure(left) | {"left_time": "malam"})
    assert broken.status_code == 422
    assert "Isi tanggal dan jam yang benar." in broken.get_data(as_text=True)


def test_cancelling_needs_a_reason(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay = f"/frontdesk/{cast.property_a}/stays/{report()}"
    answer = client.post_form(f"{stay}/cancel", {"cancel_reason": " "})
    assert answer.status_code == 422
    assert 'href="#cancel_reason"' in answer.get_data(as_text=True)
    assert client.post_form(f"{stay}/cancel", {"cancel_reason": "Tamu batal"}).status_code == 303
    text = client.get(stay).get_data(as_text=True)
    assert "Tamu batal" in text
    assert "Buka kembali laporan" in text


def test_versions_can_be_compared_with_any_other(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    client.post_form(f"{stay}/amend", form | {"version": "1", "room": "305"})
    client.post_form(f"{stay}/amend", form | {"version": "2", "room": "306", "sex": "X"})
    text = client.get(f"{stay}?from=1&to=3").get_data(as_text=True)
    shown = text[text.index('id="banding"') : text.index('<ol class="timeline"')]
    assert re.search(r"Kamar</th>.*?204.*?306", shown, re.S)
    assert re.search(r"Jenis kelamin</th>.*?Perempuan.*?Tidak ditentukan", shown, re.S)
    assert 'id="banding"' not in client.get(f"{stay}?from=1&to=77").get_data(as_text=True)


def test_a_permit_that_came_later_is_told_in_words(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    form = typed()
    stay = f"/frontdesk/{cast.property_a}/stays/{report(**form)}"
    client.post_form(
        f"{stay}/amend", form | {"version": "1", "permit_kind": "voa", "permit_number": "K1"}
    )
    changed = client.get(stay).get_data(as_text=True).split("Yang berubah pada versi 2")[1]
    assert "Visa saat kedatangan (VoA), K1" in changed


def test_a_stay_is_closed_to_others(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay_id = report()
    for name in ("clerk_b", "clerk_c", "supervisor_bengkulu", "insarkom_bengkulu", "stranger"):
        client.sign_in_as(getattr(cast, name))
        for lodging in (cast.property_a, cast.property_b):
            stay = f"/frontdesk/{lodging}/stays/{stay_id}"
            for path in ("", "/receipt.pdf", "/party-receipts.pdf"):
                assert client.get(stay + path).status_code == 404, (name, path)
            for act in ("check-out", "cancel", "reopen"):
                answer = client.post_form(f"{stay}/{act}", {"cancel_reason": "x"})
                assert answer.status_code == 404, (name, act)
    client.sign_in_as(cast.clerk_a)
    text = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}").get_data(as_text=True)
    assert "Versi 2" not in text


def test_acts_need_a_post_with_its_token(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay = f"/frontdesk/{cast.property_a}/stays/{report()}"
    for act in ("check-out", "cancel", "reopen"):
        assert client.get(f"{stay}/{act}").status_code == 405
        assert client.post(f"{stay}/{act}").status_code == 400
    client.delete_cookie("apoa")
    assert client.get(stay).headers["Location"].startswith("/sign-in")


def test_an_unknown_stay_is_404(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    assert client.get(f"/frontdesk/{cast.property_a}/stays/{cast.clerk_a}").status_code == 404


def test_the_page_speaks_english(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay_id = report()
    client.post_form("/language", {"locale": "en", "next": "/"})
    text = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}").get_data(as_text=True)
    for words in ("What the report says", "12 August 1974", "Check out now", "Version 1"):
        assert words in text


def departure(left: object) -> dict[str, str]:
    return {
        "left_on-day": f"{left:%d}",
        "left_on-month": f"{left:%m}",
        "left_on-year": f"{left:%Y}",
        "left_time": f"{left:%H.%M}",
    }
