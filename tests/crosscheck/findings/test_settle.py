"""Findings open once, follow the facts, close by themselves, and open again."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from apoa.base.clock import now
from apoa.crosscheck.findings.dismiss import dismiss_finding
from apoa.crosscheck.findings.models import Finding, FindingState
from apoa.crosscheck.findings.settle import causes_of, settle
from apoa.crosscheck.gather import gather_stays
from apoa.crosscheck.rules.rulebook import read_rulebook
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from tests.cast import EVERYWHERE, Cast
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
from tests.factories import make_report


def expired_stay(cast: Cast) -> UUID:
    """In house since the 10th on a permit until the 11th; it is the 13th."""
    register(make_permit(valid_until=nov(11)))
    stay_id = report(cast)
    work()
    return stay_id


def cancel(cast: Cast, property_name: str, stay_id: UUID) -> None:
    clerk = cast.act_as(f"clerk_{property_name[-1]}")
    property_id = cast.properties[property_name]
    cancel_stay(clerk, property_id, stay_id, reason="salah tamu", source=Source.WEB)


def test_a_finding_is_made_once_and_running_again_changes_nothing(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = expired_stay(cast)
        first = the_finding("permit-expired")
        assert first.state == FindingState.OPEN
        assert (first.property_id, first.stay_id) == (cast.property_a, stay_id)
        assert first.office_id == cast.office_bengkulu
        assert first.evidence["days_over"] == 2
        check_again(cast, stay_id)
        again = the_finding("permit-expired")
        assert (again.id, again.updated_at) == (first.id, first.updated_at)
        assert acts_of(again) == ["opened"]


def test_evidence_grows_without_another_entry_of_the_history(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = expired_stay(cast)
    with on_day(nov(14)):
        check_again(cast, stay_id)
        finding = the_finding("permit-expired")
        assert finding.evidence["days_over"] == 3
        assert acts_of(finding) == ["opened"]


def test_no_document_number_stands_in_the_evidence(cast: Cast) -> None:
    with on_day(nov(13)):
        register(make_permit(valid_until=nov(11), document="X1234567"))
        report(cast)
        work()
        assert {one.rule for one in findings()} >= {"permit-expired", "document-mismatch"}
        for one in findings():
            assert "L898902C3" not in str(one.evidence)
            assert "X1234567" not in str(one.evidence)
            assert "ERIKSSON" not in str(one.evidence)


def test_an_extension_closes_the_finding_and_its_end_opens_it_again(cast: Cast) -> None:
    with on_day(nov(13)):
        expired_stay(cast)
        opened = the_finding("permit-expired")
        extended = make_permit(valid_until=nov(30), status="extended", status_on=nov(12))
        register(extended, as_of=later(3))
        work()
        closed = the_finding("permit-expired")
        assert (closed.id, closed.state) == (opened.id, FindingState.CLOSED_ITSELF)
        assert closed.closed_at is not None
        register(replace(extended, valid_until=nov(12)), as_of=later(4))
        work()
        again = the_finding("permit-expired")
        assert (again.id, again.state, again.closed_at) == (opened.id, FindingState.OPEN, None)
        assert again.evidence["valid_until"] == "2026-11-12"
        assert acts_of(again) == ["opened", "closed_itself", "reopened"]


def test_a_typing_error_corrected_closes_the_mismatch(cast: Cast) -> None:
    with on_day(nov(11)):
        register(make_permit(document="X1234567"))
        stay_id = report(cast)
        work()
        assert the_finding("document-mismatch").evidence["document_last"] == "2C3"
        corrected = make_report(
            checked_in_at=ARRIVAL, expected_departure_on=nov(13), document_number="X1234567"
        )
        amend_stay(
            cast.act_as("clerk_a"),
            cast.property_a,
            stay_id,
            corrected,
            expected_version=1,
            source=Source.WEB,
        )
        work()
        assert the_finding("document-mismatch").state == FindingState.CLOSED_ITSELF


def test_a_cancelled_stay_closes_its_findings(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = expired_stay(cast)
        cancel(cast, "property_a", stay_id)
        work()
        assert {one.state for one in findings()} == {FindingState.CLOSED_ITSELF}


def test_dismissed_stays_dismissed_until_the_evidence_is_another(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = expired_stay(cast)
        finding = the_finding("permit-expired")
        supervisor = cast.act_as("supervisor_bengkulu")
        dismiss_finding(supervisor, finding.id, "sudah lapor ke kantor")
    with on_day(nov(14)):
        check_again(cast, stay_id)
        assert the_finding("permit-expired").state == FindingState.DISMISSED
        # The register now says another last day: that is another reason.
        register(make_permit(valid_until=nov(12)), as_of=later(4))
        work()
        again = the_finding("permit-expired")
        assert again.state == FindingState.OPEN
        assert acts_of(again) == ["opened", "dismissed", "reopened"]


def put_in(state: str, finding: Finding) -> None:
    with scope(EVERYWHERE):
        row = session().get_one(Finding, finding.id)
        row.state = state
        row.closed_at = now() if state == FindingState.CONFIRMED else None
        session().commit()


def test_what_an_officer_confirmed_stays_as_it_was(cast: Cast) -> None:
    with on_day(nov(13)):
        expired_stay(cast)
        put_in(FindingState.CONFIRMED, the_finding("permit-expired"))
        register(make_permit(valid_until=nov(30)), as_of=later(3))
        work()
        finding = the_finding("permit-expired")
        assert (finding.state, acts_of(finding)) == (FindingState.CONFIRMED, ["opened"])


def test_work_on_a_desk_ends_and_a_patrol_is_only_told(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = expired_stay(cast)
        put_in(FindingState.IN_FIELD, the_finding("permit-expired"))
        register(make_permit(valid_until=nov(30)), as_of=later(3))
        work()
        check_again(cast, stay_id)
        finding = the_finding("permit-expired")
        assert (finding.state, finding.closed_at) == (FindingState.IN_FIELD, None)
        assert acts_of(finding) == ["opened", "cause_gone"]
        put_in(FindingState.IN_WORK, finding)
        check_again(cast, stay_id)
        assert the_finding("permit-expired").state == FindingState.CLOSED_ITSELF


def test_two_places_is_one_finding_of_the_later_lodging(cast: Cast) -> None:
    with on_day(nov(13)):
        register(make_permit())
        first = report(cast)
        second = report(cast, "property_c", checked_in_at=ARRIVAL + timedelta(days=1))
        work()
        finding = the_finding("two-places")
        assert (finding.stay_id, finding.office_id) == (second, cast.office_blitar)
        assert set(finding.stay_ids) == {first, second}
        for stay_id, name in ((first, "property_a"), (second, "property_c")):
            check_again(cast, stay_id, name)
        assert acts_of(the_finding("two-places")) == ["opened"]


@pytest.mark.parametrize("which", ["earlier", "later"])
def test_two_places_ends_when_either_lodging_says_otherwise(cast: Cast, which: str) -> None:
    with on_day(nov(13)):
        register(make_permit())
        first = report(cast)
        second = report(cast, "property_c", checked_in_at=ARRIVAL + timedelta(days=1))
        work()
        assert the_finding("two-places").state == FindingState.OPEN
        if which == "earlier":
            clerk = cast.act_as("clerk_a")
            out_at = ARRIVAL + timedelta(days=1)
            check_out_stay(clerk, cast.property_a, first, out_at, source=Source.WEB)
        else:
            cancel(cast, "property_c", second)
        work()
        assert the_finding("two-places").state == FindingState.CLOSED_ITSELF


def test_a_persons_stays_are_found_by_document_without_any_permit(cast: Cast) -> None:
    with on_day(nov(13)):
        report(cast)
        report(cast, "property_b", checked_in_at=ARRIVAL + timedelta(days=1))
        work()
        assert the_finding("two-places").evidence["nights"] == 2


def test_settling_is_the_same_for_who_asks_twice_at_once(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = expired_stay(cast)
        with scope(EVERYWHERE):
            rules = read_rulebook()
            [facts] = gather_stays([(cast.property_a, stay_id)], rules)
            keys = [one.key for one in causes_of(facts, rules)]
            assert len(keys) == len(set(keys))
            settle(facts)
            settle(facts, rules)
            session().commit()
        assert acts_of(the_finding("permit-expired")) == ["opened"]


def test_a_document_of_another_person_is_a_conflict(cast: Cast) -> None:
    with on_day(nov(11)):
        permit_id = register(
            make_permit(surname="KOWALSKI", given_names="PIOTR", sex="M", birth_date="1991-02-03")
        )
        report(cast)
        work()
        finding = the_finding("identity-conflict")
        assert finding.permit_id == permit_id
        assert "name" in finding.evidence["differing"]
        register(make_permit("2A11KB0002"), as_of=later(1))
        work()
        # Her own permit was found, and the other stands on her document all the same.
        assert the_finding("identity-conflict").state == FindingState.OPEN
