"""Versions of rules, offices' switches, rates of fines, and what a change would have made."""

from dataclasses import replace
from typing import Any

import pytest

from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.crosscheck.findings.models import FindingState
from apoa.crosscheck.findings.trial import try_rule
from apoa.crosscheck.rules.change import RuleChange, read_rule_change, set_rule
from apoa.crosscheck.rules.facts import FineRate
from apoa.crosscheck.rules.fine_rates import list_fine_rates, set_fine_rate
from apoa.crosscheck.rules.fines import fine_for
from apoa.crosscheck.rules.rulebook import read_fine_rates, read_rulebook
from apoa.crosscheck.rules.switch import switch_rule
from apoa.crosscheck.rules.views import get_rule, list_rules
from apoa.db.base import session
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from tests.cast import Cast
from tests.crosscheck.findings.support import (
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

MOVER = "frequent-mover"


def change(rule: str = MOVER, day: int = 13, **changes: Any) -> RuleChange:
    data = {
        "parameters": {},
        "severity": "low",
        "handled_by": "supervision",
        "legal_basis_id": "UU 6/2011 pasal 71",
        "legal_basis_en": "Law 6/2011 article 71",
        "effective_from": nov(day).isoformat(),
    } | changes
    return read_rule_change(rule, data)


def test_every_rule_stands_in_the_register_as_shipped(cast: Cast) -> None:
    rules = list_rules(cast.act_as("insarkom_bengkulu"))
    assert len(rules) == 16
    for one in rules:
        assert one.current.version == 1
        assert one.is_on(cast.office_bengkulu)
        for words in (one.shipped.name, one.shipped.says, one.shipped.legal_basis):
            assert words.indonesian
            assert words.english
            assert words.in_locale("en") != words.in_locale("id")


def test_a_change_is_in_force_from_its_day_on(cast: Cast) -> None:
    with on_day(nov(13)):
        set_rule(
            cast.act_as("directorate"), MOVER, change(day=15, parameters={"most_properties": "3"})
        )
        view = get_rule(cast.act_as("directorate"), MOVER)
        assert (view.current.version, view.versions[0].version) == (1, 2)
        book = read_rulebook()
        for day, most in ((14, 6), (15, 3)):
            rule = book.find(MOVER, cast.office_bengkulu, nov(day))
            assert rule is not None
            assert rule.parameters["most_properties"] == most
    with on_day(nov(15)):
        assert get_rule(cast.act_as("auditor"), MOVER).current.created_by == "Directorate"


def test_a_change_says_something_new_and_not_of_the_past(cast: Cast) -> None:
    with on_day(nov(13)):
        with pytest.raises(StateConflict) as as_before:
            set_rule(cast.act_as("directorate"), MOVER, change())
        assert as_before.value.problems[0].code == "rule-as-before"
        with pytest.raises(InvalidInput) as caught:
            change(day=12, parameters={"most_properties": "many", "colour": 1}, severity="dreadful")
        assert {one.pointer: one.code for one in caught.value.problems} == {
            "/parameters/most_properties": "not-a-number",
            "/parameters/colour": "unknown-field",
            "/severity": "not-a-choice",
            "/effective_from": "rule-in-past",
        }
        for faulty, code in (("0", "out-of-range"), ("", "required"), (True, "not-a-number")):
            with pytest.raises(InvalidInput) as one:
                change(parameters={"most_properties": faulty})
            assert one.value.problems[0].code == code
        actor = cast.act_as("directorate")
        set_rule(actor, MOVER, change(parameters={"most_properties": 3}))
        with pytest.raises(StateConflict) as twice:
            set_rule(actor, MOVER, change(parameters={"most_properties": 4}))
        assert twice.value.problems[0].code == "rule-already-set"
        with pytest.raises(NotFound):
            read_rule_change("no-such-rule", {})


@pytest.mark.parametrize("name", ["head_bengkulu", "insarkom_bengkulu", "auditor", "clerk_a"])
def test_only_the_directorate_changes_rules_and_rates(cast: Cast, name: str) -> None:
    with on_day(nov(13)):
        actor = cast.act_as(name)
        with pytest.raises(NotAllowed):
            set_rule(actor, MOVER, change(parameters={"most_properties": 3}))
        with pytest.raises(NotAllowed):
            try_rule(actor, MOVER, change(parameters={"most_properties": 3}))
        with pytest.raises(NotAllowed):
            set_fine_rate(actor, FineRate(nov(20), 1, 60), None)


def test_a_change_asks_again_about_the_guests_it_can_affect(cast: Cast) -> None:
    """Seven days are let pass from the 14th on: not for who had left before."""
    with on_day(nov(13)):
        register(make_permit(status="revoked", status_on=nov(11)))
        here, gone = report(cast), report(cast, "property_b")
        clerk = cast.act_as("clerk_b")
        check_out_stay(clerk, cast.property_b, gone, later(2), source=Source.WEB)
        work()
        assert {one.stay_id for one in findings("permit-cancelled")} == {here, gone}
    with on_day(nov(14)):
        basis = {
            "severity": "high",
            "legal_basis_id": "UU 6/2011 pasal 78 dan 119",
            "legal_basis_en": "Law 6/2011 articles 78 and 119",
        }
        mild = change("permit-cancelled", 14, parameters={"days_to_leave": 7}, **basis)
        set_rule(cast.act_as("directorate"), "permit-cancelled", mild)
        work()
        states = {one.stay_id: one.state for one in findings("permit-cancelled")}
        assert states == {here: FindingState.CLOSED_ITSELF, gone: FindingState.OPEN}
        check_again(cast, gone, "property_b")
        assert len(findings("permit-cancelled")) == 2


def test_an_office_that_switched_a_rule_off_has_no_such_findings(cast: Cast) -> None:
    with on_day(nov(13)):
        register(make_permit(valid_until=nov(11)))
        stay_id = report(cast)
        work()
        assert the_finding("permit-expired").state == FindingState.OPEN
        head = cast.act_as("head_bengkulu")
        switch_rule(
            head,
            cast.office_bengkulu,
            "permit-expired",
            enabled=False,
            effective_from=nov(13),
            reason="uji coba",
        )
        work()
        assert the_finding("permit-expired").state == FindingState.CLOSED_ITSELF
        view = get_rule(cast.act_as("head_bengkulu"), "permit-expired")
        assert [one.office_id for one in view.off_in] == [cast.office_bengkulu]
        # Another office still asks it.
        elsewhere = report(cast, "property_c", document_number="Z9", surname="BERG")
        register(make_permit("2A11KB0009", "Z9", surname="BERG", valid_until=nov(11)))
        work()
        assert elsewhere in {one.stay_id for one in findings("permit-expired")}
        switch_rule(
            cast.act_as("head_bengkulu"),
            cast.office_bengkulu,
            "permit-expired",
            enabled=True,
            effective_from=nov(13),
            reason="selesai",
        )
        work()
        [again] = [one for one in findings("permit-expired") if one.stay_id == stay_id]
        assert acts_of(again) == ["opened", "closed_itself", "reopened"]


def test_a_switch_taken_back_before_the_first_was_walked_over(cast: Cast) -> None:
    with on_day(nov(13)):
        register(make_permit(valid_until=nov(11)))
        report(cast)
        work()
        for enabled in (False, True):
            switch_rule(
                cast.act_as("head_bengkulu"),
                cast.office_bengkulu,
                "permit-expired",
                enabled=enabled,
                effective_from=nov(13),
                reason="salah tekan",
            )
        work()
        assert acts_of(the_finding("permit-expired")) == ["opened"]


def test_a_switch_to_come_changes_nothing_yet(cast: Cast) -> None:
    with on_day(nov(13)):
        head, office = cast.act_as("head_bengkulu"), cast.office_bengkulu
        off: dict[str, Any] = {"enabled": False, "reason": "nanti"}
        switch_rule(head, office, MOVER, effective_from=nov(20), **off)
        book = read_rulebook()
        assert book.is_on(MOVER, office, nov(19))
        assert not book.is_on(MOVER, office, nov(20))
        assert book.is_on(MOVER, cast.office_blitar, nov(20))
        with pytest.raises(StateConflict):
            switch_rule(head, office, MOVER, effective_from=nov(21), **off)
        with pytest.raises(InvalidInput):
            switch_rule(head, office, MOVER, effective_from=nov(12), **off)
        with pytest.raises(InvalidInput):
            switch_rule(head, office, MOVER, effective_from=nov(13), enabled=False, reason="  ")


def test_a_head_switches_in_their_own_office_only(cast: Cast) -> None:
    off: dict[str, Any] = {"enabled": False, "reason": "uji", "effective_from": nov(13)}
    with on_day(nov(13)):
        with pytest.raises(NotFound):
            switch_rule(cast.act_as("head_bengkulu"), cast.office_blitar, MOVER, **off)
        with pytest.raises(NotAllowed):
            switch_rule(cast.act_as("insarkom_bengkulu"), cast.office_bengkulu, MOVER, **off)
        with pytest.raises(NotFound):
            switch_rule(cast.act_as("head_bengkulu"), cast.office_bengkulu, "nonsense", **off)


def test_a_rate_counts_from_its_day_on(cast: Cast) -> None:
    with on_day(nov(13)):
        actor = cast.act_as("directorate")
        set_fine_rate(actor, FineRate(nov(15), 2_000_000, 30), "PP contoh")
        assert fine_for(read_fine_rates(), nov(14), nov(15)) == 3_000_000
        first = list_fine_rates(actor)[0]
        assert (first.source, first.is_in_force) == ("PP contoh", False)
        with pytest.raises(StateConflict):
            set_fine_rate(actor, FineRate(nov(15), 1, 30), None)
        with pytest.raises(InvalidInput) as caught:
            set_fine_rate(actor, FineRate(nov(12), -1, 0), None)
        assert len(caught.value.problems) == 3


def test_a_trial_says_how_many_more_and_fewer_and_writes_nothing(cast: Cast) -> None:
    with on_day(nov(13)):
        register(make_permit(status="revoked", status_on=nov(11)))
        stay_id = report(cast)
        report(cast, "property_c", document_number="Z9", surname="BERG", given_names="KARIN")
        work()
        before = len(findings())
        actor = cast.act_as("directorate")
        asked = change("permit-cancelled", parameters={"days_to_leave": 7})
        outcome = try_rule(actor, "permit-cancelled", asked)
        assert (outcome.more, outcome.fewer, outcome.same) == (0, 1, 0)
        assert (outcome.tried, outcome.every) == (2, 1)
        session().rollback()
        assert len(findings()) == before
        stricter = change("departure-not-reported", parameters={"after_days": 0})
        with_overdue = replace(stricter, effective_from=nov(14))
    with on_day(nov(14)):
        outcome = try_rule(cast.act_as("directorate"), "departure-not-reported", with_overdue)
        assert (outcome.more, outcome.fewer, outcome.same) == (2, 0, 0)
        check_again(cast, stay_id)


def test_a_trial_of_rules_about_lodgings_and_permits(cast: Cast) -> None:
    with on_day(nov(25)):
        register(
            make_permit(kind="voa", entered_on=nov(10), issuing_office_id=cast.office_bengkulu)
        )
        sooner = change("no-stay-reported", 25, parameters={"after_days": 20})
        actor = cast.act_as("directorate")
        outcome = try_rule(actor, "no-stay-reported", sooner)
        assert (outcome.more, outcome.fewer, outcome.same, outcome.tried) == (0, 1, 0, 1)
        impatient = change("silent-property", 25, parameters={"never_days": 1})
        assert try_rule(actor, "silent-property", impatient).tried == 3
