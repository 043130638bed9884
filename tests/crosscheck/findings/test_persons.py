"""Causes made of several stays and several permits of one person, from the tables themselves."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from apoa.crosscheck.findings.models import FindingState
from apoa.crosscheck.rules.change import set_rule
from apoa.permits.content import DocumentContent
from apoa.stays.cancel import cancel_stay
from apoa.stays.models import Source
from tests.cast import Cast
from tests.crosscheck.findings.support import (
    ARRIVAL,
    acts_of,
    check_again,
    findings,
    later,
    make_permit,
    nov,
    on_day,
    register,
    report,
    the_finding,
    work,
)
from tests.crosscheck.findings.test_rules_in_force import change

MOVER = "frequent-mover"


def moved(cast: Cast) -> list[UUID]:
    """Two days in each lodging of the cast, where more than one lodging is many."""
    with on_day(nov(10)):
        many = change(day=10, parameters={"most_properties": 1})
        set_rule(cast.act_as("directorate"), MOVER, many)
    register(make_permit())
    stays = [
        report(
            cast,
            f"property_{letter}",
            checked_in_at=ARRIVAL + timedelta(days=2 * number),
            checked_out_at=ARRIVAL + timedelta(days=2 * number + 2),
            expected_departure_on=nov(12 + 2 * number),
        )
        for number, letter in enumerate("abc")
    ]
    work()
    return stays


def cancel(cast: Cast, letter: str, stay_id: UUID) -> None:
    clerk, property_id = cast.act_as(f"clerk_{letter}"), cast.properties[f"property_{letter}"]
    cancel_stay(clerk, property_id, stay_id, reason="salah tamu", source=Source.WEB)
    work()


def test_a_person_who_moves_often_is_one_finding_where_they_went_last(cast: Cast) -> None:
    with on_day(nov(20)):
        stays = moved(cast)
        finding = the_finding(MOVER)
        assert (finding.stay_id, finding.office_id) == (stays[-1], cast.office_blitar)
        assert set(finding.stay_ids) == set(stays)
        assert finding.evidence["properties"] == 3


def test_a_stay_taken_back_shortens_the_run_and_then_ends_it(cast: Cast) -> None:
    with on_day(nov(20)):
        stays = moved(cast)
        cancel(cast, "c", stays[2])
        finding = the_finding(MOVER)
        assert (finding.state, finding.stay_id) == (FindingState.OPEN, stays[1])
        assert set(finding.stay_ids) == set(stays[:2])
        cancel(cast, "a", stays[0])
        assert the_finding(MOVER).state == FindingState.CLOSED_ITSELF


def test_another_permit_of_the_same_holder_covers_the_days(cast: Cast) -> None:
    """A renewed permit with the old passport and a new one beside it."""
    with on_day(nov(13)):
        register(make_permit(valid_until=nov(11)))
        report(cast)
        work()
        assert the_finding("permit-expired").state == FindingState.OPEN
        papers = (DocumentContent("NEW12345", "SWE"), DocumentContent("L898902C3", "SWE"))
        renewed = make_permit("2A11KB0777", valid_from=nov(11), documents=papers)
        register(renewed, as_of=later(3))
        work()
        assert the_finding("permit-expired").state == FindingState.CLOSED_ITSELF


def test_a_permit_under_another_passport_alone_covers_too(cast: Cast) -> None:
    """The same holder by name and birth, though no document is common to both permits."""
    with on_day(nov(13)):
        register(make_permit(valid_until=nov(11)))
        report(cast)
        work()
        assert the_finding("permit-expired").state == FindingState.OPEN
        register(make_permit("2A11KB0779", "NEW12345", valid_from=nov(11)), as_of=later(3))
        work()
        assert the_finding("permit-expired").state == FindingState.CLOSED_ITSELF


def test_the_list_of_nationalities_is_that_of_the_table(cast: Cast) -> None:
    with on_day(nov(13)):
        voa = make_permit(kind="voa", entered_on=nov(9))
        register(replace(voa, nationality="AFG"))
        report(cast, nationality="AFG")
        work()
        assert the_finding("nationality-not-eligible").evidence["nationality"] == "AFG"
        register(make_permit("2A11KB0778", "K1", kind="voa", entered_on=nov(9), surname="BERG"))
        report(cast, "property_c", document_number="K1", surname="BERG")
        work()
        assert len(findings("nationality-not-eligible")) == 1


def test_a_resident_far_from_home(cast: Cast) -> None:
    with on_day(nov(10)):
        few = change("away-from-address", 10, parameters={"most_nights": 2})
        set_rule(cast.act_as("directorate"), "away-from-address", few)
    with on_day(nov(12)):
        register(make_permit(kind="itas", region_code="17.02"))
        stay_id = report(cast)
        work()
        assert findings("away-from-address") == []
    with on_day(nov(13)):
        # Nothing was reported; the night's walk over the guests in house asks again.
        check_again(cast, stay_id)
        finding = the_finding("away-from-address")
        assert finding.evidence["registered_region"] == "17.02"
        assert finding.stay_id == stay_id
        assert acts_of(finding) == ["opened"]
