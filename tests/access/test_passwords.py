"""Which passwords are refused, and how the good ones are kept."""

import pytest

from apoa.access.passwords import PasswordHashing, check_password, require_good_password
from apoa.base.errors import InvalidInput
from apoa.base.problems import problem_text

CHEAP = PasswordHashing(time_cost=1, memory_kib=8)
GOOD = "teras-kopi-hujan-42"


def codes(password: str, *about: str) -> list[str]:
    return [problem.code for problem in check_password(password, about=about)]


@pytest.mark.parametrize("password", [GOOD, "x" * 5 + "yzab7", "пароль-из-слов", "a b c d e f g h"])
def test_a_good_password_has_no_problem(password: str) -> None:
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "required"),
        ("pendek7", "too-short"),
        ("aB3$" * 33, "too-long"),
        ("12345678", "password-common"),
        ("Password123", "password-common"),
        ("P@ssw0rd", "password-common"),
        ("bismillah", "password-common"),
        ("Bismillah2026!", "password-common"),
        ("sayangku123", "password-common"),
        ("indonesia", "password-common"),
        ("jakarta-1990", "password-common"),
        ("abababababab", "password-common"),
        ("apoa2026apoa", "password-context"),
        ("1m1gras1-99", "password-context"),
    ],
)
def test_a_weak_password_is_refused(password: str, code: str) -> None:
    assert codes(password) == [code]


def test_a_password_of_128_characters_is_long_enough_and_not_too_long() -> None:
    assert codes("aB3$" * 32) == []


@pytest.mark.parametrize("password", ["anggrainie1", "Kartasura99", "hotelrafles", "RAFFLES2026"])
def test_words_about_the_person_and_the_lodging_count_for_nothing(password: str) -> None:
    about = ("Dewi Anggrainie", "d.kartasura@example.com", "Hotel Raffles")
    assert codes(password, *about) == ["password-context"]
    assert codes(password) == []


def test_a_word_about_the_person_beside_enough_others_is_good() -> None:
    assert codes("anggrainie-meja-lampu-biru", "Dewi Anggrainie") == []


def test_a_refusal_names_the_field_and_never_the_password() -> None:
    with pytest.raises(InvalidInput) as caught:
        require_good_password("bismillah", pointer="/new_password")
    assert "bismillah" not in str(caught.value)
    assert caught.value.problems[0].pointer == "/new_password"
    assert all(problem_text(caught.value.problems[0], locale) for locale in ("id", "en"))


def test_a_password_is_kept_as_argon2id_and_recognised() -> None:
    stored = CHEAP.hash(GOOD)
    assert stored.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert CHEAP.verify(stored, GOOD)
    assert not CHEAP.verify(stored, GOOD + "x")
    assert not CHEAP.verify(None, GOOD)
    assert not CHEAP.verify("no hash at all", GOOD)


def test_two_ways_to_write_the_same_letter_are_the_same_password() -> None:
    assert CHEAP.verify(CHEAP.hash("caf\u00e9-lampu-meja"), "cafe\u0301-lampu-meja")


def test_a_pasted_line_end_does_not_matter() -> None:
    assert CHEAP.verify(CHEAP.hash(GOOD), GOOD + "\r\n")


def test_a_hash_of_other_costs_is_outdated() -> None:
    stored = CHEAP.hash(GOOD)
    assert not CHEAP.is_outdated(stored)
    assert PasswordHashing(time_cost=2, memory_kib=8).is_outdated(stored)
