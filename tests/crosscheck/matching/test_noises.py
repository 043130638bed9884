"""Each kind of error leaves a guest linked to the own permit, and found by a key."""

from typing import Any

import pytest

from apoa.crosscheck.matching.keys import match_keys
from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.matching.score import Band
from tests.crosscheck.matching.people import judged, person

RENEWED = "31415926"
ONE_NOISE = {
    "nothing": {},
    "renewed passport": {"number": RENEWED},
    "one wrong sign": {"number": "98765132"},
    "letter for digit": {"number": "9876S432"},
    "signs swapped": {"number": "98756432"},
    "sign left out": {"number": "9876543"},
    "misspelt surname": {"surname": "Lindstrom"},
    "slip in surname": {"surname": "Lindsrtöm"},
    "MRZ spelling": {"surname": "LINDSTROEM"},
    "swapped names": {"surname": "Anna Maria", "given_names": "Lindström"},
    "all in one field": {"surname": "ANNA MARIA LINDSTROM", "given_names": None},
    "no second name": {"given_names": "Anna"},
    "joined": {"given_names": "Annamaria"},
    "initial": {"given_names": "Anna M"},
    "wrong birth day": {"birth_date": "1974-08-21"},
    "day and month swapped": {"birth_date": "1974-12-08"},
    "wrong year": {"birth_date": "1973-08-12"},
    "unknown day": {"birth_date": "1974-08-00"},
    "unknown day and month": {"birth_date": "1974-00-00"},
    "no birth date": {"birth_date": None},
    "no document": {"number": None},
    "no nationality": {"nationality": None},
    "no sex": {"sex": None},
    "other sex": {"sex": "M"},
    "no given names": {"given_names": None},
    "changed surname": {"surname": "Bergqvist"},
}
TWO_NOISES = {
    "renewed, misspelt": {"number": RENEWED, "surname": "Lindstrmo"},
    "renewed, swapped names": {
        "number": RENEWED, "surname": "Anna Maria", "given_names": "Lindström",
    },
    "renewed, wrong day": {"number": RENEWED, "birth_date": "1974-08-21"},
    "renewed, wrong month": {"number": RENEWED, "birth_date": "1974-09-12"},
    "renewed, wrong year": {"number": RENEWED, "birth_date": "1975-08-12"},
    "renewed, day unknown": {"number": RENEWED, "birth_date": "1974-08-00"},
    "renewed, one name less": {"number": RENEWED, "given_names": "Anna"},
    "wrong sign, misspelt": {"number": "98765132", "surname": "Lindstrmo"},
    "wrong sign, wrong year": {"number": "98765132", "birth_date": "1984-08-12"},
    "no birth date, wrong sign": {"number": "98765132", "birth_date": None},
}  # fmt: skip


@pytest.mark.parametrize("changes", ONE_NOISE.values(), ids=ONE_NOISE.keys())
def test_one_noise_is_linked(changes: dict[str, Any]) -> None:
    assert judged(person(**changes)).band is Band.LINKED


@pytest.mark.parametrize("changes", TWO_NOISES.values(), ids=TWO_NOISES.keys())
def test_two_noises_are_linked(changes: dict[str, Any]) -> None:
    assert judged(person(**changes)).band is Band.LINKED


def test_three_noises_are_at_least_reviewed() -> None:
    changes = {"number": RENEWED, "surname": "Lindstrmo", "birth_date": "1974-08-21"}
    assert judged(person(**changes)).band is not Band.NONE


@pytest.mark.parametrize("changes", [*ONE_NOISE.values(), *TWO_NOISES.values()])
def test_a_key_is_shared(changes: dict[str, Any]) -> None:
    assert match_keys(person(**changes)) & match_keys(person())


def test_a_key_is_shared_after_renewal_wrong_date_and_misspelt_surname() -> None:
    changes = {"number": RENEWED, "surname": "Lindquist", "birth_date": "1974-08-21"}
    assert match_keys(person(**changes)) & match_keys(person())


WRITINGS = [
    ("Ivanov", "Sergei", "Иванов", "Сергей"),
    ("Shcherbakova", "Yulia", "SHCHERBAKOVA", "IULIIA"),
    ("Al Ghamdi", "Mohammed bin Khalid", "ALGHAMDI", "MUHAMMAD KHALED"),
    ("Abdulaziz", "Hussein", "Abd el Aziz", "Husain"),
    ("Wang", "Xiaoming", "WANG", "XIAO MING"),
    ("Zhang", "Xiaoming", "CHANG", "HSIAO-MING"),
    ("Park", "Ji-sung", "BAK", "JISUNG"),
    ("Nguyễn", "Thị Hương", "NGUYEN", "THI HUONG"),
    ("Müller", "Jürgen", "MUELLER", "JUERGEN"),
    ("Soeharto", "Joedono", "SUHARTO", "YUDONO"),
    ("Sidorov", "Ivan Petrovich", "SIDOROV", "IVAN"),
    ("Gates", "William Henry", "Gates", "Bill"),
    ("Suharto", None, None, "Suharto"),
    ("Guttenberg", "Karl Theodor Maria Nikolaus", "GUTTENBERG", "KARL THEODOR MARIA NIKO"),
]


@pytest.mark.parametrize(("surname", "given", "other_surname", "other_given"), WRITINGS)
def test_other_writings_are_linked_after_a_renewal(
    surname: str, given: str | None, other_surname: str | None, other_given: str
) -> None:
    holder = Person(surname, given, "1980-05-17", "CHN", "M", (Document("11223344", "CHN"),))
    guest = Person(
        other_surname, other_given, "1980-05-17", "CHN", "M", (Document("99887766", "CHN"),)
    )
    assert judged(guest, holder).band is Band.LINKED
    assert match_keys(guest) & match_keys(holder)


def test_an_old_passport_counts_as_well() -> None:
    holder = Person(
        "Lindström", "Anna", "1974-08-12", "SWE", "F",
        (Document("11112222", "SWE"), Document("98765432", "SWE")),
    )  # fmt: skip
    verdict = judged(person(), holder)
    assert verdict.reasons[0].code == "same"
    assert match_keys(person()) & match_keys(holder)
