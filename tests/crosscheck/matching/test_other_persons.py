"""Who shares much with a holder without being the holder is not linked."""

from typing import Any

import pytest

from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.matching.score import Band, best_of, prepared
from tests.crosscheck.matching.people import REGISTER, judged, person

OTHERS = {
    "twin": {"given_names": "Karl", "sex": "M", "number": "31415926"},
    "twin sister, next passport": {"given_names": "Elsa", "number": "98765433"},
    "sibling": {"given_names": "Karl", "birth_date": "1976-03-02", "number": "98765433"},
    "mother of the same name": {"birth_date": "1946-03-02", "number": "31415926"},
    "spouse, same booking": {
        "given_names": "Karl", "sex": "M", "birth_date": "1971-01-30", "number": "98765432",
    },
    "the same number, another person": {
        "surname": "Wang", "given_names": "Wei", "birth_date": "1990-02-02", "sex": "M",
    },
    "the same birthday": {"surname": "Wang", "given_names": "Wei", "number": "31415926"},
}  # fmt: skip


@pytest.mark.parametrize("changes", OTHERS.values(), ids=OTHERS.keys())
def test_other_persons_are_not_linked(changes: dict[str, Any]) -> None:
    assert judged(person(**changes)).band is not Band.LINKED


def test_the_same_number_for_another_person_is_shown_to_a_reviewer() -> None:
    changes = {"surname": "Wang", "given_names": "Wei", "birth_date": "1990-02-02", "sex": "M"}
    assert judged(person(**changes)).band is Band.REVIEW


def test_namesakes_with_common_names_are_not_linked_without_more() -> None:
    guest = Person("Wang", "Wei", "1980-05-17", "CHN", "M", (Document("E1234567", "CHN"),))
    holder = Person("Wang", "Wei", "1980-05-21", "CHN", "M", (Document("E7654321", "CHN"),))
    assert judged(guest, holder).band is not Band.LINKED


def wang_wei(number: str, birth_date: str = "1980-05-17") -> Person:
    return Person("Wang", "Wei", birth_date, "CHN", "M", (Document(number, "CHN"),))


def test_two_equally_likely_holders_leave_the_choice_to_a_person() -> None:
    guest = prepared(wang_wei("E1234567"))
    holders = [("a", prepared(wang_wei("E7654321"))), ("b", prepared(wang_wei("E5555555")))]
    ranked = best_of(guest, holders, REGISTER)
    assert len(ranked) == 2
    assert ranked[0][1].band is Band.REVIEW
    assert ranked[0][1].reasons[-1].field == "lead"


def test_a_clear_lead_over_a_namesake_is_linked() -> None:
    guest = prepared(wang_wei("E1234567"))
    holders = [
        ("other", prepared(wang_wei("E7654321", "1990-11-30"))),
        ("own", prepared(wang_wei("E1234567"))),
    ]
    ranked = best_of(guest, holders, REGISTER)
    assert ranked[0][0] == "own"
    assert ranked[0][1].band is Band.LINKED


def test_two_permits_of_one_holder_do_not_hinder_each_other() -> None:
    guest = prepared(wang_wei("E1234567"))
    holders = [("old", prepared(wang_wei("E1234567"))), ("new", prepared(wang_wei("E1234567")))]
    ranked = best_of(guest, holders, REGISTER)
    assert ranked[0][1].band is Band.LINKED
    assert [band for _, band in [(n, s.band) for n, s in ranked]][1] is Band.REVIEW


def test_the_order_of_the_candidates_decides_nothing() -> None:
    guest = prepared(wang_wei("E1234567"))
    holders = [
        (name, prepared(wang_wei(number, born)))
        for name, number, born in (
            ("a", "E7654321", "1990-11-30"),
            ("b", "E1234561", "1980-05-17"),
            ("c", "E9999999", "1980-05-17"),
        )
    ]
    first = best_of(guest, holders, REGISTER)
    assert first == best_of(guest, holders[::-1], REGISTER)


def test_no_candidate_gives_an_empty_list() -> None:
    assert best_of(prepared(person()), [], REGISTER) == []
    empty = prepared(Person())
    assert best_of(empty, [("a", empty)], REGISTER)[:1] in (
        [],
        best_of(empty, [("a", empty)], REGISTER),
    )
