"""What the other fields of a zone become: kinds of documents, states, sexes, numbers."""

from dataclasses import replace
from datetime import date

import pytest

from apoa.base.mrz import (
    FAULTS,
    MrzFields,
    MrzFormat,
    MrzReading,
    make_mrz,
    parse_mrz,
    to_report_parts,
)
from apoa.base.problems import PROBLEMS

TODAY = date(2026, 11, 21)
GUEST = MrzFields(
    format=MrzFormat.TD3,
    document_code="P",
    issuing_state="SWE",
    surname="Eriksson",
    given_names="Anna Maria",
    document_number="AB 12-3",
    nationality="SWE",
    birth_date="1974-08-12",
    sex="F",
    expires_on=date(2032, 4, 15),
)


def read(made: MrzFields) -> MrzReading:
    return parse_mrz(make_mrz(made), today=TODAY)


def with_cells(line: int, position: int, cells: str) -> MrzReading:
    lines = list(make_mrz(GUEST))
    old = lines[line - 1]
    lines[line - 1] = old[: position - 1] + cells + old[position - 1 + len(cells) :]
    return parse_mrz(lines, today=TODAY)


@pytest.mark.parametrize(
    ("form", "code", "issuer", "nationality", "kind", "reported"),
    [
        (MrzFormat.TD3, "P", "SWE", "SWE", "passport", "passport"),
        (MrzFormat.TD3, "PP", "SWE", "SWE", "passport", "passport"),
        (MrzFormat.TD3, "PD", "SWE", "SWE", "passport", "passport"),
        (MrzFormat.TD3, "P", "UNO", "UNO", "laissez_passer", "laissez_passer"),
        (MrzFormat.TD3, "PR", "SWE", "XXB", "refugee_document", "refugee_document"),
        (MrzFormat.TD3, "PS", "SWE", "XXA", "travel_document", "travel_document"),
        (MrzFormat.TD1, "I", "SWE", "SWE", "identity_card", "identity_card"),
        (MrzFormat.TD1, "C1", "USA", "SWE", "identity_card", "identity_card"),
        (MrzFormat.TD1, "AC", "SWE", "SWE", "crew_certificate", "other"),
        (MrzFormat.TD2, "ID", "SWE", "SWE", "identity_card", "identity_card"),
        (MrzFormat.MRV_A, "VN", "SWE", "SWE", "visa", None),
        (MrzFormat.MRV_B, "V", "SWE", "SWE", "visa", None),
    ],
)
def test_kinds_of_documents(
    form: MrzFormat, code: str, issuer: str, nationality: str, kind: str, reported: str | None
) -> None:
    made = replace(
        GUEST, format=form, document_code=code, issuing_state=issuer, nationality=nationality
    )
    reading = read(made)
    assert (reading.document_code, reading.document_type, reading.faults) == (code, kind, ())
    assert to_report_parts(reading)[1]["type"] == reported


@pytest.mark.parametrize(
    ("form", "code", "kind"),
    [(MrzFormat.TD3, "I", "travel_document"), (MrzFormat.TD2, "P", "passport")],
)
def test_a_kind_in_another_size_is_read_with_a_fault(form: MrzFormat, code: str, kind: str) -> None:
    reading = read(replace(GUEST, format=form, document_code=code))
    assert reading.document_type == kind
    assert [fault.code for fault in reading.faults] == ["mrz-document-code-unusual"]


def test_spaces_and_signs_in_a_number_are_dropped() -> None:
    assert read(GUEST).document_number == "AB123"


@pytest.mark.parametrize(("cell", "sex"), [("F", "F"), ("M", "M"), ("<", "X"), ("X", "X")])
def test_sexes(cell: str, sex: str) -> None:
    reading = with_cells(2, 21, cell)
    assert (reading.sex, reading.faults) == (sex, ())


def test_an_unreadable_sex_is_a_fault() -> None:
    reading = with_cells(2, 21, "8")
    assert reading.sex is None
    assert [(fault.code, fault.position) for fault in reading.faults] == [("mrz-sex-invalid", 21)]


@pytest.mark.parametrize(("cells", "state"), [("QQQ", "QQQ"), ("<<<", None), ("S<<", "S")])
def test_unknown_states_are_kept_with_a_fault(cells: str, state: str | None) -> None:
    reading = with_cells(2, 11, cells)
    assert reading.nationality == state
    assert [fault.code for fault in reading.faults] == ["mrz-state-unknown"]


def test_no_document_number_is_a_fault() -> None:
    reading = read(replace(GUEST, document_number=""))
    assert reading.document_number is None
    assert [fault.code for fault in reading.faults] == ["mrz-document-number-missing"]


def test_a_card_without_check_digit_nor_continued_number_fails_its_check() -> None:
    lines = list(make_mrz(replace(GUEST, format=MrzFormat.TD1, document_number="AB1234567")))
    lines[0] = lines[0][:14] + "<" * 16
    reading = parse_mrz(lines, today=TODAY)
    assert reading.document_number == "AB1234567"
    assert "document_number" in {check.field for check in reading.failed_checks}


def test_a_long_number_leaves_the_rest_of_the_optional_data() -> None:
    made = replace(
        GUEST,
        format=MrzFormat.TD1,
        document_code="I",
        document_number="590448301201",
        optional_data="AB 1",
        optional_data_2="77",
    )
    reading = read(made)
    assert reading.document_number == "590448301201"
    assert (reading.optional_data, reading.optional_data_2) == ("AB 1", "77")
    assert reading.faults == ()


def test_every_fault_has_its_words() -> None:
    assert set(PROBLEMS) >= {*FAULTS, "mrz-length", "mrz-kind"}
