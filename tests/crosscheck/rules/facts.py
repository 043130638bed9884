"""Facts for tests: a guest from 10 to 13 November 2026 in Bengkulu, on an ITK until 30 November."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from apoa.crosscheck.rules.cause import Cause, RuleInForce
from apoa.crosscheck.rules.evaluate import AnyFacts, evaluate
from apoa.crosscheck.rules.facts import Facts, MatchFacts, PermitFacts, StayFacts
from apoa.crosscheck.rules.fines import SHIPPED_RATES
from apoa.crosscheck.rules.rulebook import shipped_rule

OFFICE, OTHER_OFFICE = UUID(int=1), UUID(int=2)
WIB, WITA, WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"


def nov(day: int) -> date:
    return date(2026, 11, day)


GUEST_DAY = nov(12)


def at_noon(day: date, time_zone: str = WIB) -> datetime:
    """Noon of a local day."""
    return datetime.combine(day, time(12), ZoneInfo(time_zone))


def make_stay(number: int = 1, **changes: Any) -> StayFacts:
    """A stay, departed where `checked_out_on` is given; the number names stay and lodging."""
    values: dict[str, Any] = {
        "property_id": UUID(int=100 + number),
        "stay_id": UUID(int=1000 + number),
        "office_id": OFFICE,
        "region_code": "17.71.01.1001",
        "time_zone": WIB,
        "checked_in_on": nov(10),
        "checked_out_on": None,
        "expected_departure_on": nov(13),
        "nationality": "SWE",
        "permit_kind": "itk",
        "deadline_state": "on_time",
    } | changes
    checked_in_at = at_noon(values["checked_in_on"], values["time_zone"]) + timedelta(hours=2)
    values.setdefault("checked_in_at", checked_in_at)
    values.setdefault("first_received_at", values["checked_in_at"])
    values.setdefault("due_at", values["checked_in_at"] + timedelta(hours=24))
    values.setdefault("state", "departed" if values["checked_out_on"] else "in_house")
    return StayFacts(**values)


def make_permit(number: int = 1, **changes: Any) -> PermitFacts:
    values: dict[str, Any] = {
        "permit_id": UUID(int=5000 + number),
        "kind": "itk",
        "nationality": "SWE",
        "valid_from": date(2026, 10, 1),
        "valid_until": nov(30),
    } | changes
    return PermitFacts(**values)


def make_match(permit: PermitFacts | None = None, **changes: Any) -> MatchFacts:
    values: dict[str, Any] = {
        "band": "linked",
        "score": 20.0,
        "permit": permit or make_permit(),
        "document_agrees": True,
        "agreeing": ("birth_date", "document", "name"),
    } | changes
    return MatchFacts(**values)


def make_facts(today: date = GUEST_DAY, **changes: Any) -> Facts:
    """The facts at noon of the lodging's day; `stay`, `permit` and `match` may be given."""
    permit = changes.pop("permit", None)
    stay = changes.pop("stay", None) or make_stay()
    values: dict[str, Any] = {
        "at": at_noon(today, stay.time_zone),
        "stay": stay,
        "match": make_match(permit),
        "fine_rates": SHIPPED_RATES,
        "feed_as_of": datetime(2026, 12, 31, tzinfo=UTC),
    } | changes
    return Facts(**values)


def make_rule(rule: str, **parameters: Any) -> RuleInForce:
    """The rule as shipped, with some parameters changed."""
    shipped = shipped_rule(rule)
    return replace(shipped, parameters={**shipped.parameters, **parameters})


def found(rule: str, facts: AnyFacts, **parameters: Any) -> list[Cause]:
    return evaluate(make_rule(rule, **parameters), facts)


def the_one(rule: str, facts: AnyFacts, **parameters: Any) -> Cause:
    [cause] = found(rule, facts, **parameters)
    return cause
