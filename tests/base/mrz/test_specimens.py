"""The sample documents of Doc 9303 are read without a fault."""

from datetime import date

import pytest

from apoa.base.mrz import parse_mrz, to_report_parts
from apoa.base.mrz.check_digits import check_digit
from tests.base.mrz import specimens as sample


@pytest.mark.parametrize(
    ("cells", "digit"),
    [
        ("520727", "3"),
        ("AB2134<<<", "5"),
        ("HA672242<658022549601086<<<<<<<<<<<<<<0", "8"),
        ("D231458907<<<<<<<<<<<<<<<34071279507122<<<<<<<<<<<", "2"),
        ("HA672242<658022549601086<<<<<<<", "8"),
        ("600001795015", "2"),
    ],
)
def test_check_digits_are_those_of_the_standard(cells: str, digit: str) -> None:
    assert check_digit(cells) == digit


@pytest.mark.parametrize("lines", sample.ALL.values(), ids=sample.ALL)
def test_specimens_have_no_fault(lines: tuple[str, ...]) -> None:
    reading = parse_mrz(lines, today=sample.SPECIMEN_DAY)
    assert reading.failed_checks == reading.faults == reading.proposals == ()
    assert (reading.issuing_state, reading.lines) == ("UTO", lines)
    assert not reading.mononym
    assert not reading.name_truncated


def test_passport() -> None:
    reading = parse_mrz(sample.TD3, today=sample.SPECIMEN_DAY)
    assert (reading.format, reading.document_code, reading.document_type) == (
        "TD3",
        "P",
        "passport",
    )
    assert (reading.surname, reading.given_names) == ("ERIKSSON", "ANNA MARIA")
    assert (reading.document_number, reading.nationality) == ("L898902C3", "UTO")
    assert (reading.birth_date, reading.sex) == ("1974-08-12", "F")
    assert reading.expires_on == date(2012, 4, 15)
    assert reading.personal_number == reading.optional_data == "ZE184226B"
    assert [check.field for check in reading.checks] == [
        "document_number",
        "birth_date",
        "expires_on",
        "optional_data",
        "composite",
    ]
    assert [(check.line, check.position) for check in reading.checks] == [
        (2, 10),
        (2, 20),
        (2, 28),
        (2, 43),
        (2, 44),
    ]


@pytest.mark.parametrize("lines", [sample.TD1, sample.TD2], ids=["TD1", "TD2"])
def test_cards(lines: tuple[str, ...]) -> None:
    reading = parse_mrz(lines, today=sample.SPECIMEN_DAY)
    assert (reading.document_type, reading.document_number) == ("identity_card", "D23145890")
    assert (reading.birth_date, reading.expires_on) == ("1974-08-12", date(2012, 4, 15))
    assert reading.personal_number is reading.optional_data is None


@pytest.mark.parametrize("lines", [sample.MRV_A, sample.MRV_B], ids=["MRV-A", "MRV-B"])
def test_visas_have_no_composite_check(lines: tuple[str, ...]) -> None:
    reading = parse_mrz(lines, today=sample.SPECIMEN_DAY)
    assert (reading.document_type, reading.document_number) == ("visa", "L8988901C")
    assert (reading.nationality, reading.birth_date) == ("XXX", "1940-09-07")
    assert [check.field for check in reading.checks] == [
        "document_number",
        "birth_date",
        "expires_on",
    ]


@pytest.mark.parametrize("lines", [sample.LONG_TD1, sample.LONG_TD2], ids=["TD1", "TD2"])
def test_long_document_numbers_go_on_in_the_optional_data(lines: tuple[str, ...]) -> None:
    reading = parse_mrz(lines, today=sample.SPECIMEN_DAY)
    assert reading.document_number == "D23145890734"
    assert reading.optional_data is None


def test_belgian_card() -> None:
    reading = parse_mrz(sample.BELGIAN, today=date(2026, 11, 21))
    assert (reading.document_number, reading.issuing_state) == ("600001795015", "BEL")
    assert (reading.optional_data, reading.optional_data_2) == (None, "13010198739")
    assert (reading.birth_date, reading.faults) == ("2013-01-01", ())


def test_report_parts_have_the_shape_of_the_api() -> None:
    guest, document = to_report_parts(parse_mrz(sample.TD3, today=sample.SPECIMEN_DAY))
    assert guest == {
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "mononym": False,
        "sex": "F",
        "birth_date": "1974-08-12",
        "nationality": "UTO",
    }
    assert document == {
        "type": "passport",
        "number": "L898902C3",
        "issuing_state": "UTO",
        "expires_on": "2012-04-15",
    }


def test_a_visa_fills_in_the_guest_alone() -> None:
    guest, document = to_report_parts(parse_mrz(sample.MRV_A, today=sample.SPECIMEN_DAY))
    assert guest["surname"] == "ERIKSSON"
    assert set(document.values()) == {None}
