"""Who came into the country and was reported by nobody: who counts as reported, who is sought."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import TextClause, text

from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.crosscheck.findings import holders
from apoa.crosscheck.findings.dismiss import dismiss_finding
from apoa.crosscheck.findings.listing import get_finding
from apoa.crosscheck.findings.models import FindingState
from apoa.crosscheck.models import Match
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.permits.content import PermitContent
from apoa.properties.working_areas import set_working_area
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.findings.support import (
    ARRIVAL,
    findings,
    later,
    make_permit,
    night,
    nov,
    on_day,
    register,
    report,
    the_finding,
    work,
)

SOUGHT = "no-stay-reported"


def voa(cast: Cast, **changes: Any) -> PermitContent:
    """Came in on the 10th on a VoA that Bengkulu looks after."""
    values = {"kind": "voa", "entered_on": nov(10), "issuing_office_id": cast.office_bengkulu}
    found: PermitContent = make_permit(**(values | changes))
    return found


def test_who_was_reported_on_another_permit_is_not_sought(cast: Cast) -> None:
    """Extended under a new number: the stay is matched to one of the two."""
    with on_day(nov(17)):
        register(voa(cast, number="2A11KB0001"))
        register(voa(cast, number="2A11KB0002"))
        report(cast)
        work()
        night()
        assert findings(SOUGHT) == []


def test_who_was_reported_on_a_permit_that_the_match_names_is_not_sought(cast: Cast) -> None:
    """No document in common: the names and the birth date alone said that they are one."""
    with on_day(nov(17)):
        register(voa(cast, number="2A11KB0001"))
        other = register(voa(cast, number="2A11KB0002", document="QQ123456", given_names="KARIN"))
        stay_id = report(cast)
        work()
        night()
        assert the_finding(SOUGHT).permit_id == other
        with scope(EVERYWHERE):
            session().get_one(Match, (cast.property_a, stay_id)).other_permits = [other]
            session().commit()
        night()
        assert the_finding(SOUGHT).state == FindingState.CLOSED_ITSELF
        with scope(EVERYWHERE):
            session().get_one(Match, (cast.property_a, stay_id)).other_permits = []
            session().commit()
        night()
        assert the_finding(SOUGHT).state == FindingState.OPEN


@pytest.mark.parametrize(("out_on", "is_sought"), [(None, False), (11, False), (10, True)])
def test_who_was_in_house_on_the_day_of_entry_is_not_sought(
    cast: Cast, out_on: int | None, is_sought: bool
) -> None:
    with on_day(nov(18)):
        register(voa(cast, entered_on=nov(11)))
        stay_id = report(cast)
        if out_on is not None:
            clerk, at = cast.act_as("clerk_a"), ARRIVAL + timedelta(days=out_on - 10, hours=1)
            check_out_stay(clerk, cast.property_a, stay_id, at, source=Source.WEB)
        work()
        night()
        assert bool(findings(SOUGHT)) == is_sought


def test_a_converted_permit_is_followed_by_another(cast: Cast) -> None:
    with on_day(nov(17)):
        register(voa(cast))
        work()
        night()
        assert the_finding(SOUGHT).state == FindingState.OPEN
        converted = voa(cast, status="converted", status_on=nov(16))
        register(converted, as_of=later(7))
        work()
        night()
        assert the_finding(SOUGHT).state == FindingState.CLOSED_ITSELF
        register(replace(converted, number="2A11KB0007"), as_of=later(7))
        work()
        night()
        assert len(findings(SOUGHT)) == 1


def test_another_entry_is_another_question(cast: Cast) -> None:
    """Also in the area of an office that was not the one to dismiss it."""
    with on_day(nov(17)):
        region = {"region_code": "35.72.01.1001", "issuing_office_id": None}
        register(voa(cast, entered_on=nov(8), **region))
        work()
        night()
        dismissed = the_finding(SOUGHT)
        dismiss_finding(cast.act_as("supervisor_blitar"), dismissed.id, "menginap di keluarga")
        night()
        assert the_finding(SOUGHT).state == FindingState.DISMISSED
        set_working_area(cast.act_as("directorate"), "35.72", cast.office_bengkulu)
        register(voa(cast, entered_on=nov(10), **region), as_of=later(7))
        work()
        night()
        again = the_finding(SOUGHT)
        assert (again.state, again.office_id) == (FindingState.OPEN, cast.office_bengkulu)
        events = get_finding(cast.act_as("supervisor_bengkulu"), again.id).events
        assert [event.act for event in events] == ["opened", "dismissed", "reopened"]
        assert again.id == dismissed.id


@pytest.mark.parametrize("name", ["_HOLDERS", "_SOUGHT"])
def test_under_row_security_no_table_is_read_in_vain(cast: Cast, name: str) -> None:
    statement: TextClause = getattr(holders, name)
    given = {
        "ids": [new_id()],
        "today": now().date(),
        "entered_on": date(1900, 1, 1),
        "id": new_id(),
        "last_on": now().date(),
        "kinds": ["voa"],
        "most": 200,
    }
    wanted = {one: given[one] for one in statement._bindparams}
    with scope(EVERYWHERE):
        session().execute(text("SET LOCAL enable_seqscan = off"))
        rows = session().execute(text(f"EXPLAIN {statement.text}"), wanted)
        plan = "\n".join(row[0] for row in rows)
        session().rollback()
    assert "Seq Scan" not in plan, plan
