"""What is made is read as itself, and one wrong character never goes unnoticed."""

from datetime import date, timedelta
from string import ascii_uppercase, digits

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from apoa.base.countries import COUNTRIES
from apoa.base.mrz import MrzFields, MrzFormat, make_mrz, parse_mrz
from apoa.base.mrz.layout import COMPOSITE, LAYOUTS
from apoa.base.names import mrz_fold
from tests.base.mrz import specimens as sample

TODAY = date(2026, 11, 21)
VALUES = {char: value for value, char in enumerate(digits + ascii_uppercase)} | {"<": 0}
LONGEST_NUMBER = {MrzFormat.TD1: 22, MrzFormat.TD2: 14}
CODES = {"P": (MrzFormat.TD3,), "V": (MrzFormat.MRV_A, MrzFormat.MRV_B)}

codes = st.sampled_from(sorted(set(COUNTRIES)))
name = st.text("ABCÄÉØßçıŁЖЮγ '-", min_size=1, max_size=60).filter(mrz_fold)
free = st.text(ascii_uppercase + digits, max_size=5)


@st.composite
def fields(draw: st.DrawFn, form: MrzFormat | None = None) -> MrzFields:
    form = form or draw(st.sampled_from(MrzFormat))
    # From the first day of 1927: "26" with the rest unknown may have begun, so it reads as 2026.
    born = draw(st.dates(date(1927, 1, 1), TODAY))
    year, month, day = born.isoformat().split("-")
    birth_date = draw(
        st.sampled_from(
            [
                f"{year}-{month}-{day}",
                f"{year}-{month}-00",
                f"{year}-00-00",
                f"{year}-00-{day}",
                f"0000-{month}-{day}",
                "0000-00-00",
            ]
        )
    )
    expires_on = TODAY + timedelta(days=draw(st.integers(0, 18261)))
    number = draw(
        st.text(ascii_uppercase + digits, min_size=1, max_size=LONGEST_NUMBER.get(form, 9))
    )
    return MrzFields(
        format=form,
        document_code=next((code for code, forms in CODES.items() if form in forms), "I"),
        issuing_state=draw(codes),
        surname=draw(st.none() | name),
        given_names=draw(name),
        document_number=number,
        nationality=draw(codes),
        birth_date=birth_date,
        sex=draw(st.sampled_from("FMX")),
        expires_on=draw(st.none() | st.just(expires_on)),
        optional_data=draw(free) if len(number) <= 9 else "",
        optional_data_2=draw(free) if form is MrzFormat.TD1 else "",
    )


@given(fields())
def test_what_is_made_reads_as_itself(made: MrzFields) -> None:
    lines = make_mrz(made)
    layout = LAYOUTS[made.format]
    assert [len(line) for line in lines] == [layout.line_length] * layout.line_count
    reading = parse_mrz("".join(lines), today=TODAY)
    assert reading.format == made.format
    assert reading.failed_checks == reading.proposals == ()
    assert (reading.issuing_state, reading.nationality) == (made.issuing_state, made.nationality)
    assert (reading.document_number, reading.sex) == (made.document_number, made.sex)
    assert (reading.birth_date, reading.expires_on) == (made.birth_date, made.expires_on)
    assert (reading.optional_data or "") == made.optional_data
    assert (reading.optional_data_2 or "") == made.optional_data_2
    primary, secondary = (
        (made.surname, made.given_names) if made.surname else (made.given_names, None)
    )
    if not reading.name_truncated:
        assert reading.surname == mrz_fold(primary or "")
        assert reading.given_names == (mrz_fold(secondary) if secondary else None)
    assert reading.mononym == (secondary is None)


@given(fields(), st.data())
def test_one_wrong_character_in_a_checked_field_is_noticed(
    made: MrzFields, data: st.DataObject
) -> None:
    """All but the known weakness: characters whose values differ by a multiple of ten."""
    lines = make_mrz(made)
    layout = LAYOUTS[made.format]
    spans = [*layout.composite, *layout.checks.values()]
    spans += [layout.fields[field] for field in layout.checks if field in layout.fields]
    span = data.draw(st.sampled_from(spans))
    position = data.draw(st.integers(span.start, span.end))
    right = lines[span.line - 1][position - 1]
    wrong = data.draw(st.sampled_from(sorted(VALUES)))
    assume((VALUES[wrong] - VALUES[right]) % 10)
    misread = list(lines)
    misread[span.line - 1] = (
        misread[span.line - 1][: position - 1] + wrong + misread[span.line - 1][position:]
    )
    reading = parse_mrz(misread, today=TODAY)
    mended = [one for one in reading.proposals if one.applied]
    if mended:
        # A look-alike that the field cannot hold: it is said, and proven only where the repair is
        # right or as good as right to the check digits (0 in place of a filler).
        assert [(one.line, one.position) for one in mended] == [(span.line, position)]
        off = (VALUES[mended[0].proposed] - VALUES[right]) % 10
        assert not off or not mended[0].proven
    else:
        assert reading.failed_checks


@pytest.mark.parametrize("pair", ["0A", "AK", "KU", "1B", "<0", "9J"])
def test_the_known_weakness_of_the_check_digits(pair: str) -> None:
    """A mistake of ten is not seen by any check digit; the reading cannot say otherwise."""
    made = MrzFields(
        MrzFormat.TD3, "P", "SWE", "A", "B", f"X7{pair[0]}7", "SWE", "1974-08-12", "F", TODAY
    )
    upper, lower = make_mrz(made)
    misread = parse_mrz((upper, lower[:2] + pair[1] + lower[3:]), today=TODAY)
    assert misread.failed_checks == ()


@pytest.mark.parametrize("lines", [sample.TD1, sample.TD2, sample.TD3], ids=["TD1", "TD2", "TD3"])
def test_the_specimens_are_made_as_printed(lines: tuple[str, ...]) -> None:
    form = parse_mrz(lines, today=sample.SPECIMEN_DAY).format
    made = MrzFields(
        format=form,
        document_code=lines[0][0],
        issuing_state="UTO",
        surname="Eriksson",
        given_names="Anna Maria",
        document_number="L898902C3" if form is MrzFormat.TD3 else "D23145890",
        nationality="UTO",
        birth_date="1974-08-12",
        sex="F",
        expires_on=date(2012, 4, 15),
        optional_data="ZE184226B" if form is MrzFormat.TD3 else "",
    )
    assert make_mrz(made) == lines


def test_a_passport_without_optional_data_may_have_a_filler_or_a_zero_as_check() -> None:
    made = MrzFields(
        MrzFormat.TD3, "P", "DEU", "A", "B", "C01X00T47", "DEU", "1974-08-12", "F", TODAY
    )
    upper, lower = make_mrz(made)
    assert (upper[2:5], lower[42]) == ("D<<", "<")
    for written in (lower, lower[:42] + "0" + lower[43:]):
        reading = parse_mrz((upper, written), today=TODAY)
        assert reading.failed_checks == reading.faults == ()
        assert (reading.issuing_state, reading.optional_data) == ("DEU", None)
    one = parse_mrz((upper, lower[:42] + "1" + lower[43:]), today=TODAY)
    assert [check.field for check in one.failed_checks] == ["optional_data", COMPOSITE]


@pytest.mark.parametrize(
    "change",
    [
        {"document_number": "X" * 10},
        {"format": MrzFormat.TD2, "document_number": "X" * 15},
        {"format": MrzFormat.TD1, "document_number": "X" * 23},
        {"document_number": "Ж1"},
        {"optional_data": "X" * 15},
        {"optional_data_2": "X"},
        {"birth_date": "1974-8-12"},
        {"document_code": "PPP"},
        {"issuing_state": "SWED"},
        {"sex": "Q"},
    ],
    ids=str,
)
def test_what_does_not_fit_is_not_made(change: dict[str, object]) -> None:
    values: dict[str, object] = {
        "format": MrzFormat.TD3,
        "document_code": "P",
        "issuing_state": "SWE",
        "surname": "A",
        "given_names": "B",
        "document_number": "X1",
        "nationality": "SWE",
        "birth_date": "1974-08-12",
        "sex": "F",
        "expires_on": TODAY,
    }
    with pytest.raises(ValueError, match=r"\w"):
        make_mrz(MrzFields(**(values | change)))  # type: ignore[arg-type] # values of each field
