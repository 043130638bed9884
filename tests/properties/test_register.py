"""A lodging registers itself: throttled, unverified first, then in its office's queue."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from apoa.access.models import OneTimeToken
from apoa.audit.record import Origin, set_origin
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, StateConflict, Throttled
from apoa.db.base import session
from apoa.db.scope import NOTHING, set_scope
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.models import WorkingArea
from apoa.properties.links import LinkKind, LinkState
from apoa.properties.register import register_property, resend_verification
from apoa.properties.verify_registration import verify_registration, view_registration_link
from tests.cast import Cast
from tests.properties.support import (
    LINKS,
    audit_actions,
    event_kinds,
    mails_to,
    newest_token,
    read_everywhere,
    registration,
    submitted,
)


@pytest.fixture(autouse=True)
def _anonymous(cast: Cast) -> None:
    set_scope(NOTHING)


def _end_links() -> None:
    with unit_of_work():
        session().execute(update(OneTimeToken).values(expires_at=now() - timedelta(minutes=1)))


def test_a_registration_waits_for_its_address(cast: Cast) -> None:
    property_id = register_property(registration(), "en", links=LINKS)
    lodging = read_everywhere(property_id)
    assert lodging.state == "unverified"
    assert lodging.office_id == cast.office_bengkulu
    assert (lodging.time_zone, lodging.locale) == ("Asia/Jakarta", "en")
    assert lodging.name_folded == "HOMESTAY BUNGA KIBUT"
    assert event_kinds(property_id) == ["registered"]
    assert audit_actions(property_id) == ["register_property"]
    mail = mails_to("siti@example.com")[0]
    assert mail.subject.startswith("Verify the registration")
    assert "https://apoa.example/register/verify/" in (mail.body or "")
    assert mails_to("insarkom_bengkulu@example.com") == []


def test_verifying_hands_it_to_the_office(cast: Cast) -> None:
    property_id = register_property(registration(), "id", links=LINKS)
    token = newest_token()
    assert view_registration_link(LinkKind.VERIFY, token).link is LinkState.OPEN
    status = verify_registration(token, links=LINKS)
    assert "Bengkulu" in status.office
    lodging = read_everywhere(property_id)
    assert lodging.state == "submitted"
    assert lodging.submitted_at is not None
    assert event_kinds(property_id) == ["registered", "submitted"]
    assert len(mails_to("insarkom_bengkulu@example.com")) == 1
    assert f"/insarkom/registrations/{property_id}" in (
        mails_to("insarkom_bengkulu@example.com")[0].body or ""
    )
    assert mails_to("insarkom_blitar@example.com") == []


def test_a_link_works_once_and_says_so() -> None:
    register_property(registration(), "id", links=LINKS)
    token = newest_token()
    verify_registration(token, links=LINKS)
    assert view_registration_link(LinkKind.VERIFY, token).link is LinkState.USED
    with pytest.raises(StateConflict) as caught:
        verify_registration(token, links=LINKS)
    assert caught.value.problems[0].code == "link-used"


def test_an_ended_link_is_refused_and_another_can_be_had() -> None:
    property_id = register_property(registration(), "id", links=LINKS)
    old = newest_token()
    _end_links()
    assert view_registration_link(LinkKind.VERIFY, old).link is LinkState.EXPIRED
    with pytest.raises(StateConflict) as caught:
        verify_registration(old, links=LINKS)
    assert caught.value.problems[0].code == "link-expired"
    assert resend_verification(old, links=LINKS)
    verify_registration(newest_token(), links=LINKS)
    assert read_everywhere(property_id).state == "submitted"
    assert not resend_verification(old, links=LINKS)


def test_two_links_of_one_registration_verify_it_once() -> None:
    register_property(registration(), "id", links=LINKS)
    first = newest_token()
    assert resend_verification(first, links=LINKS)
    verify_registration(newest_token(), links=LINKS)
    assert view_registration_link(LinkKind.VERIFY, first).link is LinkState.USED
    with pytest.raises(StateConflict) as caught:
        verify_registration(first, links=LINKS)
    assert caught.value.problems[0].code == "link-used"


def test_an_unknown_or_foreign_link_is_not_found() -> None:
    register_property(registration(), "id", links=LINKS)
    with pytest.raises(NotFound):
        verify_registration("nonsense", links=LINKS)
    with pytest.raises(NotFound):
        view_registration_link(LinkKind.CORRECT, newest_token())
    assert not resend_verification("nonsense", links=LINKS)


@pytest.mark.parametrize(
    ("region", "code"),
    [("31.71.01.1001", "region-not-served"), ("17.71.99.9999", "region-unknown")],
)
def test_a_region_without_an_office_is_refused(region: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        register_property(registration(region_code=region), "id", links=LINKS)
    problem = caught.value.problems[0]
    assert (problem.pointer, problem.code) == ("/region_code", code)
    if code == "region-not-served":
        assert "Kota Bengkulu" in problem.params["areas"]
    assert mails_to("siti@example.com") == []


def test_a_district_of_another_office_decides(cast: Cast) -> None:
    session().add(
        WorkingArea(region_code="17.71.07", office_id=cast.office_blitar, created_at=now())
    )
    session().commit()
    property_id = submitted()
    assert read_everywhere(property_id).office_id == cast.office_blitar
    assert len(mails_to("insarkom_blitar@example.com")) == 1


def test_the_time_zone_follows_the_province(cast: Cast) -> None:
    session().add(WorkingArea(region_code="51.71", office_id=cast.office_blitar, created_at=now()))
    session().commit()
    property_id = register_property(registration(region_code="51.71.01"), "id", links=LINKS)
    assert read_everywhere(property_id).time_zone == "Asia/Makassar"


def test_one_address_cannot_be_flooded_with_mails() -> None:
    for number in range(5):
        set_origin(Origin(kind="anonymous", address=f"192.0.2.{number}"))
        register_property(registration(), "id", links=LINKS)
    with pytest.raises(Throttled):
        register_property(registration(), "id", links=LINKS)


def test_one_network_address_registers_only_so_often() -> None:
    set_origin(Origin(kind="anonymous", address="192.0.2.99"))
    for number in range(10):
        other = registration(responsible_email=f"r{number}@example.com")
        register_property(other, "id", links=LINKS)
    with pytest.raises(Throttled):
        register_property(registration(responsible_email="r99@example.com"), "id", links=LINKS)
