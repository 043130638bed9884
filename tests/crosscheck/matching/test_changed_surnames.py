"""A woman with another surname, a new passport and all else the same has married: she is linked.

Whatever speaks against it leaves her to a reviewer, and a man too.
"""

from typing import Any

import pytest

from apoa.crosscheck.matching.score import Band
from tests.crosscheck.matching.people import judged, person

MARRIED: dict[str, Any] = {
    "surname": "Bergqvist", "given_names": "Ingeborg Maria", "number": "31415926",
}  # fmt: skip
HOLDER = person(given_names="Ingeborg Maria")
AGAINST = {
    "another birth date": {"birth_date": "1974-08-13"},
    "another nationality": {"nationality": "NOR"},
    "other given names": {"given_names": "Karin Elsa"},
    "a sex that is not given": {"sex": ""},
}


def test_a_married_woman_is_linked() -> None:
    found = judged(person(**MARRIED), HOLDER)
    assert found.band is Band.LINKED
    codes = {(one.field, one.code) for one in found.reasons}
    assert {("surname", "other"), ("document", "other"), ("birth_date", "same")} <= codes


@pytest.mark.parametrize("changes", AGAINST.values(), ids=AGAINST.keys())
def test_what_speaks_against_it_is_for_a_reviewer(changes: dict[str, Any]) -> None:
    assert judged(person(**MARRIED | changes), HOLDER).band is not Band.LINKED


def test_a_man_of_another_surname_is_not_linked() -> None:
    holder = person(given_names="Torkel Karl", sex="M")
    guest = person(given_names="Torkel Karl", sex="M", surname="Bergqvist", number="31415926")
    assert judged(guest, holder).band is not Band.LINKED
