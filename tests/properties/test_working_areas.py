"""Giving and taking regions: lodgings move with everything they own, in one commit."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from apoa.access.models import PropertyMembership
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict, VersionConflict
from apoa.base.ids import new_id
from apoa.crosscheck.findings.models import Finding, FindingEvent, HolderStay
from apoa.crosscheck.models import CheckFailure, Match, MatchDecision, StayKey
from apoa.db.base import Base, session
from apoa.db.row_filter import OfficeOwned, PropertyOwned
from apoa.db.scope import scope
from apoa.offices.queries import find_office_for_region
from apoa.properties import working_areas
from apoa.properties.models import PropertyEvent
from apoa.properties.move import office_classes, owned_classes
from apoa.properties.working_areas import preview_area, remove_working_area, set_working_area
from apoa.stays.announced_models import AnnouncedArrival
from apoa.stays.models import Receipt, Stay, StayNameToken, StayVersion
from apoa.webhooks.models import (
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
    WebhookSubscription,
)
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import audit_actions, event_kinds, read_everywhere

DISTRICT = "17.71.01"  # both lodgings of Bengkulu are here


def _store_one_of_everything(cast: Cast, property_id: UUID) -> None:
    """A row of every table that a lodging owns; fails when there is a new table."""
    stay_id = new_id()
    common = {"property_id": property_id, "office_id": cast.office_bengkulu}
    rows: list[Any] = [
        Stay(
            **common,
            id=stay_id,
            surname="CONTOH",
            sex="F",
            birth_date="1990-01-01",
            nationality="UTO",
            document_unavailable_reason="hilang",
            checked_in_at=now(),
            checked_in_on=now().date(),
            expected_departure_on=now().date(),
            due_at=now() + timedelta(days=1),
            deadline_state="on_time",
            source="web",
            first_received_at=now(),
            updated_at=now(),
        ),
        StayVersion(
            **common,
            stay_id=stay_id,
            version=1,
            act="report",
            content_sealed=b"x",
            changed=[],
            source="web",
            received_at=now(),
        ),
        StayNameToken(**common, stay_id=stay_id, token="CONTOH"),
        Receipt(
            **common,
            id=new_id(),
            stay_id=stay_id,
            version=1,
            number="X",
            issued_at=now(),
            payload=b"x",
            key_id="r1",
            signature=b"x",
            content_salt=b"x",
        ),
        PropertyEvent(**common, id=new_id(), kind="edited", at=now()),
        AnnouncedArrival(
            **common, client_ref="R", checked_in_at=now(), due_at=now(), announced_at=now()
        ),
        *_webhook_rows(common),
        *_cross_check_rows(common, stay_id),
        *_finding_rows(common, stay_id),
    ]
    with scope(EVERYWHERE):
        for row in rows:
            session().add(row)
            session().flush()
        session().commit()
    stored = {type(row) for row in rows if isinstance(row, PropertyOwned)} | {PropertyMembership}
    assert stored == set(owned_classes()), "a table that lodgings own is not tried here"
    kept = {type(row) for row in rows if isinstance(row, OfficeOwned)}
    assert kept == set(office_classes()), "a table of an office's work is not tried here"


def _webhook_rows(common: dict[str, UUID]) -> list[Any]:
    endpoint_id, event_id = new_id(), new_id()
    return [
        WebhookEndpoint(
            id=endpoint_id,
            created_by=new_id(),
            mode="live",
            url="https://pms.example/hook",
            events=["stay.accepted"],
            secret_sealed=b"x",
            created_at=now(),
        ),
        WebhookSubscription(**common, endpoint_id=endpoint_id),
        WebhookEvent(**common, id=event_id, type="stay.accepted", data={}, occurred_at=now()),
        WebhookDelivery(
            **common,
            id=new_id(),
            event_id=event_id,
            endpoint_id=endpoint_id,
            next_try_at=now(),
            give_up_at=now() + timedelta(days=3),
            created_at=now(),
        ),
    ]


def _cross_check_rows(common: dict[str, UUID], stay_id: UUID) -> list[Any]:
    of_stay = common | {"stay_id": stay_id}
    return [
        StayKey(**of_stay, key=1),
        Match(
            **of_stay, band="none", score=0.0, method_version="1", stay_version=1, checked_at=now()
        ),
        MatchDecision(
            **of_stay,
            permit_id=new_id(),
            decision="not_same",
            guest_mark=b"x",
            by=new_id(),
            at=now(),
        ),
        HolderStay(**of_stay, permit_id=new_id()),
        CheckFailure(**of_stay, attempts=1, kind="X", failed_at=now()),
    ]


def _finding_rows(common: dict[str, UUID], stay_id: UUID) -> list[Any]:
    finding_id = new_id()
    finding = Finding(
        **common,
        id=finding_id,
        stay_id=stay_id,
        cause=finding_id.bytes * 2,
        rule="late-report",
        rule_version=1,
        severity="low",
        handled_by="insarkom",
        evidence={},
        evidence_mark=b"x",
        stay_ids=[stay_id],
        stay_property_ids=[common["property_id"]],
        opened_at=now(),
        updated_at=now(),
    )
    event = FindingEvent(
        **common,
        finding_id=finding_id,
        seq=1,
        act="opened",
        state="open",
        rule_version=1,
        at=now(),
    )
    return [finding, event]


def _moving() -> list[Any]:
    return [*owned_classes(), *office_classes()]


def _offices_of(owned: Any, property_id: UUID) -> set[UUID]:
    with scope(EVERYWHERE):
        found = session().scalars(select(owned.office_id).where(owned.property_id == property_id))
        return set(found)


def test_every_table_with_a_lodgings_office_is_known() -> None:
    named = {
        mapper.class_
        for mapper in Base.registry.mappers
        if {"property_id", "office_id"} <= set(mapper.columns.keys())
    }
    # Invitations and audit rows say where something was done; they do not move.
    assert {one.__name__ for one in named - set(_moving())} <= {"AuditRow", "Invitation"}


def test_a_moved_lodging_takes_everything_along(cast: Cast) -> None:
    _store_one_of_everything(cast, cast.property_a)
    _store_one_of_everything(cast, cast.property_b)
    actor = cast.act_as("directorate")
    preview = preview_area(actor, "17.71.01.1001", cast.office_blitar)
    assert [(one.count, "Blitar" in one.to_office) for one in preview.moves] == [(1, True)]
    moved = set_working_area(actor, "17.71.01.1001", cast.office_blitar, expected_moves=1)
    assert moved == 1
    assert read_everywhere(cast.property_a).office_id == cast.office_blitar
    assert read_everywhere(cast.property_b).office_id == cast.office_bengkulu
    for owned in _moving():
        assert _offices_of(owned, cast.property_a) == {cast.office_blitar}, owned
        assert _offices_of(owned, cast.property_b) == {cast.office_bengkulu}, owned
    assert event_kinds(cast.property_a) == ["edited", "moved"]
    assert audit_actions(cast.property_a) == ["move_property"]
    assert event_kinds(cast.property_b) == ["edited"]


def test_the_officers_see_what_is_theirs_now(cast: Cast) -> None:
    _store_one_of_everything(cast, cast.property_a)
    set_working_area(cast.act_as("directorate"), DISTRICT, cast.office_blitar)
    for name, count in (("supervisor_blitar", 1), ("supervisor_bengkulu", 0)):
        cast.act_as(name)
        assert session().scalar(select(func.count()).select_from(Stay)) == count


def test_a_district_inside_a_regency_of_another_office(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    assert set_working_area(actor, DISTRICT, cast.office_blitar) == 2
    assert find_office_for_region("17.71.01.1002") == cast.office_blitar
    assert find_office_for_region("17.71.02.1001") == cast.office_bengkulu
    # The regency goes to and fro: its narrower district stays where it is.
    assert set_working_area(cast.act_as("directorate"), "17", cast.office_bengkulu) == 0
    assert remove_working_area(cast.act_as("directorate"), "17.71") == 0
    assert read_everywhere(cast.property_a).office_id == cast.office_blitar
    assert remove_working_area(cast.act_as("directorate"), DISTRICT, expected_moves=2) == 2
    assert read_everywhere(cast.property_a).office_id == cast.office_bengkulu


def test_a_region_with_lodgings_is_not_left_without_an_office(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    preview = preview_area(actor, "17.71", None)
    assert (preview.without_office, preview.moving) == (2, 0)
    with pytest.raises(StateConflict) as caught:
        remove_working_area(actor, "17.71")
    assert caught.value.problems[0].code == "area-has-lodgings"
    assert find_office_for_region("17.71") == cast.office_bengkulu


def test_an_empty_region_is_taken_back(cast: Cast) -> None:
    assert remove_working_area(cast.act_as("directorate"), "17.02") == 0
    assert find_office_for_region("17.02") is None


def test_counts_that_changed_since_the_preview_are_refused(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    with pytest.raises(VersionConflict):
        set_working_area(actor, DISTRICT, cast.office_blitar, expected_moves=1)
    assert read_everywhere(cast.property_a).office_id == cast.office_bengkulu


def test_a_fault_in_the_middle_moves_nothing(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    _store_one_of_everything(cast, cast.property_a)

    def fail(_affected: object) -> None:
        raise RuntimeError("the power went out")

    monkeypatch.setattr(working_areas, "_record_moves", fail)
    with pytest.raises(RuntimeError):
        set_working_area(cast.act_as("directorate"), DISTRICT, cast.office_blitar)
    assert find_office_for_region(DISTRICT) == cast.office_bengkulu
    for owned in _moving():
        assert _offices_of(owned, cast.property_a) == {cast.office_bengkulu}


@pytest.mark.parametrize("name", ["auditor", "head_bengkulu", "insarkom_blitar", "manager_ab"])
def test_only_the_directorate_changes_areas(cast: Cast, name: str) -> None:
    actor = cast.act_as(name)
    with pytest.raises(NotAllowed):
        preview_area(actor, DISTRICT, cast.office_blitar)
    with pytest.raises(NotAllowed):
        set_working_area(actor, DISTRICT, cast.office_blitar)
    with pytest.raises(NotAllowed):
        remove_working_area(actor, "17.71")


def test_senseless_changes_are_refused(cast: Cast) -> None:
    actor = cast.act_as("directorate")
    for region, office, code in (
        ("17.71", cast.office_bengkulu, "area-held-already"),
        ("99", cast.office_blitar, "region-unknown"),
        ("nonsense", cast.office_blitar, "region-unknown"),
    ):
        with pytest.raises(InvalidInput) as caught:
            set_working_area(actor, region, office)
        assert caught.value.problems[0].code == code
    with pytest.raises(InvalidInput):
        remove_working_area(cast.act_as("directorate"), DISTRICT)
    with pytest.raises(NotFound):
        set_working_area(cast.act_as("directorate"), DISTRICT, new_id())
