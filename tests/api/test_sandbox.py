"""A test key tries everything and touches nothing real: no list, count or search shows it."""

from uuid import UUID

import pytest

from apoa.access.places import office_names
from apoa.access.read_audit import AuditFilter, read_audit
from apoa.base.ids import SANDBOX_OFFICE_ID, sandbox_twin
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.models import Receipt, Stay, StayNameToken, StayVersion
from tests.api.client import ApiClient, assert_problem
from tests.api.reporting import count, path_of, report
from tests.cast import EVERYWHERE, Cast

OFFICERS = ("supervisor_bengkulu", "head_bengkulu", "insarkom_bengkulu", "directorate", "auditor")


def test_it_is_answered_with_the_lodging_as_the_caller_names_it(
    test_api: ApiClient, cast: Cast
) -> None:
    stay = report(test_api, client_ref="RES-1")
    assert stay["property_id"] == str(cast.property_a)
    assert f"/properties/{cast.property_a}/" in stay["receipt"]["url"]
    twin = str(sandbox_twin(cast.property_a))
    assert twin not in test_api.get(f"{test_api.lodging}/stays").get_data(as_text=True)
    assert test_api.get(path_of(test_api, stay)).get_json() == stay
    response = test_api.get(f"/properties/{twin}/stays")
    assert_problem(response, 404, "not-found")


def test_real_and_rehearsed_stays_do_not_meet(api: ApiClient, test_api: ApiClient) -> None:
    rehearsed = report(test_api, client_ref="RES-1")
    real = report(api, client_ref="RES-1")
    assert real["warnings"] == []
    assert_problem(api.get(path_of(api, rehearsed)), 404, "not-found")
    assert_problem(test_api.get(path_of(test_api, real)), 404, "not-found")
    for caller, expected in ((api, real), (test_api, rehearsed)):
        items = caller.get(f"{caller.lodging}/stays").get_json()["items"]
        assert [one["id"] for one in items] == [expected["id"]]


@pytest.mark.parametrize("who", [*OFFICERS, "manager_ab", "clerk_a"])
@pytest.mark.parametrize("model", [Stay, StayVersion, StayNameToken, Receipt])
def test_nobody_reads_a_row_of_it(
    test_api: ApiClient, cast: Cast, who: str, model: type[Stay]
) -> None:
    report(test_api)
    cast.act_as(who)
    assert db.session.query(model).count() == 0
    with scope(EVERYWHERE):
        assert db.session.query(model).count() > 0
        db.session.rollback()


@pytest.mark.parametrize("who", ["head_bengkulu", "directorate", "auditor"])
def test_the_audit_does_not_show_it_to_officers(test_api: ApiClient, cast: Cast, who: str) -> None:
    stay = report(test_api)
    page = read_audit(cast.act_as(who), AuditFilter())
    assert UUID(stay["id"]) not in {row.subject_id for row in page.entries}


def test_its_office_is_in_no_list(test_api: ApiClient, cast: Cast) -> None:
    report(test_api)
    cast.act_as("directorate")
    assert SANDBOX_OFFICE_ID not in office_names()
    assert count(Stay) == 1
