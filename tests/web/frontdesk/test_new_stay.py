"""The form that reports a guest."""

import re
from datetime import UTC, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient
from sqlalchemy import func, select

from apoa.base.clock import now
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.properties.models import Property, PropertyState
from apoa.stays.models import Stay
from tests.cast import EVERYWHERE, Cast
from tests.web.frontdesk.conftest import JAKARTA, Report, typed


def address(cast: Cast, property_name: str = "property_a") -> str:
    return f"/frontdesk/{getattr(cast, property_name)}/stays/new"


def stays() -> int:
    with scope(EVERYWHERE):
        count = db.session.scalar(select(func.count()).select_from(Stay))
    db.session.rollback()
    return count or 0


def test_the_empty_form_starts_now_and_says_the_deadline(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    page = client.get(address(cast)).get_data(as_text=True)
    local = now().astimezone(JAKARTA)
    assert f'name="arrived_on-year" type="text" inputmode="numeric" value="{local.year}"' in page
    assert 'data-minutes="1440"' in page
    assert re.search(r'name="submission_id" value="[0-9a-f-]{36}"', page)


def test_a_report_leads_to_its_receipt(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay_id = report()
    page = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}?received=1")
    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert re.search(r'id="reference">STT-\d{4}-\w{4}-\w{4}-\w{4}-\w<', text)
    assert "Swedia (SWE)" in text
    assert "12 Agustus 1974" in text


def test_the_address_after_saving_holds_nothing_personal(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    place = client.post_form(address(cast), typed()).headers["Location"]
    assert re.fullmatch(r"/frontdesk/[0-9a-f-]{36}/stays/[0-9a-f-]{36}\?received=1", place)


def test_sending_the_form_twice_makes_one_stay(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    form = typed()
    first = client.post_form(address(cast), form)
    second = client.post_form(address(cast), form)
    assert first.headers["Location"] == second.headers["Location"]
    assert stays() == 1
    assert "tidak dibuat dua kali" in client.get(second.headers["Location"]).get_data(as_text=True)


def test_a_form_sent_again_with_other_content_asks_what_is_meant(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.clerk_a)
    form = typed()
    client.post_form(address(cast), form)
    answer = client.post_form(address(cast), form | {"room": "205"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Buka laporan yang sudah diterima" in text
    assert form["submission_id"] not in text
    assert stays() == 1


def test_the_next_guest_keeps_room_dates_and_party(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(address(cast), typed(do="next"))
    assert re.fullmatch(r".*/stays/new\?after=[0-9a-f-]{36}", answer.headers["Location"])
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert 'value="204"' in page
    party = re.search(r'name="party_ref"[^>]*value="(R-[0-9A-F]{8})"', page)
    assert party
    assert 'value="ANNA MARIA"' not in page
    assert "ANNA MARIA ERIKSSON" in page
    second = client.post_form(
        answer.headers["Location"],
        typed(surname="ERIKSSON", given_names="NILS", document_number="X1", party_ref=party[1]),
    )
    shown = client.get(second.headers["Location"]).get_data(as_text=True)
    assert "ANNA MARIA ERIKSSON" in shown


def test_faults_are_told_at_their_fields_and_the_input_is_kept(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(
        address(cast),
        typed(surname="", nationality="IDN", document_number="", **{"birth_date-month": "13"}),
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "<title>Kesalahan:" in page
    for field in ("surname", "nationality", "document_number", "birth_date-day"):
        assert f'href="#{field}"' in page
    assert 'id="nationality-error"' in page
    assert "Warga negara Indonesia tidak dilaporkan" in page
    assert 'value="ANNA MARIA"' in page
    assert 'name="birth_date-month" type="text" inputmode="numeric" value="13"' in page
    assert stays() == 0


def test_an_impossible_time_is_told_without_a_word_of_zones(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.clerk_a)
    page = client.post_form(address(cast), typed(arrived_time="siang")).get_data(as_text=True)
    assert "Isi tanggal dan jam yang benar." in page
    assert 'value="siang"' in page


def test_an_empty_form_names_everything_that_is_needed(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(address(cast), {"submission_id": str(uuid4())})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    for field in ("surname", "nationality", "document_number", "birth_date-day", "sex-0",
                  "arrived_on-day", "expected_departure_on-day"):  # fmt: skip
        assert f'href="#{field}"' in page, field


def test_one_name_a_partial_birth_date_and_no_document_are_taken(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report(
        surname="",
        given_names="SUKARNI",
        mononym="y",
        document_number="",
        document_unavailable_reason="Dititipkan di kedutaan",
        **{"birth_date-day": "", "birth_date-month": ""},
    )
    page = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}").get_data(as_text=True)
    assert "Dititipkan di kedutaan" in page
    assert "1974" in page


def test_a_late_report_is_taken_and_asks_for_a_look(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    arrived = (now() - timedelta(days=2)).astimezone(JAKARTA)
    stay_id = report(
        **{
            "arrived_on-day": str(arrived.day),
            "arrived_on-month": str(arrived.month),
            "arrived_on-year": str(arrived.year),
        }
    )
    page = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}").get_data(as_text=True)
    assert "Terlambat" in page
    assert "tuliskan alasannya" in page


def test_a_returning_guest_is_filled_in_by_document_number(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    report()
    answer = client.post_form(
        address(cast),
        typed(do="returning", surname="", given_names="", nationality="", room="9",
              document_number="l898902c3"),
    )  # fmt: skip
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert 'value="ERIKSSON"' in page
    assert 'value="9"' in page
    assert "pernah menginap di sini" in page
    assert stays() == 1


def test_an_unknown_document_number_says_so(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    page = client.post_form(address(cast), typed(do="returning")).get_data(as_text=True)
    assert "belum pernah dilaporkan" in page
    assert stays() == 0


def test_another_lodgings_guest_is_not_offered(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    report()
    client.sign_in_as(cast.clerk_b)
    answer = client.post_form(
        address(cast, "property_b"), typed(do="returning", surname="", given_names="")
    )
    assert "belum pernah dilaporkan" in answer.get_data(as_text=True)
    assert "ERIKSSON" not in answer.get_data(as_text=True)


def test_a_suspended_lodging_is_told_and_stores_nothing(client: FlaskClient, cast: Cast) -> None:
    with scope(EVERYWHERE):
        lodging = db.session.get(Property, cast.property_a)
        assert lodging is not None
        lodging.state = PropertyState.SUSPENDED
        db.session.commit()
    client.sign_in_as(cast.clerk_a)
    assert "belum dapat dikirim" in client.get(address(cast)).get_data(as_text=True)
    assert client.post_form(address(cast), typed()).status_code == 422
    assert stays() == 0


def test_the_form_speaks_english(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    client.post_form("/language", {"locale": "en", "next": "/"})
    page = client.get(address(cast)).get_data(as_text=True)
    assert '<html lang="en">' in page
    assert "Save & next guest" in page
    assert "Nationality" in page


def test_another_lodging_an_officer_and_a_visitor_get_no_form(
    client: FlaskClient, cast: Cast
) -> None:
    assert client.get(address(cast)).status_code == 302
    for name in ("clerk_b", "clerk_c", "supervisor_bengkulu", "directorate", "stranger"):
        client.sign_in_as(getattr(cast, name))
        assert client.get(address(cast)).status_code == 404, name
        assert client.post_form(address(cast), typed()).status_code == 404, name
    assert stays() == 0


def test_a_report_needs_its_token_and_a_post(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    assert client.post(address(cast), data=typed()).status_code == 400
    assert client.put(address(cast)).status_code in (400, 405)
    assert stays() == 0


def test_the_guest_before_must_be_of_this_lodging(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report()
    client.sign_in_as(cast.clerk_b)
    assert client.get(f"{address(cast, 'property_b')}?after={stay_id}").status_code == 404


MRZ = """P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<
L898902C36UTO7408122F1204159ZE184226B<<<<<10"""


def test_a_zone_fills_the_form_and_asks_for_a_look_at_the_name(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.clerk_a)
    for form in ({"do": "mrz"}, {"do": "save"}):
        answer = client.post_form(address(cast), {"mrz": MRZ, "room": "7"} | form)
        page = answer.get_data(as_text=True)
        assert answer.status_code == 200
        for value in ("ERIKSSON", "ANNA MARIA", "L898902C3", "1974", "2012", "7"):
            assert f'value="{value}"' in page
        assert re.search(r'<option[^>]* selected value="UTO"', page)
        assert "cocokkan ejaannya" in page
    assert stays() == 0


def test_a_doubtful_zone_says_where(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    zone = MRZ.replace("7408122F", "7408123F")
    page = client.post_form(address(cast), {"mrz": zone, "do": "mrz"}).get_data(as_text=True)
    assert "baris 2 posisi 20" in page
    assert 'value="ERIKSSON"' in page


def test_what_is_no_zone_is_told_at_its_field(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(address(cast), {"mrz": "P<UTO", "do": "mrz", "room": "7"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'href="#mrz"' in page
    assert 'value="7"' in page


def test_the_zone_is_kept_with_the_report(client: FlaskClient, cast: Cast, report: Report) -> None:
    stay_id = report(mrz=MRZ)
    page = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}").get_data(as_text=True)
    assert "L898902C36UTO7408122F1204159ZE184226B" in page


def test_times_are_of_the_lodgings_own_zone(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    with scope(EVERYWHERE):
        lodging = db.session.get(Property, cast.property_a)
        assert lodging is not None
        lodging.time_zone = "Asia/Jayapura"
        db.session.commit()
    local = (now() - timedelta(hours=1)).astimezone(ZoneInfo("Asia/Jayapura"))
    arrival = {
        "arrived_on-day": str(local.day),
        "arrived_on-month": str(local.month),
        "arrived_on-year": str(local.year),
        "arrived_time": local.strftime("%H.%M"),
    }
    stay_id = report(**arrival)
    page = client.get(f"/frontdesk/{cast.property_a}/stays/{stay_id}").get_data(as_text=True)
    assert f"{local:%H.%M} WIT<" in page
    assert local.astimezone(UTC).replace(second=0, microsecond=0).isoformat() in page
    form = client.get(address(cast)).get_data(as_text=True)
    assert 'data-label="WIT"' in form
