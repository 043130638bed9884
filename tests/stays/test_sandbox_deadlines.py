"""Test stays have the deadlines that real ones have, and no officer hears of them."""

from dataclasses import replace

import pytest

from apoa.access.actors import Actor
from apoa.access.roles import Role
from apoa.base.clock import now, pretend
from apoa.db.scope import set_scope
from apoa.properties.content import read_content
from apoa.properties.edit import edit_property
from apoa.properties.sandbox import ensure_sandbox
from apoa.properties.schemas import RegistrationSchema
from apoa.stays.deadlines import set_deadline
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report
from tests.properties.support import read_everywhere
from tests.stays.outage_hours import NOON, at, declare, report_at, stored
from tests.webhooks.conftest import everything

MOVED = "SELECT detail FROM audit_rows WHERE action = 'declare_outage' ORDER BY at"


@pytest.fixture
def tester(cast: Cast) -> Actor:
    """Somebody who reports in the sandbox of lodging A."""
    cast.act_as("manager_ab")
    twin = ensure_sandbox(cast.property_a)
    return replace(cast.actor("clerk_a"), property_roles={twin: Role.CLERK})


def report_test(tester: Actor, hours: float) -> None:
    """A guest of the sandbox who checked in at noon is reported then."""
    set_scope(tester.scope)
    with pretend(at(hours)):
        [twin] = tester.property_roles
        report_stay(tester, twin, make_report(checked_in_at=NOON), source=Source.API)


def test_an_outage_moves_them_and_counts_real_ones_alone(cast: Cast, tester: Actor) -> None:
    report_test(tester, 26)
    declare(cast, 2, 5)
    assert stored(cast) == ("extended", 27)
    assert [row.detail["deadlines_moved"] for row in everything(MOVED)] == [0]
    report_at(cast, 20)
    declare(cast, 6, 7)
    assert [row.detail["deadlines_moved"] for row in everything(MOVED)] == [0, 1]


def test_the_own_deadline_of_the_office_is_theirs_too(cast: Cast, tester: Actor) -> None:
    with pretend(at(-48)):
        set_deadline(cast.act_as("directorate"), cast.office_bengkulu, 12, now())
        set_deadline(cast.act_as("directorate"), cast.office_blitar, 6, now())
    report_test(tester, 13)
    assert stored(cast) == ("late", 12)
    declare(cast, 2, 5)
    assert stored(cast) == ("extended", 15)


def test_a_lodging_that_moves_takes_its_sandbox_along(cast: Cast, tester: Actor) -> None:
    with pretend(at(-48)):
        set_deadline(cast.act_as("directorate"), cast.office_blitar, 6, now())
    content = read_content(read_everywhere(cast.property_a))
    moved = RegistrationSchema().read(content | {"region_code": "35.72.01.1001"})
    edit_property(cast.act_as("manager_ab"), cast.property_a, moved)
    report_test(tester, 8)
    assert stored(cast) == ("late", 6)


def test_a_lodging_without_a_sandbox_gets_none_by_an_edit(cast: Cast) -> None:
    content = read_content(read_everywhere(cast.property_a))
    renamed = RegistrationSchema().read(content | {"name": "Hotel Panjang"})
    edit_property(cast.act_as("manager_ab"), cast.property_a, renamed)
    assert everything("SELECT 1 FROM properties WHERE sandbox_of IS NOT NULL") == []
