"""What officers see in their lists: filters, order, pages, counts, and only what is theirs."""

from uuid import UUID

import pytest
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.base.errors import NotAllowed, NotFound
from apoa.db.base import session
from apoa.properties.listing import (
    Paging,
    PropertyFilter,
    count_registrations,
    list_properties,
    list_registrations,
)
from apoa.properties.open import open_property
from apoa.properties.queries import list_people
from tests.cast import Cast
from tests.properties.support import submitted

ALL = PropertyFilter()


def test_an_office_sees_its_own_and_the_nation_all(cast: Cast) -> None:
    for name, count in (
        ("insarkom_bengkulu", 2),
        ("insarkom_blitar", 1),
        ("directorate", 3),
        ("auditor", 3),
        ("supervisor_bengkulu", 2),
    ):
        page = list_properties(cast.act_as(name), ALL, Paging())
        assert page.total == len(page.lines) == count


def test_lodging_people_have_no_such_list(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        list_properties(cast.act_as("manager_ab"), ALL, Paging())
    with pytest.raises(NotAllowed):
        list_registrations(cast.act_as("clerk_a"), "submitted", Paging())
    with pytest.raises(NotAllowed):
        count_registrations(cast.act_as("stranger"))


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (PropertyFilter(name="raff"), ["Wisma Rafflesia"]),
        (PropertyFilter(name="panjang hotel"), ["Hotel Pantai Panjang"]),
        (PropertyFilter(name="anjang"), []),
        (PropertyFilter(name="%"), ["Hotel Pantai Panjang", "Wisma Rafflesia"]),
        (PropertyFilter(type="hotel"), ["Hotel Pantai Panjang", "Wisma Rafflesia"]),
        (PropertyFilter(type="villa"), []),
        (PropertyFilter(state="closed"), []),
        (PropertyFilter(region_code="17.71.01.1001"), ["Hotel Pantai Panjang"]),
        (PropertyFilter(region_code="17.71.01"), ["Hotel Pantai Panjang", "Wisma Rafflesia"]),
        (PropertyFilter(region_code="35"), []),
    ],
)
def test_filters(cast: Cast, asked: PropertyFilter, names: list[str]) -> None:
    page = list_properties(cast.act_as("insarkom_bengkulu"), asked, Paging())
    assert [one.name for one in page.lines] == names


def test_pages_go_on_and_back_without_gaps(cast: Cast) -> None:
    for number in range(7):
        submitted(name=f"Homestay {number}", responsible_email=f"r{number}@example.com")
    actor = cast.act_as("insarkom_bengkulu")
    seen: list[UUID] = []
    page = list_registrations(actor, "submitted", Paging(size=3))
    assert page.before is None
    while True:
        seen += [one.id for one in page.lines]
        assert page.total == 7
        if page.after is None:
            break
        page = list_registrations(actor, "submitted", Paging(after=page.after, size=3))
    assert len(seen) == len(set(seen)) == 7
    back = list_registrations(actor, "submitted", Paging(before=page.before, size=3))
    assert [one.id for one in back.lines] == seen[3:6]
    first = list_registrations(actor, "submitted", Paging(before=back.before, size=3))
    assert [one.id for one in first.lines] == seen[:3]
    assert first.before is None
    assert first.lines[0].name == "Homestay 0"


def test_a_foreign_neighbour_is_the_beginning(cast: Cast) -> None:
    actor = cast.act_as("insarkom_bengkulu")
    page = list_properties(actor, ALL, Paging(after=cast.property_c))
    assert len(page.lines) == 2


def test_registrations_are_counted_by_state(cast: Cast) -> None:
    submitted()
    counts = count_registrations(cast.act_as("insarkom_bengkulu"))
    assert counts == {"submitted": 1, "asked_back": 0, "unverified": 0, "refused": 0}
    assert count_registrations(cast.act_as("insarkom_blitar"))["submitted"] == 0


def test_opening_a_lodging_is_recorded(cast: Cast) -> None:
    opened = open_property(cast.act_as("insarkom_bengkulu"), cast.property_a)
    assert opened.region[0] == "Bengkulu"
    assert {one.role for one in opened.people} == {"manager", "clerk"}
    assert opened.people[0].role == "manager"
    rows = session().scalars(select(AuditRow.action).where(AuditRow.subject_id == cast.property_a))
    assert list(rows) == ["open_property"]
    assert list_people(cast.property_c) == []


@pytest.mark.parametrize("name", ["insarkom_blitar", "stranger", "clerk_b"])
def test_a_foreign_lodging_does_not_open(cast: Cast, name: str) -> None:
    with pytest.raises(NotFound):
        open_property(cast.act_as(name), cast.property_a)
