"""Which office answers for a place, and who may change what offices are called."""

from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.offices.manage import OfficeData, OfficeSchema, add_office, rename_office
from apoa.offices.models import WorkingArea
from apoa.offices.queries import (
    find_office_for_region,
    get_office,
    list_area_names,
    list_areas,
    list_offices,
)
from tests.cast import Cast

NEW = OfficeData(name="Kantor Imigrasi Kelas II TPI Baru", office_class="Kelas II", code="baru")


def _give(region_code: str, office_id: UUID) -> None:
    session().add(WorkingArea(region_code=region_code, office_id=office_id, created_at=now()))
    session().flush()


def test_a_village_belongs_to_the_office_of_its_regency(cast: Cast) -> None:
    assert find_office_for_region("17.71.01.1001") == cast.office_bengkulu
    assert find_office_for_region("35.72.01") == cast.office_blitar


def test_a_region_outside_every_area_has_no_office(cast: Cast) -> None:
    assert find_office_for_region("31.71.01.1001") is None
    assert find_office_for_region("17") is None


def test_a_district_of_another_office_inside_a_regency_wins(cast: Cast) -> None:
    _give("17.71.01", cast.office_blitar)
    assert find_office_for_region("17.71.01.1001") == cast.office_blitar
    assert find_office_for_region("17.71.02.1001") == cast.office_bengkulu
    _give("17.71.01.1001", cast.office_bengkulu)
    assert find_office_for_region("17.71.01.1001") == cast.office_bengkulu


def test_areas_and_offices_are_listed(cast: Cast) -> None:
    assert [one.code for one in list_offices()] == ["bengkulu", "blitar"]
    assert [one.region_code for one in list_areas(cast.office_bengkulu)] == ["17.02", "17.71"]
    assert len(list_areas()) == 4
    assert "Kota Bengkulu" in list_area_names()
    with pytest.raises(NotFound):
        get_office(new_id())


def test_the_directorate_adds_an_office(cast: Cast) -> None:
    office_id = add_office(cast.act_as("directorate"), NEW)
    assert get_office(office_id).name == NEW.name
    actions = session().scalars(select(AuditRow.action).where(AuditRow.subject_id == office_id))
    assert list(actions) == ["add_office"]


@pytest.mark.parametrize("name", ["auditor", "head_bengkulu", "insarkom_bengkulu", "manager_ab"])
def test_nobody_else_changes_offices(cast: Cast, name: str) -> None:
    actor = cast.act_as(name)
    with pytest.raises(NotAllowed):
        add_office(actor, NEW)
    with pytest.raises(NotAllowed):
        rename_office(actor, cast.office_bengkulu, NEW)


def test_codes_and_names_are_not_given_twice(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    with pytest.raises(InvalidInput) as caught:
        add_office(actor, OfficeData("Kantor Lain", "Kelas I", "blitar"))
    assert caught.value.problems[0].code == "office-code-taken"
    taken = get_office(cast.office_blitar).name.upper()
    with pytest.raises(InvalidInput) as caught:
        add_office(actor, OfficeData(taken, "Kelas I", "lain"))
    assert caught.value.problems[0].code == "office-name-taken"
    with pytest.raises(InvalidInput):
        rename_office(actor, cast.office_bengkulu, OfficeData(taken, "Kelas I"))


def test_an_office_is_renamed_but_keeps_its_code(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    rename_office(actor, cast.office_blitar, OfficeData("Kantor Imigrasi Blitar", "Kelas I TPI"))
    office = get_office(cast.office_blitar)
    assert (office.name, office.code) == ("Kantor Imigrasi Blitar", "blitar")
    rename_office(actor, cast.office_blitar, OfficeData("Kantor Imigrasi Blitar", "Kelas II"))
    with pytest.raises(NotFound):
        rename_office(actor, new_id(), OfficeData("Kantor Lain", "Kelas I"))


@pytest.mark.parametrize("code", ["X", "9a", "a b", "-a", "a" * 31, "é1"])
def test_a_malformed_code_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        OfficeSchema().read({"code": code, "name": "Kantor Baru", "office_class": "Kelas I"})
