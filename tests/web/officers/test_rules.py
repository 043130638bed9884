"""The register of rules, and a head of office's switch."""

from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import today
from apoa.crosscheck.rules.rulebook import read_rulebook
from tests.cast import Cast

RULES, ONE = "/officers/rules", "/officers/rules/permit-expired"
SWITCH = f"{ONE}/switch"


def day_parts(name: str = "effective_from") -> dict[str, str]:
    day = today("Asia/Jakarta")
    return {
        f"{name}-day": str(day.day),
        f"{name}-month": str(day.month),
        f"{name}-year": str(day.year),
    }


def off(cast: Cast, **changes: str) -> dict[str, str]:
    values = {"office_id": str(cast.office_bengkulu), "enabled": "no", "reason": "uji coba"}
    return values | day_parts() | changes


@pytest.mark.parametrize("name", ["insarkom_bengkulu", "supervisor_blitar", "auditor"])
def test_every_officer_reads_what_is_checked(client: FlaskClient, cast: Cast, name: str) -> None:
    client.sign_in_as(cast.users[name])
    page = client.get(RULES).get_data(as_text=True)
    assert page.count("/officers/rules/") >= 16
    one = client.get(ONE).get_data(as_text=True)
    assert "Izin tinggal habis" in one
    assert "UU 6/2011 pasal 78" in one
    assert "Matikan" not in one
    assert "Ubah aturan" not in one


def test_the_register_reads_in_english_too(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.auditor)
    client.post_form("/language", {"locale": "en", "next": RULES})
    page = client.get(ONE).get_data(as_text=True)
    assert "Permit expired" in page
    assert "Law 6/2011 articles 78 and 119" in page
    assert "On the permit&#39;s last day" in page


def test_a_head_switches_a_rule_off_and_on_again(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    assert "Matikan aturan ini" in client.get(ONE).get_data(as_text=True)
    assert client.post_form(SWITCH, off(cast)).status_code == 303
    here = today("Asia/Jakarta")
    assert not read_rulebook().is_on("permit-expired", cast.office_bengkulu, here)
    page = client.get(ONE).get_data(as_text=True)
    assert "Nyalakan aturan ini" in page
    assert "uji coba" in page
    assert "Dimatikan" in client.get(RULES).get_data(as_text=True)
    assert client.post_form(SWITCH, off(cast, enabled="yes")).status_code == 303
    assert read_rulebook().is_on("permit-expired", cast.office_bengkulu, here)


def test_a_switch_without_a_reason_is_shown_again(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    answer = client.post_form(SWITCH, off(cast, reason=" "))
    assert answer.status_code == 422
    assert "Kesalahan:" in answer.get_data(as_text=True)
    answer = client.post_form(SWITCH, off(cast, **{"effective_from-year": "2001"}))
    assert answer.status_code == 422
    answer = client.post_form(SWITCH, off(cast, **{"effective_from-day": "99"}))
    assert answer.status_code == 422


def test_what_is_so_already_is_no_switch(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    assert client.post_form(SWITCH, off(cast, enabled="yes")).status_code == 409


def test_only_a_head_switches_and_only_the_own_office(client: FlaskClient, cast: Cast) -> None:
    for name, status in (
        ("insarkom_bengkulu", 403),
        ("directorate", 403),
        ("auditor", 403),
        ("supervisor_blitar", 404),
        ("clerk_a", 404),
    ):
        client.sign_in_as(cast.users[name])
        assert client.post_form(SWITCH, off(cast)).status_code == status, name
    client.sign_in_as(cast.head_bengkulu)
    other = off(cast, office_id=str(cast.office_blitar))
    assert client.post_form(SWITCH, other).status_code == 404
    assert client.post_form(SWITCH, off(cast, office_id=str(uuid4()))).status_code == 404
    assert client.post_form(SWITCH, off(cast, office_id="x")).status_code == 404


def test_an_unknown_rule_is_not_found(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    assert client.get(f"{RULES}/nonsense").status_code == 404
    assert client.post_form(f"{RULES}/nonsense/switch", off(cast)).status_code == 404


def test_visitors_and_lodgings_do_not_learn_of_the_rules(client: FlaskClient, cast: Cast) -> None:
    assert client.get(RULES).status_code == 302
    client.sign_in_as(cast.manager_ab)
    for path in (RULES, ONE):
        assert client.get(path).status_code == 404


def test_wrong_method_and_missing_token(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.head_bengkulu)
    assert client.get(SWITCH).status_code == 405
    assert client.post(SWITCH, data=off(cast)).status_code == 400
