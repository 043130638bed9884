"""The MRZ box of the form: read by the server, every doubt shown, nothing stored by itself."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.models import Stay
from tests.cast import EVERYWHERE, Cast
from tests.web.frontdesk.conftest import Report, typed

FIRST = "P<SWEERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36SWE7408122F3204153<<<<<<<<<<<<<<<4"
OTHER = "P<FRAMARTIN<<JEAN<<<<<<<<<<<<<<<<<<<<<<<<<<<\n12AB345673FRA8001014M3001019<<<<<<<<<<<<<<<6"
MISREAD = f"{FIRST}\n{SECOND.replace('L898902C3', 'L8989O2C3')}"


def address(cast: Cast, property_name: str = "property_a") -> str:
    return f"/frontdesk/{getattr(cast, property_name)}/stays/new"


def read(client: FlaskClient, cast: Cast, zone: str, do: str = "mrz", **boxes: str) -> str:
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(address(cast), {"mrz": zone, "do": do} | boxes)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def stays() -> int:
    with scope(EVERYWHERE):
        count = db.session.scalar(select(func.count()).select_from(Stay))
    db.session.rollback()
    return count or 0


def value_of(page: str, name: str) -> str | None:
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert tag, name
    value = re.search(r'value="([^"]*)"', tag[0])
    return value[1] if value else ""


def test_the_zone_fills_the_boxes_and_shows_its_check_digits(
    client: FlaskClient, cast: Cast
) -> None:
    page = read(client, cast, f"{FIRST}\n{SECOND}", room="204")
    for name, value in (
        ("surname", "ERIKSSON"), ("given_names", "ANNA MARIA"), ("document_number", "L898902C3"),
        ("birth_date-day", "12"), ("birth_date-month", "8"), ("birth_date-year", "1974"),
        ("document_expires_on-year", "2032"), ("room", "204"),
    ):  # fmt: skip
        assert value_of(page, name) == value, name
    assert 'class="mrz-checks" aria-label="Angka pemeriksa"' in page
    assert page.count("cocok</span>") == 5
    assert "tidak cocok" not in page
    assert "cocokkan ejaannya" in page
    assert "mohon diperiksa" not in page
    assert stays() == 0


def test_a_failing_check_digit_is_shown_with_its_place(client: FlaskClient, cast: Cast) -> None:
    page = read(client, cast, f"{FIRST}\n{SECOND.replace('7408122', '7408123')}")
    assert re.search(
        r"tidak cocok</span> Tanggal lahir \(baris 2 posisi 20\)", " ".join(page.split())
    )
    assert "MRZ terbaca; mohon diperiksa" in page


def test_a_repaired_number_is_offered_and_taken_by_a_button(
    client: FlaskClient, cast: Cast
) -> None:
    page = read(client, cast, MISREAD)
    assert value_of(page, "document_number") == "L8989O2C3"
    assert "L898902C3</strong>" in page
    assert 'form="stay-form" name="do" value="mrz-number"' in page
    taken = read(
        client, cast, MISREAD, "mrz-number", surname="Eriksson", document_number="L8989O2C3"
    )
    assert value_of(taken, "document_number") == "L898902C3"
    assert value_of(taken, "surname") == "Eriksson"
    assert 'value="mrz-number"' not in taken
    assert stays() == 0


def test_a_scan_of_another_document_leaves_nothing_of_the_guest_before(
    client: FlaskClient, cast: Cast
) -> None:
    before = typed(native_name="Анна", birth_place="ZENITH", email="anna@example.se", party_ref="P")
    before.pop("submission_id")
    page = read(client, cast, OTHER, **before)
    assert value_of(page, "surname") == "MARTIN"
    assert value_of(page, "room") == "204"
    assert value_of(page, "party_ref") == "P"
    assert "Isian tamu sebelumnya dikosongkan" in page
    for name in ("native_name", "birth_place", "email"):
        assert value_of(page, name) == "", name


def test_a_scan_of_the_same_document_keeps_what_was_typed(client: FlaskClient, cast: Cast) -> None:
    page = read(
        client, cast, f"{FIRST}\n{SECOND}", document_number="L898902C3", birth_place="ZENITH"
    )
    assert value_of(page, "birth_place") == "ZENITH"
    assert "dikosongkan" not in page


def test_a_single_name_takes_the_other_one_away(client: FlaskClient, cast: Cast) -> None:
    one = f"P<SWE{'SUKARNI':<<39}\n{SECOND}"
    page = read(client, cast, one, surname="ERIKSSON", given_names="ANNA")
    assert value_of(page, "surname") == "SUKARNI"
    assert value_of(page, "given_names") == ""
    assert re.search(r'<input(?=[^>]*name="mononym")[^>]* checked', page)


@pytest.mark.parametrize("do", ["mrz", "mrz-number"])
@pytest.mark.parametrize("zone", ["", "P<UTO", "?" * 88, "<" * 88, "x" * 5000])
def test_what_is_no_zone_is_told_at_its_box_and_not_repeated(
    client: FlaskClient, cast: Cast, do: str, zone: str
) -> None:
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(address(cast), {"mrz": zone, "do": do, "room": "7"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Kesalahan:" in page
    assert 'href="#mrz"' in page
    assert 'id="mrz-error"' in page
    assert value_of(page, "room") == "7"


def test_the_empty_form_has_the_focus_in_the_box_and_the_scanner_at_hand(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.clerk_a)
    page = client.get(address(cast)).get_data(as_text=True)
    assert re.search(r'<textarea(?=[^>]*name="mrz")[^>]* autofocus', page)
    assert page.count("autofocus") == 1
    assert "js/mrz-scan" in page


def test_what_the_report_and_the_zone_say_differently_is_on_the_stays_page(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report(mrz=MISREAD, surname="ERIKSEN", nationality="NOR", **{"birth_date-day": "13"})
    where = f"/frontdesk/{cast.property_a}/stays/{stay_id}"
    page = client.get(where).get_data(as_text=True)
    for words in (
        "Nama keluarga: diisi ERIKSEN, tetapi menurut MRZ ERIKSSON.",
        "Kewarganegaraan: diisi Norwegia (NOR), tetapi menurut MRZ Swedia (SWE).",
        "Tanggal lahir: diisi 13 Agustus 1974, tetapi menurut MRZ 12 Agustus 1974.",
        "Nomor dokumen: Angka pemeriksa pada baris 2 posisi 10 tidak cocok.",
    ):
        assert words in page
    client.post_form("/language", {"locale": "en", "next": "/"})
    page = client.get(where).get_data(as_text=True)
    assert "Surname: given ERIKSEN, but the MRZ says ERIKSSON." in page
    assert "The check digit on line 2, position 10, does not hold." in page


def test_the_lists_ask_for_a_look_and_quote_nothing(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    report(mrz=MISREAD, surname="ERIKSEN")
    for where in ("/", "/stays"):
        page = client.get(f"/frontdesk/{cast.property_a}{where}").get_data(as_text=True)
        assert "Periksa" in page
        assert "ERIKSSON" not in page


def test_the_box_speaks_english(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    client.post_form("/language", {"locale": "en", "next": "/"})
    page = client.post_form(address(cast), {"mrz": MISREAD, "do": "mrz"}).get_data(as_text=True)
    assert "The MRZ was read; please check" in page
    assert "Use this number" in page
    assert "does not hold</span> Document number (line 2, position 10)" in " ".join(page.split())


def test_another_lodging_an_officer_and_a_visitor_read_no_zone(
    client: FlaskClient, cast: Cast
) -> None:
    form = {"mrz": f"{FIRST}\n{SECOND}", "do": "mrz"}
    for name in ("clerk_b", "supervisor_bengkulu", "directorate", "stranger"):
        client.sign_in_as(getattr(cast, name))
        assert client.post_form(address(cast), form).status_code == 404, name
    client.sign_in_as(cast.clerk_a)
    assert client.post(address(cast), data=form).status_code == 400
    assert client.get(f"{address(cast)}?do=mrz&mrz={FIRST}").status_code == 200
    assert "ERIKSSON" not in client.get(f"{address(cast)}?do=mrz&mrz={FIRST}").get_data(
        as_text=True
    )
