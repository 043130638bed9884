"""The list of findings, and one of them."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from apoa.crosscheck.findings.models import Finding
from apoa.db.base import session
from apoa.db.scope import scope
from tests.cast import EVERYWHERE, Cast
from tests.web.crosscheck.conftest import PURPOSE, Ground, sign_in

LIST = "/officers/findings"
ENDS = "permit-expires-during-stay"


def id_of(rule: str) -> UUID:
    with scope(EVERYWHERE):
        found = session().scalars(select(Finding.id).where(Finding.rule == rule)).one()
        session().rollback()
    return found


def page_of(client: FlaskClient, rule: str) -> str:
    return f"{LIST}/{id_of(rule)}"


def test_the_list_narrows_by_chips(client: FlaskClient, cast: Cast, ground: Ground) -> None:
    client.sign_in_as(cast.supervisor_bengkulu)
    page = client.get(LIST).get_data(as_text=True)
    assert str(id_of(ENDS)) in page
    assert str(id_of("document-mismatch")) in page
    assert "ERIKSSON" not in page
    for query, kept in (
        (f"rule={ENDS}", True),
        ("rule=two-places", False),
        ("severity=low", True),
        ("severity=urgent", False),
        ("handled_by=supervision", True),
        ("handled_by=insarkom", False),
        ("state=all", True),
        ("state=dismissed", False),
        (f"property={cast.property_a}", True),
        (f"property={cast.property_b}", False),
        ("severity=x&state=x&property=x", True),
    ):
        narrowed = client.get(f"{LIST}?{query}").get_data(as_text=True)
        assert (str(id_of(ENDS)) in narrowed) is kept, query
    assert client.get(f"{LIST}?page=x").status_code == 404


def test_other_offices_see_none_of_them(client: FlaskClient, cast: Cast, ground: Ground) -> None:
    address = page_of(client, ENDS)
    sign_in(client, cast.supervisor_blitar, ground.permit)
    assert str(id_of(ENDS)) not in client.get(LIST).get_data(as_text=True)
    assert client.get(address).status_code == 404
    assert client.post_form(f"{address}/dismiss", {"reason": "Tidak"}).status_code == 404


def test_the_page_holds_rule_evidence_law_history_and_links(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    address = page_of(client, ENDS)
    client.sign_in_as(cast.supervisor_bengkulu)
    assert 'name="purpose"' in client.get(address).get_data(as_text=True)
    sign_in(client, cast.supervisor_bengkulu, address)
    page = client.get(address).get_data(as_text=True)
    for text in (
        "Izin tinggal akan habis saat menginap",
        "Rencana keluar sesudah hari terakhir izin tinggal.",
        "UU 6/2011",
        "Hari terakhir izin",
        "Temuan dibuka",
        "ANNA MARIA ERIKSSON",
        ground.person,
        ground.permit,
        PURPOSE,
        "Register izin tinggal",
    ):
        assert text in page, text
    assert "ERIKSSON" not in re.findall(r"<title>(.*?)</title>", page)[0]


def test_an_auditor_reads_without_names(client: FlaskClient, cast: Cast, ground: Ground) -> None:
    address = page_of(client, ENDS)
    sign_in(client, cast.auditor, address)
    page = client.get(address).get_data(as_text=True)
    assert "Hotel Pantai Panjang" in page
    assert "ERIKSSON" not in page
    assert ground.person not in page
    assert f"{address}/dismiss" not in page


def test_dismissing_needs_a_reason_and_shows_it(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    address = page_of(client, ENDS)
    sign_in(client, cast.supervisor_bengkulu, address)
    refused = client.post_form(f"{address}/dismiss", {"reason": " "})
    assert refused.status_code == 422
    assert "Wajib diisi." in refused.get_data(as_text=True)
    done = client.post_form(f"{address}/dismiss", {"reason": "Sudah ada tiket pulang"})
    assert (done.status_code, done.headers["Location"]) == (303, address)
    page = client.get(address).get_data(as_text=True)
    assert "Sudah ada tiket pulang" in page
    assert "Dikesampingkan" in page
    assert f"{address}/dismiss" not in page
    again = client.post_form(f"{address}/dismiss", {"reason": "Lagi"})
    assert "sudah selesai" in client.get(again.headers["Location"]).get_data(as_text=True)


@pytest.mark.parametrize(
    ("name", "status"),
    [("insarkom_bengkulu", 403), ("directorate", 403), ("auditor", 403), ("head_bengkulu", 303)],
)
def test_who_dismisses_what_supervision_handles(
    client: FlaskClient, cast: Cast, ground: Ground, name: str, status: int
) -> None:
    address = page_of(client, ENDS)
    sign_in(client, cast.users[name], address)
    assert client.post_form(f"{address}/dismiss", {"reason": "Tidak apa"}).status_code == status


def test_lodgings_strangers_methods_and_forgeries(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    address = page_of(client, ENDS)
    assert "/sign-in" in client.get(address).headers["Location"]
    for name in ("clerk_a", "manager_ab"):
        client.sign_in_as(cast.users[name])
        assert client.get(LIST).status_code == 404
        assert client.get(address).status_code == 404
        assert client.post_form(f"{address}/dismiss").status_code == 404
    client.sign_in_as(cast.supervisor_bengkulu)
    assert client.post(LIST).status_code in (400, 405)
    assert client.get(f"{address}/dismiss").status_code == 405
    assert client.post(f"{address}/dismiss", data={"reason": "x"}).status_code == 400
    assert client.get(f"{LIST}/{UUID(int=5)}").status_code == 404


def test_the_stays_page_shows_match_and_findings(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    sign_in(client, cast.insarkom_bengkulu, ground.person)
    page = client.get(ground.person).get_data(as_text=True)
    for text in (
        "Izin tinggal dan kecocokan",
        "Terkait",
        "menunggu tinjauan Insarkom",
        "ANA MARIA ERIKSSON",
        "Nomor dokumen: berbeda",
        "skor",
        ground.permit,
        ground.review,
        f"{LIST}/{id_of(ENDS)}",
        "UU 6/2011",
        "Register izin tinggal",
    ):
        assert text in page, text
