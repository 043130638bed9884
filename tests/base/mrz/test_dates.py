"""Which century a date gets, and how unknown parts of a birth date are said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.base.mrz import MrzFields, MrzFormat, make_mrz, parse_mrz, to_report_parts
from apoa.base.mrz.dates import read_birth_date, read_expiry

TODAY = date(2026, 11, 21)


def zone(birth_date: str, expires_on: date | None = date(2030, 1, 1)) -> tuple[str, ...]:
    return make_mrz(
        MrzFields(MrzFormat.TD3, "P", "SWE", "A", "B", "X1", "SWE", birth_date, "F", expires_on)
    )


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ("261121", "2026-11-21"),
        ("261122", "1926-11-22"),
        ("251121", "2025-11-21"),
        ("270101", "1927-01-01"),
        ("000229", "2000-02-29"),
        ("740812", "1974-08-12"),
        ("7408<<", "1974-08-00"),
        ("74<<<<", "1974-00-00"),
        ("74<<12", "1974-00-12"),
        ("2611<<", "2026-11-00"),
        ("2612<<", "1926-12-00"),
        ("26<<<<", "2026-00-00"),
        ("27<<<<", "1927-00-00"),
        ("26<<22", "2026-00-22"),
    ],
)
def test_birth_is_the_latest_that_is_not_in_the_future(cells: str, text: str) -> None:
    assert read_birth_date(cells, TODAY) == (text, ())


@pytest.mark.parametrize(
    ("cells", "text", "fault"),
    [
        ("<<0812", "0000-08-12", "mrz-birth-year-unknown"),
        ("<<08<<", "0000-08-00", "mrz-birth-year-unknown"),
        ("<<<<12", "0000-00-12", "mrz-birth-year-unknown"),
        ("<<<<<<", "0000-00-00", "mrz-birth-year-unknown"),
        ("<<0229", "0000-02-29", "mrz-birth-year-unknown"),
        ("740800", "1974-08-00", "mrz-birth-date-zeros"),
        ("740000", "1974-00-00", "mrz-birth-date-zeros"),
        ("741301", None, "mrz-birth-date-invalid"),
        ("740230", None, "mrz-birth-date-invalid"),
        ("990229", None, "mrz-birth-date-invalid"),
        ("740832", None, "mrz-birth-date-invalid"),
        ("<<0230", None, "mrz-birth-date-invalid"),
        ("74<<32", None, "mrz-birth-date-invalid"),
        ("7408<1", None, "mrz-birth-date-invalid"),
        ("74A812", None, "mrz-birth-date-invalid"),
    ],
)
def test_odd_birth_dates_are_faults(cells: str, text: str | None, fault: str) -> None:
    assert read_birth_date(cells, TODAY) == (text, (fault,))


def test_nobody_is_born_after_the_document_expired() -> None:
    assert read_birth_date("250501", TODAY, date(2020, 1, 1)) == ("1925-05-01", ())
    assert read_birth_date("190501", TODAY, date(2020, 1, 1)) == ("2019-05-01", ())
    assert parse_mrz(zone("1925-05-01", date(2020, 1, 1)), today=TODAY).birth_date == "1925-05-01"


def test_an_expiry_that_fails_its_check_does_not_decide_the_birth() -> None:
    upper, lower = zone("2025-05-01", date(2020, 1, 1))
    misread = lower[:27] + str((int(lower[27]) + 1) % 10) + lower[28:]
    assert parse_mrz((upper, misread), today=TODAY).birth_date == "2025-05-01"


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        ("061121", date(2006, 11, 21)),
        ("061122", date(2006, 11, 22)),
        ("261121", date(2026, 11, 21)),
        ("301231", date(2030, 12, 31)),
        ("761121", date(2076, 11, 21)),
        ("280229", date(2028, 2, 29)),
    ],
)
def test_expiry_lies_between_twenty_years_ago_and_fifty_ahead(cells: str, day: date) -> None:
    assert read_expiry(cells, TODAY) == (day, ())


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ("<<<<<<", "mrz-expiry-not-stated"),
        ("061120", "mrz-expiry-out-of-range"),
        ("761122", "mrz-expiry-out-of-range"),
        ("991231", "mrz-expiry-out-of-range"),
        ("301301", "mrz-expiry-invalid"),
        ("300230", "mrz-expiry-invalid"),
        ("3001<<", "mrz-expiry-invalid"),
        ("300100", "mrz-expiry-invalid"),
        ("30A101", "mrz-expiry-invalid"),
    ],
)
def test_an_expiry_that_cannot_be_told_is_a_fault(cells: str, fault: str) -> None:
    assert read_expiry(cells, TODAY) == (None, (fault,))


@given(st.dates(min_value=date(1900, 1, 1)), st.integers(0, 36523))
def test_every_age_up_to_a_hundred_years_is_read_right(today: date, days: int) -> None:
    born = today - timedelta(days=min(days, (today - date.min).days))
    assert read_birth_date(f"{born:%y%m%d}", today) == (born.isoformat(), ())


@given(st.dates(date(1950, 1, 1), date(2950, 1, 1)), st.integers(-7304, 18261))
def test_every_expiry_in_the_window_is_read_right(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    assert read_expiry(f"{day:%y%m%d}", today) == (day, ())


@given(st.text("0123456789<", min_size=6, max_size=6), st.dates())
def test_no_birth_is_read_in_the_future(cells: str, today: date) -> None:
    text, _ = read_birth_date(cells, today)
    if text:
        assert text <= today.isoformat()


def test_partial_births_go_into_a_report_as_the_api_knows_them() -> None:
    for made, reported in {
        "1974-08-00": "1974-08-00",
        "1974-00-00": "1974-00-00",
        "1974-00-12": "1974-00-00",
        "0000-08-12": None,
        "0000-00-00": None,
    }.items():
        reading = parse_mrz(zone(made), today=TODAY)
        assert reading.birth_date == made
        assert reading.failed_checks == ()
        assert to_report_parts(reading)[0]["birth_date"] == reported


def test_a_document_without_an_end_has_no_expiry_and_says_so() -> None:
    reading = parse_mrz(zone("1974-08-12", None), today=TODAY)
    assert reading.expires_on is None
    assert [fault.code for fault in reading.faults] == ["mrz-expiry-not-stated"]
