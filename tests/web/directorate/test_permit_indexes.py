"""The table of index codes: seen and added to by the directorate."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.permits.tables import kind_of_index, length_rules
from tests.cast import Cast
from tests.permits.support import rows

INDEXES = "/directorate/permit-indexes"


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def _form(**changes: str) -> dict[str, str]:
    return {
        "code": "e99",
        "kind": "itas",
        "name_id": "Contoh",
        "name_en": "Example",
        "first_length": "12",
        "first_unit": "months",
        "extension_length": "30",
        "extension_unit": "days",
        "most_extensions": "2",
        "most_days": "",
        "effective_from-day": "1",
        "effective_from-month": "2",
        "effective_from-year": "2026",
        "source": "Permenkumham contoh",
    } | changes


def test_rules_are_listed_and_added(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    page = _text(client.get(INDEXES))
    for words in ("E33G", "Visa saat kedatangan", "2 × 60 hari", "60 bulan, berulang", "tidak ada"):
        assert words in page
    assert "Belum diverifikasi" in page
    assert "Permenkumham" not in page
    assert client.post_form(INDEXES, _form()).status_code == 303
    page = _text(client.get(INDEXES))
    assert "E99" in page
    assert "Permenkumham contoh" in page
    [rule] = [one for one in length_rules() if one.code == "E99"]
    assert (rule.first_months, rule.extension_days, rule.most_extensions) == (12, 30, 2)
    [audit] = rows("SELECT actor_id, detail FROM audit_rows WHERE action = 'add_permit_index'")
    assert tuple(audit) == (cast.directorate, {"code": "E99", "effective_from": "2026-02-01"})


def test_a_new_rule_replaces_from_its_day_on(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    ahead = {"effective_from-year": "2090", "code": "B1", "kind": "voa"}
    assert client.post_form(INDEXES, _form(**ahead)).status_code == 303
    assert "Akan berlaku" in _text(client.get(INDEXES))
    assert (
        client.post_form(INDEXES, _form(**ahead | {"effective_from-year": "2025"})).status_code
        == 303
    )
    assert "Tidak berlaku lagi" in _text(client.get(INDEXES))
    assert kind_of_index()["B1"] == "voa"


def test_the_english_page(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    client.post_form("/language", {"locale": "en", "next": INDEXES})
    page = _text(client.get(INDEXES))
    for words in (
        "Index codes of stay permits",
        "Visa on arrival",
        "2 × 60 days",
        "Not verified yet",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": ""}, "code"),
        ({"code": "E 9"}, "code"),
        ({"code": "E"}, "code"),
        ({"kind": ""}, "kind"),
        ({"kind": "visa"}, "kind"),
        ({"name_id": ""}, "name_id"),
        ({"name_en": "x" * 161}, "name_en"),
        ({"name_en": "a\u202eb"}, "name_en"),
        ({"first_length": ""}, "first_length"),
        ({"first_length": "dua"}, "first_length"),
        ({"first_length": "0"}, "first_length"),
        ({"first_length": "121"}, "first_length"),
        ({"first_length": "99999999999999999999999"}, "first_length"),
        ({"first_unit": "weeks"}, "first_unit"),
        ({"extension_length": "", "most_extensions": "2"}, "extension_length"),
        ({"extension_length": "", "most_extensions": ""}, "extension_length"),
        ({"most_extensions": "0"}, "extension_length"),
        ({"most_extensions": "-1"}, "most_extensions"),
        ({"most_days": "1,5"}, "most_days"),
        ({"effective_from-day": "31"}, "effective_from"),
        ({"effective_from-day": "", "effective_from-month": ""}, "effective_from"),
        ({"effective_from-year": "", "effective_from-day": "", "effective_from-month": ""},
         "effective_from"),
        ({"source": "x" * 301}, "source"),
    ],
)  # fmt: skip
def test_faults_stand_at_their_field_and_what_was_typed_stays(
    client: FlaskClient, cast: Cast, changes: dict[str, str], field: str
) -> None:
    client.sign_in_as(cast.directorate)
    response = client.post_form(INDEXES, _form(**changes))
    page = _text(response)
    assert response.status_code == 422
    assert "Kesalahan:" in page
    assert f'href="#{field}' in page
    if field != "name_id":
        assert 'value="Contoh"' in page
    assert rows("SELECT 1 FROM permit_indexes WHERE created_by IS NOT NULL") == []


def test_without_extensions_and_without_bounds(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    none = _form(extension_length="", most_extensions="0")
    assert client.post_form(INDEXES, none).status_code == 303
    endless = _form(code="E98", most_extensions="")
    assert client.post_form(INDEXES, endless).status_code == 303
    found = {one.code: one.most_extensions for one in length_rules()}
    assert (found["E99"], found["E98"]) == (0, None)


def test_the_same_day_twice(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.post_form(INDEXES, _form()).status_code == 303
    response = client.post_form(INDEXES, _form())
    assert response.status_code == 409
    assert "sudah mempunyai aturan" in _text(response)


def test_nobody_else(client: FlaskClient, cast: Cast) -> None:
    assert client.get(INDEXES).headers["Location"].startswith("/sign-in")
    for name, status in (("auditor", 403), ("head_bengkulu", 404), ("manager_ab", 404)):
        client.sign_in_as(cast.users[name])
        assert client.get(INDEXES).status_code == status
        assert client.post_form(INDEXES, _form()).status_code == status


def test_wrong_method_and_csrf(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.delete(INDEXES).status_code in (400, 405)
    assert client.post(INDEXES, data=_form()).status_code == 400
