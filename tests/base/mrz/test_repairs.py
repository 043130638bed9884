"""Which misread characters are put right, which are proposed, and which are left."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.base.mrz import MrzFields, MrzFormat, MrzProposal, MrzReading, make_mrz, parse_mrz
from apoa.base.mrz.lookalikes import LOOKALIKE
from tests.base.mrz import specimens as sample

TODAY = date(2026, 11, 21)


def zone(form: MrzFormat = MrzFormat.TD3, number: str = "X7O777", **more: str) -> list[str]:
    code = {"TD3": "P", "MRV-A": "V"}.get(form, "I")
    return list(
        make_mrz(
            MrzFields(
                form, code, "IDN", "Sibolz", "Zoe", number, "IND", "1985-02-10", "F", TODAY, **more
            )
        )
    )


def misread(lines: list[str], line: int, position: int, wrong: str) -> MrzReading:
    changed = list(lines)
    old = changed[line - 1]
    changed[line - 1] = old[: position - 1] + wrong + old[position:]
    assert changed != lines
    return parse_mrz(changed, today=TODAY)


@pytest.mark.parametrize(
    ("position", "wrong", "right"),
    [(14, "B", "8"), (15, "S", "5"), (16, "O", "0"), (17, "Z", "2"), (18, "I", "1")],
)
def test_letters_in_dates_become_digits_and_the_check_digit_proves_it(
    position: int, wrong: str, right: str
) -> None:
    reading = misread(zone(), 2, position, wrong)
    assert reading.birth_date == "1985-02-10"
    assert reading.faults == ()
    assert reading.proposals == (
        MrzProposal("birth_date", 2, position, wrong, right, "alphabet", applied=True, proven=True),
    )


def test_a_repaired_date_that_still_fails_is_not_proven() -> None:
    lines = zone()
    lines[1] = lines[1][:14] + "7" + lines[1][15:]
    reading = misread(lines, 2, 14, "B")
    assert [one.proven for one in reading.proposals] == [False]
    assert "mrz-check-digit" in {fault.code for fault in reading.faults}


def test_letters_in_check_digits_become_digits() -> None:
    wrong = {digit: letter for letter, digit in LOOKALIKE.items() if letter.isalpha()}
    number = next(
        text for text in (f"X{n}" for n in range(100)) if zone(number=text)[1][9] in wrong
    )
    lines = zone(number=number)
    right = lines[1][9]
    reading = misread(lines, 2, 10, wrong[right])
    assert reading.failed_checks == ()
    assert [(one.field, one.proposed, one.proven) for one in reading.proposals] == [
        ("document_number", right, True)
    ]
    assert reading.proposed_document_number is None


@pytest.mark.parametrize(("line", "start", "state"), [(1, 3, "IDN"), (2, 11, "IND")])
def test_digits_in_states_become_letters_and_the_code_list_proves_it(
    line: int, start: int, state: str
) -> None:
    reading = misread(zone(), line, start, "1")
    assert state in (reading.issuing_state, reading.nationality)
    assert reading.faults == ()
    assert [(one.reason, one.applied, one.proven) for one in reading.proposals] == [
        ("country-code", True, True)
    ]


def test_a_state_that_stays_unknown_is_a_fault() -> None:
    reading = misread(zone(), 1, 4, "0")
    assert reading.issuing_state == "ION"
    assert [fault.code for fault in reading.faults] == ["mrz-state-unknown"]
    assert [(one.reason, one.proven) for one in reading.proposals] == [("alphabet", False)]


@pytest.mark.parametrize(
    ("position", "wrong"), [(6, "5"), (7, "1"), (8, "8"), (9, "0"), (11, "2"), (14, "2")]
)
def test_digits_in_names_become_letters_but_nothing_proves_it(position: int, wrong: str) -> None:
    reading = misread(zone(), 1, position, wrong)
    assert (reading.surname, reading.given_names) == ("SIBOLZ", "ZOE")
    (repair,) = reading.proposals
    assert (repair.field, repair.reason) == ("name", "alphabet")
    assert repair.applied
    assert not repair.proven
    assert reading.faults == ()


def test_a_digit_without_look_alike_stays_in_the_name_as_a_fault() -> None:
    reading = misread(zone(), 1, 7, "7")
    assert reading.surname == "S7BOLZ"
    assert reading.proposals == ()
    assert [(fault.code, fault.line, fault.position) for fault in reading.faults] == [
        ("mrz-name-digit", 1, 7)
    ]


def test_a_word_of_digits_alone_is_proposed_and_left() -> None:
    reading = misread(zone(), 1, 30, "0")
    assert reading.given_names == "ZOE 0"
    assert [(one.position, one.proposed, one.applied, one.proven) for one in reading.proposals] == [
        (30, "O", False, False)
    ]
    assert {fault.code for fault in reading.faults} == {"mrz-name-separators", "mrz-name-digit"}


def test_the_first_letter_of_the_document_code_is_repaired() -> None:
    reading = misread(zone(MrzFormat.TD1), 1, 1, "1")
    assert (reading.format, reading.document_code) == ("TD1", "I")
    assert [one.field for one in reading.proposals] == ["document_code"]


@pytest.mark.parametrize("form", [MrzFormat.TD1, MrzFormat.TD2, MrzFormat.TD3])
@pytest.mark.parametrize(("right", "wrong"), sorted(LOOKALIKE.items()))
def test_one_possible_exchange_in_a_number_is_proposed_and_not_applied(
    form: MrzFormat, right: str, wrong: str
) -> None:
    number = f"X7{right}777"
    start = 8 if form is MrzFormat.TD1 else 3
    line = 1 if form is MrzFormat.TD1 else 2
    reading = misread(zone(form, number), line, start, wrong)
    assert reading.document_number == f"X7{wrong}777"
    assert reading.proposed_document_number == number
    assert reading.proposals == (
        MrzProposal(
            "document_number", line, start, wrong, right, "check-digit", applied=False, proven=True
        ),
    )
    assert {fault.code for fault in reading.faults} == {"mrz-check-digit"}


def test_two_possible_exchanges_are_ambiguous_and_not_proposed() -> None:
    """In the specimen's number both L8 and 9B could be the misread pair: both make 6 come out."""
    reading = parse_mrz(
        (sample.TD3[0], sample.TD3[1].replace("L898902C3", "L89B902C3")), today=sample.SPECIMEN_DAY
    )
    assert reading.document_number == "L89B902C3"
    assert reading.proposed_document_number is None
    assert reading.proposals == ()
    assert len(reading.failed_checks) == 2


def test_nothing_is_proposed_for_a_misread_check_digit() -> None:
    """The composite tells a misread check digit from a misread number."""
    lines = zone(number="X7O777")
    wrong = str((int(lines[1][9]) + 2) % 10)
    # With this check digit X70777 would fit the field's own check, but not the composite.
    reading = misread(lines, 2, 10, wrong)
    assert reading.proposals == ()
    assert reading.document_number == "X7O777"


def test_nothing_is_proposed_while_another_field_fails_too() -> None:
    lines = zone(number="X7O777")
    lines[1] = lines[1][:18] + "7" + lines[1][19:]
    assert misread(lines, 2, 3, "0").proposed_document_number is None


def test_nothing_is_proposed_on_a_visa() -> None:
    reading = misread(zone(MrzFormat.MRV_A, "X7O777"), 2, 3, "0")
    assert [check.field for check in reading.failed_checks] == ["document_number"]
    assert reading.proposals == ()


@pytest.mark.parametrize("position", [9, 16])
def test_long_numbers_are_proposed_for_in_both_places(position: int) -> None:
    lines = zone(MrzFormat.TD1, "777S777775777")
    right = lines[0][position - 1]
    reading = misread(lines, 1, position, LOOKALIKE[right])
    assert reading.proposed_document_number == "777S777775777"


def test_optional_data_of_a_passport_are_proposed_for() -> None:
    reading = misread(zone(number="X7", optional_data="A7B7"), 2, 31, "8")
    assert reading.personal_number == "A787"
    assert [(one.field, one.proposed, one.applied) for one in reading.proposals] == [
        ("optional_data", "B", False)
    ]


@given(
    st.sampled_from([MrzFormat.TD1, MrzFormat.TD2, MrzFormat.TD3]),
    st.text("ABIOSZ0158279", min_size=1, max_size=9),
    st.data(),
)
def test_a_proposal_for_one_misread_character_is_never_wrong(
    form: MrzFormat, number: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(number) - 1))
    if number[place] not in LOOKALIKE:
        return
    line, start = (1, 6) if form is MrzFormat.TD1 else (2, 1)
    reading = misread(zone(form, number), line, start + place, LOOKALIKE[number[place]])
    assert reading.proposed_document_number in (None, number)
