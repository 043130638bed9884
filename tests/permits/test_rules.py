"""Lengths and extensions, by the table that the system comes with."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from apoa.permits.rules import (
    LengthRule,
    first_last_day,
    is_extension_within,
    latest_last_day,
    longest_last_day,
    may_become,
    months_later,
    rule_in_force,
)
from apoa.permits.tables import length_rules

BEGIN = date(2026, 1, 1)


@pytest.fixture(scope="module")
def rules(app: object) -> Iterator[list[LengthRule]]:
    with app.app_context():  # type: ignore[attr-defined]
        yield length_rules()


@pytest.mark.parametrize(
    ("code", "first", "latest"),
    [
        ("A1", date(2026, 1, 30), date(2026, 1, 30)),
        ("B1", date(2026, 1, 30), date(2026, 3, 1)),
        ("C1", date(2026, 3, 1), date(2026, 6, 29)),
        ("C12", date(2026, 6, 29), date(2026, 12, 26)),
        ("C22", date(2026, 6, 29), date(2026, 12, 26)),
        ("D1", date(2026, 3, 1), date(2026, 3, 1)),
        ("D2", date(2026, 3, 1), date(2026, 3, 1)),
        ("D12", date(2026, 3, 1), date(2026, 3, 1)),
        ("E23", date(2027, 12, 31), BEGIN + timedelta(days=2189)),
        ("E28A", date(2027, 12, 31), BEGIN + timedelta(days=2189)),
        ("E31A", date(2027, 12, 31), BEGIN + timedelta(days=2189)),
        ("E33G", date(2026, 12, 31), BEGIN + timedelta(days=2189)),
        ("ITAP", date(2030, 12, 31), None),
    ],
)
def test_lengths_of_the_table(
    rules: list[LengthRule], code: str, first: date, latest: date | None
) -> None:
    rule = rule_in_force(rules, code, BEGIN)
    assert rule is not None
    assert first_last_day(rule, BEGIN) == first
    assert latest_last_day(rule, BEGIN) == latest


def test_every_code_of_the_table_is_tried(rules: list[LengthRule]) -> None:
    assert {rule.code for rule in rules} == {
        *("A1", "B1", "C1", "C12", "C22", "D1", "D2", "D12"),
        *("E23", "E28A", "E31A", "E33G", "ITAP"),
    }


VOA = LengthRule("B1", "voa", date(2020, 1, 1), first_days=30, extension_days=30, most_extensions=1)
ITAP = LengthRule(
    "ITAP", "itap", date(2020, 1, 1), first_months=60, extension_months=60, most_extensions=None
)


def test_extensions_beyond_the_allowed_number_add_nothing() -> None:
    assert longest_last_day(VOA, BEGIN, 0) == date(2026, 1, 30)
    assert longest_last_day(VOA, BEGIN, 1) == longest_last_day(VOA, BEGIN, 5) == date(2026, 3, 1)
    assert longest_last_day(ITAP, BEGIN, 2) == date(2040, 12, 31)


@pytest.mark.parametrize(
    ("wanted", "before", "within"),
    [
        (date(2026, 3, 1), 0, True),
        (date(2026, 3, 2), 0, False),
        (date(2026, 1, 30), 0, False),
        (date(2026, 2, 1), 1, False),
    ],
)
def test_one_more_extension(wanted: date, before: int, within: bool) -> None:
    assert is_extension_within(VOA, BEGIN, date(2026, 1, 30), wanted, before) is within


def test_the_whole_length_bounds_the_last_extension() -> None:
    rule = LengthRule(
        "C1", "itk", BEGIN, first_days=60, extension_days=60, most_extensions=5, most_days=100
    )
    assert latest_last_day(rule, BEGIN) == BEGIN + timedelta(days=99)
    assert not is_extension_within(rule, BEGIN, date(2026, 3, 1), BEGIN + timedelta(days=100), 0)


def test_a_later_row_counts_from_its_day_on() -> None:
    later = LengthRule("B1", "voa", date(2026, 6, 1), first_days=14)
    ended = LengthRule("B1", "voa", date(2026, 7, 1), date(2026, 7, 31), first_days=7)
    every = [later, VOA, ended]
    assert rule_in_force(every, "B1", date(2026, 5, 31)) is VOA
    assert rule_in_force(every, "B1", date(2026, 6, 1)) is later
    assert rule_in_force(every, "B1", date(2026, 7, 31)) is ended
    assert rule_in_force(every, "B1", date(2026, 8, 1)) is later
    assert rule_in_force(every, "B1", date(2019, 12, 31)) is None
    assert rule_in_force(every, "Z9", BEGIN) is None


def test_months_end_where_the_month_does() -> None:
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_later(date(9999, 12, 1), 1) == date(9999, 1, 1)


def test_an_end_is_final() -> None:
    assert may_become("active", "revoked")
    assert may_become("extended", "departed")
    assert not may_become("active", "extended")
    for ended in ("converted", "cancelled", "revoked", "departed"):
        assert not may_become(ended, "active")
        assert not may_become(ended, "cancelled")
