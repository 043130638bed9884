"""A finding made of several stays follows its owner's facts alone, and comes to rest."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from apoa.crosscheck.findings import settle as module
from apoa.crosscheck.findings.models import Finding, FindingState
from apoa.crosscheck.recheck import recheck_present_guests
from apoa.crosscheck.rules.facts import Facts
from apoa.crosscheck.rules.rulebook import Rulebook
from apoa.crosscheck.rules.switch import switch_rule
from apoa.db.base import session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.findings.support import (
    ARRIVAL,
    acts_of,
    check_again,
    findings,
    make_permit,
    make_rule,
    nov,
    on_day,
    register,
    report,
    the_finding,
    work,
)

Stays = list[tuple[str, UUID]]
LODGINGS = ("property_c", "property_a", "property_b")


def switch_off(cast: Cast, rule: str, day: int) -> None:
    head = cast.act_as("head_bengkulu")
    off: dict[str, Any] = {"enabled": False, "effective_from": nov(day), "reason": "uji coba"}
    switch_rule(head, cast.office_bengkulu, rule, **off)


def overlapping(cast: Cast) -> Stays:
    """Three lodgings, a night in two of them at once; in house in the last alone, in Bengkulu."""
    stays = [
        (name, report(cast, name, checked_in_at=ARRIVAL + timedelta(days=number)))
        for number, name in enumerate(LODGINGS)
    ]
    for name, stay_id in stays[:-1]:
        clerk, out_at = cast.act_as(f"clerk_{name[-1]}"), ARRIVAL + timedelta(days=3)
        check_out_stay(clerk, cast.properties[name], stay_id, out_at, source=Source.WEB)
    return stays


def of_owner(rule: str, stays: Stays) -> Finding:
    """The finding of the pair, or the run, that ends with the last stay."""
    return next(one for one in findings(rule) if set(one.stay_ids) >= {stays[0][1], stays[-1][1]})


def written() -> list[tuple[Any, ...]]:
    """Findings, their history, and the jobs that wait: each row in the version it is of."""
    set_scope(EVERYWHERE)
    rows = [
        tuple(row)
        for table in ("findings", "finding_events", "procrastinate_jobs")
        for row in session().execute(text(f"SELECT xmin, ctid, * FROM {table}"))  # noqa: S608
    ]
    session().rollback()
    set_scope(NOTHING)
    return rows


def walk(cast: Cast, stays: Stays) -> None:
    """A night: every one of the person's stays is asked about, whoever was first."""
    for name, stay_id in (*stays, *reversed(stays)):
        check_again(cast, stay_id, name)
    recheck_present_guests("Asia/Jakarta")
    work()


def lenient_mover(cast: Cast) -> None:
    make_rule(cast, "frequent-mover", 16, most_properties=8)


def off_for_the_owner(rule: str) -> Callable[[Cast], None]:
    return lambda cast: switch_off(cast, rule, 16)


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("frequent-mover", lenient_mover),
        ("frequent-mover", off_for_the_owner("frequent-mover")),
        ("two-places", off_for_the_owner("two-places")),
        ("away-from-address", off_for_the_owner("away-from-address")),
    ],
)
def test_who_left_before_does_not_open_again_what_the_owner_closed(
    cast: Cast, rule: str, change: Callable[[Cast], None]
) -> None:
    with on_day(nov(9)):
        make_rule(cast, "frequent-mover", 9, most_properties=2)
        make_rule(cast, "away-from-address", 9, most_nights=2)
        register(make_permit(kind="itas", region_code="31.71.01.1001"))
    with on_day(nov(15)):
        stays = overlapping(cast)
        work()
        opened = of_owner(rule, stays)
        assert (opened.stay_id, opened.state) == (stays[-1][1], FindingState.OPEN)
    with on_day(nov(16)):
        change(cast)
        work()
        walk(cast, stays)
        closed = of_owner(rule, stays)
        assert (closed.id, closed.state) == (opened.id, FindingState.CLOSED_ITSELF)
        assert acts_of(closed) == ["opened", "closed_itself"]
    with on_day(nov(17)):
        walk(cast, stays)
        before = written()
        walk(cast, stays)
        assert written() == before
        assert acts_of(of_owner(rule, stays)) == ["opened", "closed_itself"]


def test_the_owner_is_asked_by_who_sees_it_first(cast: Cast) -> None:
    """A stricter rule for those in house today holds for the whole run that ends with them."""
    with on_day(nov(15)):
        register(make_permit())
        stays = overlapping(cast)
        work()
        assert findings("frequent-mover") == []
    with on_day(nov(16)):
        make_rule(cast, "frequent-mover", 16, most_properties=2)
        session().execute(text("DELETE FROM procrastinate_jobs"))
        session().commit()
        check_again(cast, stays[0][1], LODGINGS[0])
        assert the_finding("frequent-mover").stay_id == stays[-1][1]
        assert acts_of(the_finding("frequent-mover")) == ["opened"]


def test_a_patrol_on_its_way_is_told_once_and_nobody_asks_without_end(cast: Cast) -> None:
    with on_day(nov(15)):
        register(make_permit())
        stays = overlapping(cast)
        work()
        sent = of_owner("two-places", stays)
        with scope(EVERYWHERE):
            session().get_one(Finding, sent.id).state = FindingState.IN_FIELD
            session().commit()
    with on_day(nov(16)):
        switch_off(cast, "two-places", 16)
        work()
        walk(cast, stays)
        assert acts_of(sent) == ["opened", "cause_gone"]
        before = written()
        walk(cast, stays)
        assert written() == before


def test_who_sees_less_takes_nothing_from_the_owner(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that one of two stays knows of leads from one to the other, and not back."""
    with on_day(nov(9)):
        make_rule(cast, "frequent-mover", 9, most_properties=1)
    with on_day(nov(15)):
        register(make_permit())
        stays = overlapping(cast)
        work()
        owner, blind = stays[-1][1], stays[1][1]
        assert of_owner("frequent-mover", stays).stay_id == owner
        before = acts_of(of_owner("frequent-mover", stays))
        gather = module.causes_of

        def without_the_owner(facts: Facts, rules: Rulebook) -> Any:
            return gather(forget(facts, owner) if facts.stay.stay_id == blind else facts, rules)

        monkeypatch.setattr(module, "causes_of", without_the_owner)
        check_again(cast, blind, LODGINGS[1])
        assert of_owner("frequent-mover", stays).stay_id == owner
        unchanged = written()
        check_again(cast, blind, LODGINGS[1])
        assert written() == unchanged
        assert acts_of(of_owner("frequent-mover", stays)) == before


def forget(facts: Facts, stay_id: UUID) -> Facts:
    object.__setattr__(
        facts, "others", tuple(one for one in facts.others if one.stay_id != stay_id)
    )
    return facts
