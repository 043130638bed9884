"""Which text is taken as a zone, and that nothing else than a refusal comes of other text."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from apoa.base.mrz import FAULTS, MrzReading, MrzUnreadable, parse_mrz, to_report_parts
from tests.base.mrz import specimens as sample

TODAY = date(2026, 11, 21)
CELLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


def read(text: str | tuple[str, ...]) -> MrzReading:
    return parse_mrz(text, today=sample.SPECIMEN_DAY)


@pytest.mark.parametrize("lines", sample.ALL.values(), ids=sample.ALL)
@pytest.mark.parametrize(
    "between", ["", "\n", "\r\n", "\r", "\n\n \n", " ", "\t", "\u2028"], ids=ascii
)
def test_lines_may_come_with_any_or_no_ends(lines: tuple[str, ...], between: str) -> None:
    assert read(between.join(lines)) == read(lines) == read("\ufeff" + between.join(lines) + "\n")


@pytest.mark.parametrize("lines", sample.ALL.values(), ids=sample.ALL)
def test_spaces_small_letters_and_other_filler_signs_are_taken(lines: tuple[str, ...]) -> None:
    text = "\n".join(lines)
    for written in (
        text.lower(),
        " ".join(text),
        text.replace("<", "‹"),
        text.replace("<", "«"),
        text.replace("<<", "«"),
        text.replace("<<", "≪"),
        text.replace("<", "＜"),
    ):
        assert read(written) == read(lines)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "mrz-length"),
        (" \n ", "mrz-length"),
        ("P<UTOERIKSSON<<ANNA<MARIA", "mrz-length"),
        (sample.TD3[1], "mrz-length"),
        ("\n".join(sample.TD3) + "<", "mrz-length"),
        (sample.TD3[0] + "<\n" + sample.TD3[1][1:], "mrz-length"),
        ("A" * 100_000, "mrz-length"),
        (sample.TD3[0].replace("A", "Ä") + sample.TD3[1], "mrz-characters"),
        (sample.TD3[0].replace("I", "ı") + sample.TD3[1], "mrz-characters"),
        (sample.TD3[0].replace("S", "ſ") + sample.TD3[1], "mrz-characters"),
        (sample.TD3[0].replace("<", ".") + sample.TD3[1], "mrz-characters"),
        ("X" + sample.TD3[0][1:] + sample.TD3[1], "mrz-kind"),
        ("<" + sample.TD3[0][1:] + sample.TD3[1], "mrz-kind"),
        ("V" + "".join(sample.TD1)[1:], "mrz-kind"),
    ],
)
def test_what_is_no_zone_is_refused_without_quoting_it(text: str, code: str) -> None:
    with pytest.raises(MrzUnreadable) as refusal:
        read(text)
    assert refusal.value.code == str(refusal.value) == code


ZONES = st.one_of(
    *(
        st.text(alphabet=CELLS, min_size=size - 1, max_size=size - 1).map(kind.__add__)
        for size, kinds in ((72, "PIACV1"), (88, "PIACV1"), (90, "PIAC1"))
        for kind in kinds
    )
)


@given(st.one_of(st.text(), st.text(alphabet=CELLS + "«‹ \n", max_size=120), ZONES), st.dates())
@example("P" + "<" * 87, date.min)
@example("1" + "9" * 89, date.max)
@example("«" * 45, TODAY)
def test_any_text_is_read_or_refused(text: str, today: date) -> None:
    try:
        reading = parse_mrz(text, today=today)
    except MrzUnreadable:
        return
    to_report_parts(reading)
    assert {fault.code for fault in reading.faults} <= set(FAULTS)
    for fault in reading.faults:
        assert 1 <= fault.line <= len(reading.lines)
        assert 1 <= fault.position <= len(reading.lines[0])
    for one in reading.proposals:
        assert reading.lines[one.line - 1][one.position - 1] == one.found != one.proposed


def test_a_reading_shows_no_personal_data_in_its_representation() -> None:
    shown = repr(read(sample.TD3))
    for secret in ("ERIKSSON", "ANNA", "L898902C3", "1974", "740812", "ZE184226B"):
        assert secret not in shown


@given(ZONES)
def test_the_number_of_a_faulty_zone_stays_out_of_the_representation(text: str) -> None:
    reading = parse_mrz(text, today=TODAY)
    if reading.document_number and len(reading.document_number) > 5:
        assert reading.document_number not in repr(reading)
