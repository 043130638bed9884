"""A registration that was asked back is mended through its link, and its history kept."""

from uuid import UUID

import pytest

from apoa.base.clock import now
from apoa.base.errors import InvalidInput, NotFound, StateConflict
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.offices.models import WorkingArea
from apoa.properties.correct import correct_registration, view_correction
from apoa.properties.links import LinkState
from apoa.properties.queries import list_events
from apoa.properties.review import ask_back, refuse_registration
from apoa.properties.verify_registration import verify_registration
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import (
    LINKS,
    event_kinds,
    mails_to,
    newest_token,
    read_everywhere,
    registration,
    submitted,
)


@pytest.fixture
def asked_back(cast: Cast) -> UUID:
    """A registration that Bengkulu wants mended; nobody is signed in."""
    property_id = submitted()
    actor = cast.act_as("insarkom_bengkulu")
    ask_back(actor, property_id, links=LINKS, reason="Nomor rumah belum ada")
    session().commit()
    set_scope(NOTHING)
    return property_id


def test_the_form_is_shown_as_it_was_sent(asked_back: UUID) -> None:
    seen = view_correction(newest_token())
    assert seen.link is LinkState.OPEN
    assert seen.reason == "Nomor rumah belum ada"
    assert seen.content["address"] == "Jalan Kebun Ros 12"
    assert seen.content["no_nib_reason"] == ""
    assert seen.content["rooms"] == "6"


def test_the_mended_form_joins_the_queue_again(cast: Cast, asked_back: UUID) -> None:
    before = len(mails_to("insarkom_bengkulu@example.com"))
    correct_registration(newest_token(), registration(address="Jalan Ros 12 A"), links=LINKS)
    lodging = read_everywhere(asked_back)
    assert (lodging.state, lodging.address) == ("submitted", "Jalan Ros 12 A")
    assert event_kinds(asked_back) == ["registered", "submitted", "asked_back", "corrected"]
    assert len(mails_to("insarkom_bengkulu@example.com")) == before + 1
    with scope(EVERYWHERE):
        newest = list_events(asked_back)[0]
    assert newest.changes == [
        {"field": "address", "before": "Jalan Kebun Ros 12", "after": "Jalan Ros 12 A"}
    ]


def test_the_link_works_once(asked_back: UUID) -> None:
    token = newest_token()
    correct_registration(token, registration(), links=LINKS)
    seen = view_correction(token)
    assert seen.link is LinkState.USED
    assert seen.content == {}
    with pytest.raises(StateConflict):
        correct_registration(token, registration(), links=LINKS)


def test_an_unknown_link_is_not_found(asked_back: UUID) -> None:
    with pytest.raises(NotFound):
        view_correction("nonsense")
    with pytest.raises(NotFound):
        correct_registration("nonsense", registration(), links=LINKS)


def test_a_fault_leaves_the_link_open(asked_back: UUID) -> None:
    token = newest_token()
    with pytest.raises(InvalidInput):
        correct_registration(token, registration(region_code="31.71.01"), links=LINKS)
    assert view_correction(token).link is LinkState.OPEN
    assert read_everywhere(asked_back).state == "asked_back"


def test_another_region_brings_it_to_the_other_office(cast: Cast, asked_back: UUID) -> None:
    correct_registration(newest_token(), registration(region_code="35.72.01"), links=LINKS)
    lodging = read_everywhere(asked_back)
    assert (lodging.office_id, lodging.region_code) == (cast.office_blitar, "35.72.01")
    assert "moved" in event_kinds(asked_back)
    cast.act_as("insarkom_blitar")
    assert len(list_events(asked_back)) == 5
    cast.act_as("insarkom_bengkulu")
    assert list_events(asked_back) == []
    with pytest.raises(NotFound):
        refuse_registration(cast.act_as("insarkom_bengkulu"), asked_back, reason="Bukan kami")


def test_another_time_zone_comes_with_the_region(cast: Cast, asked_back: UUID) -> None:
    session().add(
        WorkingArea(region_code="51.71", office_id=cast.office_bengkulu, created_at=now())
    )
    session().commit()
    correct_registration(newest_token(), registration(region_code="51.71.01"), links=LINKS)
    lodging = read_everywhere(asked_back)
    assert (lodging.time_zone, lodging.region_code) == ("Asia/Makassar", "51.71.01")
    assert "moved" not in event_kinds(asked_back)


def test_another_address_is_verified_again(cast: Cast, asked_back: UUID) -> None:
    before = len(mails_to("insarkom_bengkulu@example.com"))
    mended = registration(responsible_email="rahma@example.com")
    correct_registration(newest_token(), mended, links=LINKS)
    assert read_everywhere(asked_back).state == "unverified"
    assert len(mails_to("insarkom_bengkulu@example.com")) == before
    verify_registration(newest_token("rahma@example.com"), links=LINKS)
    assert read_everywhere(asked_back).state == "submitted"
