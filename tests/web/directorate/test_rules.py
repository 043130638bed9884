"""The directorate changes a rule only after seeing what it would have done; and fines' rates."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import today
from apoa.crosscheck.rules.rulebook import read_fine_rates, read_rulebook
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report

MOVER, NO_PERMIT = "/directorate/rules/frequent-mover", "/directorate/rules/no-permit"
FINES = "/directorate/fine-rates"
_TRIED = re.compile(r'name="tried" value="(\w*)"')


def day_parts() -> dict[str, str]:
    day = today("Asia/Jakarta")
    return {
        "effective_from-day": str(day.day),
        "effective_from-month": str(day.month),
        "effective_from-year": str(day.year),
    }


def mover(**changes: Any) -> dict[str, Any]:
    values = {
        "parameter_most_properties": "3",
        "parameter_within_days": "30",
        "severity": "low",
        "handled_by": "supervision",
        "legal_basis_id": "UU 6/2011 pasal 71",
        "legal_basis_en": "Law 6/2011 article 71",
        "act": "try",
    }
    return values | day_parts() | changes


def version_of(rule: str, cast: Cast) -> int:
    found = read_rulebook().find(rule, cast.office_bengkulu, today("Asia/Jakarta"))
    assert found is not None
    return found.version


def test_a_change_is_tried_shown_and_then_saved(client: FlaskClient, cast: Cast) -> None:
    report_stay(cast.act_as("clerk_a"), cast.property_a, make_report(), source=Source.WEB)
    client.sign_in_as(cast.directorate)
    page = client.get(MOVER).get_data(as_text=True)
    assert 'value="6"' in page
    assert 'id="trial"' not in page
    answer = client.post_form(MOVER, mover())
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "0 temuan lebih banyak dan 0 lebih sedikit" in page
    assert "Diperiksa: 1." in page
    assert version_of("frequent-mover", cast) == 1
    tried = _TRIED.search(page)
    assert tried is not None
    answer = client.post_form(MOVER, mover(act="save", tried=tried[1]))
    assert (answer.status_code, answer.location) == (303, "/officers/rules/frequent-mover")
    assert version_of("frequent-mover", cast) == 2


def test_what_was_not_tried_is_not_saved(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    page = client.post_form(MOVER, mover()).get_data(as_text=True)
    tried = _TRIED.search(page)
    assert tried is not None
    other = mover(act="save", tried=tried[1], parameter_most_properties="2")
    answer = client.post_form(MOVER, other)
    assert answer.status_code == 200
    assert 'id="trial"' in answer.get_data(as_text=True)
    assert client.post_form(MOVER, mover(act="save")).status_code == 200
    assert version_of("frequent-mover", cast) == 1


def test_faults_stand_at_their_fields_and_the_input_is_kept(
    client: FlaskClient, cast: Cast
) -> None:
    client.sign_in_as(cast.directorate)
    answer = client.post_form(
        MOVER,
        mover(
            parameter_most_properties="banyak", legal_basis_en="", **{"effective_from-year": "2001"}
        ),
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="banyak"' in page
    for field in ("parameter_most_properties", "legal_basis_en", "effective_from"):
        assert re.search(rf'id="{field}[\w-]*error"', page), field


def test_flags_and_lists_of_kinds(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    page = client.get(NO_PERMIT).get_data(as_text=True)
    assert page.count(" checked") == 5
    values = mover(
        parameter_grace_hours="24",
        parameter_kinds_expected=["itas", "itap"],
        parameter_supervision_after_days="3",
        severity="normal",
        handled_by="insarkom",
    )
    tried = _TRIED.search(client.post_form(NO_PERMIT, values).get_data(as_text=True))
    assert tried is not None
    client.post_form(NO_PERMIT, values | {"act": "save", "tried": tried[1]})
    found = read_rulebook().find("no-permit", cast.office_bengkulu, today("Asia/Jakarta"))
    assert found is not None
    assert found.parameters["kinds_expected"] == ["itas", "itap"]
    assert client.get("/directorate/rules/permit-expired").status_code == 200
    answer = client.post_form(NO_PERMIT, values | {"parameter_kinds_expected": ["gold"]})
    assert answer.status_code == 422


def test_nothing_new_and_the_same_day_twice_are_conflicts(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)

    def save(values: dict[str, Any]) -> int:
        tried = _TRIED.search(client.post_form(MOVER, values).get_data(as_text=True))
        assert tried is not None
        data = values | {"act": "save", "tried": tried[1]}
        status: int = client.post_form(MOVER, data).status_code
        return status

    assert save(mover(parameter_most_properties="6")) == 409
    assert save(mover()) == 303
    assert save(mover(parameter_most_properties="4")) == 409


@pytest.mark.parametrize("path", [MOVER, FINES])
def test_nobody_else_comes_here(client: FlaskClient, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 302
    for name, status in (("auditor", 403), ("head_bengkulu", 404), ("clerk_a", 404)):
        client.sign_in_as(cast.users[name])
        assert client.get(path).status_code == status, name
        assert client.post_form(path, mover()).status_code == status, name


def test_unknown_rule_wrong_method_missing_token(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.get("/directorate/rules/nonsense").status_code == 404
    assert client.post_form("/directorate/rules/nonsense", mover()).status_code == 404
    assert client.put(MOVER).status_code in (400, 405)
    assert client.post(MOVER, data=mover()).status_code == 400


def rate(**changes: str) -> dict[str, str]:
    values = {"per_day": "2.000.000", "most_days": "60", "source": "PP contoh"}
    return values | day_parts() | changes


def test_a_rate_is_added(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert "Rp 1.000.000" in client.get(FINES).get_data(as_text=True)
    assert client.post_form(FINES, rate()).status_code == 303
    assert read_fine_rates()[-1].per_day == 2_000_000
    assert "Rp 2.000.000" in client.get(FINES).get_data(as_text=True)
    assert client.post_form(FINES, rate()).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"per_day": "banyak"},
        {"per_day": ""},
        {"most_days": "0"},
        {"per_day": "99999999999"},
        {"effective_from-year": "2001"},
        {"effective_from-day": "99"},
    ],
)
def test_a_faulty_rate_is_shown_again(
    client: FlaskClient, cast: Cast, wrong: dict[str, str]
) -> None:
    client.sign_in_as(cast.directorate)
    answer = client.post_form(FINES, rate(**wrong))
    assert answer.status_code == 422
    assert "PP contoh" in answer.get_data(as_text=True)
    assert len(read_fine_rates()) == 2
