"""How names are cut, parted and joined, against the examples of Doc 9303 (4.2.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.base.mrz.name_field import read_name, write_name

LONG = ("BENNELONG WOOLOOMOOLOO WARRANDYTE WARNAMBOOL", "DINGO POTOROO")


@pytest.mark.parametrize(
    ("surname", "given_names", "width", "cells"),
    [
        ("Eriksson", "Anna Maria", 39, "ERIKSSON<<ANNA<MARIA"),
        ("Smith-Jones", "Susie Margaret", 39, "SMITH<JONES<<SUSIE<MARGARET"),
        ("O'Connor", "Enya Siobhan", 39, "OCONNOR<<ENYA<SIOBHAN"),
        ("van der Muellen", "Martin", 31, "VAN<DER<MUELLEN<<MARTIN"),
        ("Al-Basri", "Huda Muhammad Jawad", 31, "AL<BASRI<<HUDA<MUHAMMAD<JAWAD"),
        ("Vilarchao Fernandez", "José Ramón", 31, "VILARCHAO<FERNANDEZ<<JOSE<RAMON"),
        ("Arkfreith", None, 39, "ARKFREITH"),
        (None, "Satriya Sudarpa", 39, "SATRIYA<SUDARPA"),
        (
            "Nilavadhanananda",
            "Chayapa Dejthamrong Krasuang",
            39,
            "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K",
        ),
        (
            "Nilavadhanananda",
            "Arnpol Petch Charonguang",
            39,
            "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU",
        ),
        (*LONG, 39, "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI"),
        (*LONG, 30, "BENNELONG<WOOLOOMOOLOO<W<W<<DI"),
        (
            "Papandropoulous",
            "Jonathon Warren Trevor",
            39,
            "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR",
        ),
        ("Papandropoulous", "Jonathoon Alec", 31, "PAPANDROPOULOUS<<JONATHOON<ALEC"),
        # One letter less, so that the field does not end in a filler and look uncut.
        ("Abcdefghij Klmnopqrst", "Uvwx Yzabc", 28, "ABCDEFGHIJ<KLMNOPQRST<<UVW<Y"),
        ("A" * 50, "B", 30, "A" * 27 + "<<B"),
        ("A" * 25 + " " + "B" * 25, "C", 30, "A" * 25 + "<B<<C"),
        ("A" * 50, None, 30, "A" * 30),
        ("A" * 29 + " B", None, 30, "A" * 28 + "<B"),
    ],
)
def test_names_are_written_as_the_standard_shows(
    surname: str | None, given_names: str | None, width: int, cells: str
) -> None:
    assert write_name(surname, given_names, width) == cells.ljust(width, "<")


@pytest.mark.parametrize(
    ("cells", "surname", "given_names", "truncated"),
    [
        ("ERIKSSON<<ANNA<MARIA<<<<<<<<<<", "ERIKSSON", "ANNA MARIA", False),
        ("SATRIYA<SUDARPA<<<<<<<<<<<<<<<", "SATRIYA SUDARPA", None, False),
        ("<<ANNA<MARIA<<<<<<<<<<<<<<<<<<", None, "ANNA MARIA", False),
        ("BENNELONG<WOOLOOMOOLOO<W<W<<DI", "BENNELONG WOOLOOMOOLOO W W", "DI", True),
        ("BENNELONG<WOOLOOMOOLOO<WARRAND", "BENNELONG WOOLOOMOOLOO WARRAND", None, True),
        ("NILAVADHANANANDA<<CHAYAPA<DE<K", "NILAVADHANANANDA", "CHAYAPA DE K", True),
        ("PAPANDROPOULOUS<<JONATHON<ALEC", "PAPANDROPOULOUS", "JONATHON ALEC", True),
    ],
)
def test_names_are_read(
    cells: str, surname: str | None, given_names: str | None, truncated: bool
) -> None:
    reading = read_name(cells)
    assert (reading.surname, reading.given_names) == (surname, given_names)
    assert reading.truncated == truncated
    assert reading.mononym == (surname is None or given_names is None)
    assert reading.faults == ()


def test_odd_names_are_faults() -> None:
    assert read_name("<" * 30).faults == ("mrz-name-missing",)
    assert not read_name("<" * 30).mononym
    parted = read_name("ERIKSSON<<ANNA<<MARIA<<<<<<<<<")
    assert (parted.given_names, parted.faults) == ("ANNA MARIA", ("mrz-name-separators",))


@pytest.mark.parametrize("name", ["", "王小明", "---", "Anna 2"])
def test_names_that_cannot_stand_in_a_zone_are_refused_without_quoting(name: str) -> None:
    with pytest.raises(ValueError, match="name") as refusal:
        write_name(name, None, 39)
    assert not name or name not in str(refusal.value)


parts = st.lists(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=30), max_size=25)


@given(parts.filter(bool), parts, st.sampled_from([30, 31, 39]))
def test_a_written_name_reads_as_itself_or_as_cut(
    surname: list[str], given_names: list[str], width: int
) -> None:
    cells = write_name(" ".join(surname), " ".join(given_names), width)
    reading = read_name(cells)
    assert len(cells) == width
    needed = len("<".join(surname)) + (2 + len("<".join(given_names)) if given_names else 0)
    if needed <= width:
        assert (reading.surname or "").split() == surname
        assert (reading.given_names or "").split() == given_names
        assert reading.truncated == (needed == width)
        return
    only_initials = all(len(word) == 1 for word in cells.replace("<", " ").split())
    assert reading.truncated or only_initials
    assert reading.mononym == (not given_names)
    for kept, words in ((reading.surname, surname), (reading.given_names, given_names)):
        for short, full in zip((kept or "").split(), words, strict=False):
            assert full.startswith(short[:-1] or short)
