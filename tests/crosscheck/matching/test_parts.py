"""Birth dates, numbers, words, keys and counts by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.crosscheck.matching.births import birth_bits
from apoa.crosscheck.matching.documents import document_bits, document_signs
from apoa.crosscheck.matching.frequencies import NameFrequencies, counted_words
from apoa.crosscheck.matching.keys import match_keys
from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.matching.sounds import normal, sound, syllables
from apoa.crosscheck.matching.word_pairs import Likeness, likeness
from tests.crosscheck.matching.people import ANNA, judged, person

WORDS = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=14)
DATES = st.one_of(st.just(""), st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z"))


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("1974-08-12", "same"),
        ("1974-12-08", "swapped-day-month"),
        ("1974-08-21", "other-day"),
        ("1974-09-12", "other-month"),
        ("1984-08-12", "other-year"),
        ("1974-08-00", "known-parts-same"),
        ("1974-00-00", "known-parts-same"),
        ("1975-00-00", "other"),
        ("1951-03-30", "other"),
        ("", "missing"),
    ],
)
def test_birth_dates(other: str, code: str) -> None:
    assert birth_bits("1974-08-12", other)[1] == code


def test_agreeing_dates_weigh_in_the_order_of_what_they_say() -> None:
    bits = [
        birth_bits("1974-08-12", other)[0]
        for other in ("1974-08-12", "1974-12-08", "1974-08-21", "1974-01-30", "1951-03-30")
    ]
    assert bits == sorted(bits, reverse=True)


def test_the_first_of_january_says_less() -> None:
    assert birth_bits("1974-01-01", "1974-01-01") < birth_bits("1974-01-02", "1974-01-02")


@given(DATES, DATES)
def test_dates_compare_the_same_both_ways(first: str, second: str) -> None:
    assert birth_bits(first, second) == birth_bits(second, first)


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("AB1234567", "same"),
        ("A81234567", "same"),
        ("AB1284567", "one-sign-off"),
        ("AB123456", "one-sign-off"),
        ("AB1324567", "signs-swapped"),
        ("AB1884567", "two-signs-off"),
        ("ZZ9876543", "other"),
    ],
)
def test_numbers(other: str, code: str) -> None:
    first = (document_signs("AB1234567"), "SWE")
    assert document_bits(first, (document_signs(other), "SWE"))[1] == code


def test_the_same_number_of_another_state_weighs_less() -> None:
    same = document_bits(("12345678", "SWE"), ("12345678", "SWE"))
    elsewhere = document_bits(("12345678", "SWE"), ("12345678", "NOR"))
    assert elsewhere[0] < same[0]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("ANNA", "ANNA", Likeness.SAME),
        ("SERGEI", "SERGEY", Likeness.SPELLING),
        ("MUELLER", "MULLER", Likeness.SPELLING),
        ("ALGHAMDI", "GHAMDI", Likeness.SPELLING),
        ("IVANOV", "IVANOVA", Likeness.SPELLING),
        ("NIKOLAUS", "NIKO", Likeness.BEGINNING),
        ("SCHUMACHER", "SCHUMAHCER", Likeness.TYPO),
        ("LI", "LIU", Likeness.SHORT_TYPO),
        ("WILLIAM", "BILL", Likeness.NICKNAME),
        ("J", "JOHN", Likeness.INITIAL),
        ("MARIO", "MARIA", Likeness.KIN),
        ("MARTIN", "MARTINEZ", Likeness.KIN),
        ("XIAOMING", "HSIAOMING", Likeness.SOUND),
        ("WANG", "SMITH", Likeness.OTHER),
    ],
)
def test_words(first: str, second: str, expected: Likeness) -> None:
    assert likeness(first, second) is expected


@given(WORDS, WORDS)
def test_words_compare_the_same_both_ways(first: str, second: str) -> None:
    assert likeness(first, second) is likeness(second, first)


@given(WORDS)
def test_codes_are_never_empty(word: str) -> None:
    assert normal(word)
    assert sound(word)
    assert syllables(word)


def test_keys_do_not_depend_on_order_case_or_accents() -> None:
    swapped = person(surname="anna maria", given_names="LINDSTROM")
    assert match_keys(swapped) == match_keys(person())


def test_keys_are_few() -> None:
    assert 15 <= len(match_keys(person())) <= 30
    assert match_keys(Person()) == frozenset()


def test_swapped_day_and_month_share_the_date_keys() -> None:
    here, there = match_keys(person()), match_keys(person(birth_date="1974-12-08"))
    assert {key for key in here if key.startswith("b")} <= there


def test_words_are_counted_alone_and_among_their_own() -> None:
    counted = counted_words(person())
    assert {"LINDSTROM", "ANNA", "LINDSTROM@SWE", "@SWE"} <= counted
    assert not any("@" in word for word in counted_words(person(nationality=None)))


def test_rare_words_say_more() -> None:
    counts = {"@CHN": 1000, "WANG": 90, "WANG@CHN": 80, "QU": 2, "QU@CHN": 2}
    frequencies = NameFrequencies.from_counts(counts, 10_000)
    assert frequencies.rarity("WANG", "CHN") < frequencies.rarity("QU", "CHN")
    assert frequencies.rarity("WANG", "CHN") < frequencies.rarity("WANG")
    assert frequencies.rarity("UNHEARD") == frequencies.total_bits


def test_reasons_add_up_to_the_value() -> None:
    verdict = judged(person(number="31415926", birth_date="1974-08-21"))
    assert [reason.field for reason in verdict.reasons] == [
        "document", "birth_date", "name", "nationality", "sex",
    ]  # fmt: skip
    codes = {reason.field: reason.code for reason in verdict.reasons}
    assert codes == {
        "document": "other", "birth_date": "other-day", "name": "same", "nationality": "same",
        "sex": "same",
    }  # fmt: skip


def test_persons_show_no_data_when_printed() -> None:
    shown = repr(person()) + repr(Document("98765432", "SWE"))
    assert ANNA["surname"] not in shown
    assert "98765432" not in shown
    assert "1974" not in shown
