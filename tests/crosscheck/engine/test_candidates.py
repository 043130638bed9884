"""Of many who share a key with the guest, those are looked at who share the most telling ones."""

from datetime import date
from uuid import UUID

from apoa.crosscheck.candidates import find_candidates
from apoa.crosscheck.keys import key_numbers
from apoa.crosscheck.matching.keys import key_bits
from apoa.crosscheck.matching.person import Person
from apoa.db.base import session
from apoa.db.scope import scope
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import get_match, make_permit, register, report, work

NAMESAKES = 12
# Another month and day than the specimen's in each.
BIRTHS = [f"{1950 + number}-01-{number + 14}" for number in range(NAMESAKES)]
GUEST = Person("ERIKSSON", "ANNA MARIA", "1974-08-12", "SWE", "F")
NOBODY = UUID(int=0)


def _namesakes() -> list[UUID]:
    return register(
        *(
            make_permit(f"2A11KB1{number:03}", f"X10000{number:03}", birth_date=birth)
            for number, birth in enumerate(BIRTHS)
        )
    )


def _found(most: int, *own: UUID) -> list[UUID]:
    # The permits' keys are the worker's to write.
    work()
    with scope(EVERYWHERE):
        keys = {NOBODY: key_numbers(GUEST)}
        found = list(find_candidates(keys, {NOBODY: own}, most)[NOBODY])
        session().rollback()
    return found


def test_who_shares_the_birth_year_too_comes_before_namesakes(cast: Cast) -> None:
    del cast
    namesakes = _namesakes()
    [closer] = register(make_permit("2A11KB2000", "X20000000", birth_date="1974-05-30"))
    assert set(_found(50)) == {*namesakes, closer}
    assert _found(1) == [closer]


def test_who_was_found_before_stays_a_candidate_beyond_the_number(cast: Cast) -> None:
    del cast
    namesakes = _namesakes()
    [closer] = register(make_permit("2A11KB2000", "X20000000", birth_date="1974-05-30"))
    assert set(_found(1, namesakes[-1])) == {closer, namesakes[-1]}


def test_a_key_is_worth_a_bit_less_for_twice_as_many() -> None:
    assert key_bits(1) - key_bits(2) == key_bits(50) - key_bits(100) == 1.0
    # Two keys that a hundred share say more than one that a single other has.
    assert 2 * key_bits(100) > key_bits(1)


def test_of_many_permits_of_one_holder_the_present_one_is_found(cast: Cast) -> None:
    visits = [
        make_permit(
            f"2A11KB3{number:03}",
            kind="bvk",
            valid_from=date(2014 + number, 1, 1),
            valid_until=date(2014 + number, 1, 30),
        )
        for number in range(NAMESAKES)
    ]
    register(*visits)
    [present] = register(make_permit("2A11KB4000"))
    work()
    stay_id = report(cast)
    work()
    assert get_match(stay_id).permit_id == present
