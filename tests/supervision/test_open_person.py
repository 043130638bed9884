"""A person's page: everything for who may, nothing for who may not, each look recorded."""

from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.base.errors import NotAllowed, NotFound
from apoa.base.ids import new_id
from apoa.db.base import db
from apoa.db.scope import NOTHING, Scope, scope, set_scope
from apoa.stays.amend import amend_stay
from apoa.stays.models import Source
from apoa.supervision.open_person import PersonPage, open_person, require_within_reach
from tests.cast import Cast
from tests.factories import make_report
from tests.supervision.finding import PURPOSE, report


def opened(cast: Cast, who: str, stay_id: UUID, lodging: str = "property_a") -> PersonPage:
    return open_person(cast.act_as(who), cast.properties[lodging], stay_id, PURPOSE)


def test_everything_is_there_in_the_clear(cast: Cast) -> None:
    done = report(cast)
    page = opened(cast, "supervisor_bengkulu", done.stay_id)
    assert page.stay.report.document.number == "L898902C3"
    assert page.stay.report.guest.full_name == "ANNA MARIA ERIKSSON"
    assert page.stay.receipt_number == done.receipt_number
    assert page.lodging.name == "Hotel Pantai Panjang"
    assert page.lodging.region[0] == "Bengkulu"
    assert len(page.lodging.region) == 4
    assert page.lodging.office_name == "Kantor Imigrasi Kelas I TPI Bengkulu"
    assert [version.version for version in page.versions] == [1]


def test_versions_stand_beside_one_another(cast: Cast) -> None:
    stay_id = report(cast).stay_id
    actor = cast.act_as("clerk_a")
    changed = make_report(room="305")
    amend_stay(actor, cast.property_a, stay_id, changed, expected_version=1, source=Source.WEB)
    page = opened(cast, "supervisor_bengkulu", stay_id)
    assert [(one.version, one.report.room) for one in page.versions] == [(2, "305"), (1, "204")]


def test_other_stays_under_the_same_document_within_reach(cast: Cast) -> None:
    first = report(cast).stay_id
    second = report(cast, "property_b", document_number="l898 902 c3").stay_id
    elsewhere = report(cast, "property_c").stay_id
    report(cast, document_number="OTHER1")
    mine = opened(cast, "supervisor_bengkulu", first)
    assert [hit.stay_id for hit in mine.other_stays] == [second]
    all_of_them = opened(cast, "directorate", first)
    assert {hit.stay_id for hit in all_of_them.other_stays} == {second, elsewhere}


def test_without_a_document_there_is_nothing_to_compare(cast: Cast) -> None:
    changes = {"document_type": None, "document_number": None, "issuing_state": None}
    changes |= {"expires_on": None, "unavailable_reason": "hilang"}
    first = report(cast, **changes).stay_id
    report(cast, surname="SMITH", **changes)
    page = opened(cast, "supervisor_bengkulu", first)
    assert not page.has_document
    assert page.other_stays == ()


@pytest.mark.parametrize("who", ["supervisor_blitar", "insarkom_blitar"])
def test_another_offices_officer_is_told_that_there_is_none(cast: Cast, who: str) -> None:
    stay_id = report(cast).stay_id
    with pytest.raises(NotFound):
        opened(cast, who, stay_id)
    with pytest.raises(NotFound):
        require_within_reach(cast.act_as(who), cast.property_a, stay_id)


@pytest.mark.parametrize("who", ["clerk_a", "manager_ab", "stranger", "auditor"])
def test_others_may_not_open_persons(cast: Cast, who: str) -> None:
    stay_id = report(cast).stay_id
    with pytest.raises(NotAllowed):
        opened(cast, who, stay_id)


def test_a_stay_that_is_not_there(cast: Cast) -> None:
    stay_id = report(cast).stay_id
    with pytest.raises(NotFound):
        opened(cast, "supervisor_bengkulu", new_id())
    with pytest.raises(NotFound):
        opened(cast, "supervisor_bengkulu", stay_id, "property_b")


def test_each_look_is_recorded_with_its_purpose(cast: Cast) -> None:
    stay_id = report(cast).stay_id
    opened(cast, "supervisor_bengkulu", stay_id)
    opened(cast, "supervisor_bengkulu", stay_id)
    set_scope(NOTHING)
    with scope(Scope(reads_all=True)):
        rows = db.session.scalars(select(AuditRow).where(AuditRow.action == "person_opened")).all()
        assert [(row.subject_id, row.purpose) for row in rows] == [(stay_id, PURPOSE)] * 2
        assert {row.office_id for row in rows} == {cast.office_bengkulu}
        assert all("ERIKSSON" not in str(row.detail) for row in rows)
