"""What only time brings: the nightly walk over lodgings, permit holders and stays that wait."""

from datetime import UTC, datetime, timedelta

from apoa.base.clock import pretend
from apoa.crosscheck.findings.models import FindingState
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.properties.models import Property
from apoa.stays.outages import declare_outage
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.findings.support import (
    ARRIVAL,
    acts_of,
    feed_as_of,
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


def visitor(cast: Cast) -> None:
    """Came in on the 10th on a VoA that Bengkulu looks after."""
    register(make_permit(kind="voa", entered_on=nov(10), issuing_office_id=cast.office_bengkulu))
    work()


def test_a_visitor_whom_nobody_reports_is_sought_after_a_week(cast: Cast) -> None:
    with on_day(nov(16)):
        visitor(cast)
        night()
        assert findings("no-stay-reported") == []
    with on_day(nov(17)):
        night()
        night()
        finding = the_finding("no-stay-reported")
        assert (finding.office_id, finding.stay_id) == (cast.office_bengkulu, None)
        assert acts_of(finding) == ["opened"]


def test_the_search_ends_with_the_first_report(cast: Cast) -> None:
    with on_day(nov(17)):
        visitor(cast)
        night()
        report(cast, checked_in_at=later(6), expected_departure_on=nov(20))
        work()
        assert the_finding("no-stay-reported").state == FindingState.CLOSED_ITSELF


def test_the_search_ends_when_the_permit_does(cast: Cast) -> None:
    with on_day(nov(17)):
        visitor(cast)
        night()
    with on_day(datetime(2026, 12, 1, tzinfo=UTC).date()):
        night()
        assert the_finding("no-stay-reported").state == FindingState.CLOSED_ITSELF


def test_who_was_reported_is_not_sought_and_a_permit_of_no_area_is_nobodys(cast: Cast) -> None:
    with on_day(nov(17)):
        visitor(cast)
        report(cast)
        register(make_permit("2A11KB0003", "Q77", surname="LUND", entered_on=nov(9)))
        work()
        night()
        assert findings("no-stay-reported") == []


def test_the_registered_address_names_the_office_where_none_issued(cast: Cast) -> None:
    with on_day(nov(17)):
        register(make_permit(entered_on=nov(9), region_code="35.72.01.1001"))
        work()
        night()
        assert the_finding("no-stay-reported").office_id == cast.office_blitar


def approved_on(cast: Cast, name: str, at: datetime) -> None:
    with scope(EVERYWHERE):
        session().get_one(Property, cast.properties[name]).approved_at = at
        session().commit()


def test_a_lodging_that_never_reported_is_named_until_it_does(cast: Cast) -> None:
    approved_on(cast, "property_a", ARRIVAL - timedelta(days=60))
    with on_day(nov(10)):
        night()
        finding = the_finding("silent-property")
        assert finding.property_id == cast.property_a
        assert finding.stay_id is None
        report(cast)
        work()
        assert the_finding("silent-property").state == FindingState.CLOSED_ITSELF


def test_a_lodging_that_used_to_report_falls_silent(cast: Cast) -> None:
    approved_on(cast, "property_a", ARRIVAL - timedelta(days=400))
    for number in range(3):
        at = ARRIVAL + timedelta(hours=number)
        with pretend(at + timedelta(hours=1)):
            report(cast, checked_in_at=at, document_number=f"D{number}X", surname=f"ERIK{number}")
    with on_day(datetime(2026, 12, 9, tzinfo=UTC).date()):
        night()
        assert findings("silent-property") == []
    with on_day(datetime(2026, 12, 10, tzinfo=UTC).date()):
        night()
        assert the_finding("silent-property").evidence["reports_before"] == 3


def test_no_permit_waits_for_the_register_and_then_for_supervision(cast: Cast) -> None:
    with on_day(nov(11)):
        report(cast)
        work()
        assert findings("no-permit") == []
        feed_as_of(ARRIVAL + timedelta(hours=47))
        night()
        assert findings("no-permit") == []
    with on_day(nov(12)):
        feed_as_of(ARRIVAL + timedelta(hours=48))
        night()
        assert the_finding("no-permit").handled_by == "insarkom"
    with on_day(nov(14)):
        night()
        assert the_finding("no-permit").handled_by == "insarkom"
    with on_day(nov(15)):
        night()
        finding = the_finding("no-permit")
        assert finding.handled_by == "supervision"
        assert acts_of(finding) == ["opened", "handed_over"]
        register(make_permit(), as_of=later(5))
        work()
        assert the_finding("no-permit").state == FindingState.CLOSED_ITSELF


def test_an_outage_declared_afterwards_excuses_a_late_report(cast: Cast) -> None:
    with on_day(nov(13)):
        report(cast)
        work()
        assert the_finding("late-report").evidence["minutes_late"] == 48 * 60
        declare_outage(
            cast.act_as("directorate"), starts_at=later(0), ends_at=later(3), reason="listrik"
        )
        night()
        assert the_finding("late-report").state == FindingState.CLOSED_ITSELF
