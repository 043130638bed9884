"""The list of a lodging's stays, and finding one by name or number."""

import re
from datetime import timedelta
from unittest import mock

from flask.testing import FlaskClient

from apoa.base.clock import now
from tests.cast import Cast
from tests.web.frontdesk.conftest import JAKARTA, Report


def listed(client: FlaskClient, cast: Cast, query: str = "") -> str:
    answer = client.get(f"/frontdesk/{cast.property_a}/stays{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def find(client: FlaskClient, cast: Cast, text: str) -> str:
    answer = client.post_form(f"/frontdesk/{cast.property_a}/stays/find", {"text": text})
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_an_empty_list_says_what_to_do(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    assert "Belum ada laporan" in listed(client, cast)
    assert "Tidak ada laporan yang sesuai" in listed(client, cast, "?state=departed")


def test_the_list_is_narrowed_by_state_and_day(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    gone = report(surname="PERGI", document_number="P1")
    report()
    client.post_form(f"/frontdesk/{cast.property_a}/check-out", {"only": str(gone)})
    assert "PERGI" not in listed(client, cast, "?state=in_house")
    assert "ERIKSSON" in listed(client, cast, "?state=in_house")
    assert "PERGI" in listed(client, cast, "?state=departed")
    tomorrow = (now().astimezone(JAKARTA) + timedelta(days=1)).date()
    assert "ERIKSSON" not in listed(client, cast, f"?since={tomorrow}")
    assert "ERIKSSON" in listed(client, cast, f"?until={tomorrow}")


def test_a_faulty_filter_is_told_at_its_field(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    for query, field in (("since=kemarin", "since"), ("state=asleep", "state")):
        answer = client.get(f"/frontdesk/{cast.property_a}/stays?{query}")
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.get_data(as_text=True)
    assert client.get(f"/frontdesk/{cast.property_a}/stays?cursor=x").status_code == 422


def test_a_party_is_listed_without_its_name_in_the_address(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    first = report(party_ref="KELUARGA ERIKSSON")
    report(surname="SENDIRI", document_number="S1")
    text = listed(client, cast, f"?party_of={first}")
    assert "ANNA MARIA ERIKSSON" in text
    assert "SENDIRI" not in text
    assert not re.search(r'href="[^"]*KELUARGA', text)


def test_long_lists_come_in_pages(client: FlaskClient, cast: Cast, report: Report) -> None:
    for number in range(3):
        report(surname=f"TAMU{'ABC'[number]}", document_number=f"D{number}")
    with mock.patch("apoa.web.frontdesk.stay_list.PAGE_SIZE", 2):
        first = listed(client, cast, "?state=in_house")
        following = re.search(r'rel="next" href="([^"]+)"', first)
        assert following
        assert "state=in_house" in following[1]
        second = client.get(following[1].replace("&amp;", "&")).get_data(as_text=True)
    assert len(re.findall(r"TAMU[ABC]", first)) == 2
    assert len(re.findall(r"TAMU[ABC]", second)) == 1


def test_a_guest_is_found_by_name_in_any_order_number_and_party(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    report(party_ref="RES-7")
    for text in ("eriksson anna", "Anna", "l898902c3", "RES-7"):
        assert "ANNA MARIA ERIKSSON" in find(client, cast, text), text
    assert "Tidak ada tamu" in find(client, cast, "SVENSSON")


def test_finding_leaves_nothing_in_the_address(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    report()
    page = find(client, cast, "eriksson")
    assert not re.search(r'(href|action|src)="[^"]*eriksson', page, re.I)
    assert client.get(f"/frontdesk/{cast.property_a}/stays/find?text=x").status_code == 405


def test_an_empty_search_is_told(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.clerk_a)
    answer = client.post_form(f"/frontdesk/{cast.property_a}/stays/find", {"text": ""})
    assert answer.status_code == 422
    assert 'href="#text"' in answer.get_data(as_text=True)


def test_only_ones_own_guests_are_listed_and_found(
    client: FlaskClient, cast: Cast, report: Report
) -> None:
    stay_id = report(party_ref="RES-7")
    client.sign_in_as(cast.clerk_b)
    base = f"/frontdesk/{cast.property_b}/stays"
    assert "ERIKSSON" not in client.get(base).get_data(as_text=True)
    for text in ("eriksson", "L898902C3", "RES-7"):
        found = client.post_form(f"{base}/find", {"text": text}).get_data(as_text=True)
        assert "ANNA" not in found
    assert client.get(f"{base}?party_of={stay_id}").status_code == 404


def test_the_list_is_closed_to_others(client: FlaskClient, cast: Cast) -> None:
    base = f"/frontdesk/{cast.property_a}/stays"
    assert client.get(base).headers["Location"].startswith("/sign-in")
    for name in ("clerk_b", "clerk_c", "supervisor_bengkulu", "auditor", "stranger"):
        client.sign_in_as(getattr(cast, name))
        assert client.get(base).status_code == 404, name
        assert client.post_form(f"{base}/find", {"text": "x"}).status_code == 404, name
    client.sign_in_as(cast.clerk_a)
    assert client.post(f"{base}/find", data={"text": "x"}).status_code == 400
