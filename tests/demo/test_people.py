"""That the invented guests and lodgings are lifelike, various and the same for the same seed."""

import re
import unicodedata
from datetime import date
from random import Random

import pytest

from apoa.base.countries import is_foreign, is_nationality
from apoa.base.names import clean_text, fold, mrz_fold, name_tokens
from apoa.demo.people import NATIONALITIES, Person, Writing, family, person, random_nationality
from apoa.demo.person_names import stocks
from apoa.demo.property_names import (
    PROPERTY_KINDS,
    nib,
    property_name,
    responsible_person,
    street_address,
)

TODAY = date(2026, 11, 21)


def people(nationality: str) -> list[Person]:
    rng = Random(nationality)
    return [person(rng, nationality, today=TODAY) for _ in range(60)]


def test_at_least_forty_foreign_nationalities_have_names() -> None:
    assert len(NATIONALITIES) >= 40
    assert set(NATIONALITIES) == set(stocks())
    assert all(is_nationality(code) and is_foreign(code) for code in NATIONALITIES)


@pytest.mark.parametrize("nationality", NATIONALITIES)
def test_same_seed_gives_the_same_people(nationality: str) -> None:
    assert people(nationality) == people(nationality)
    assert family(Random(5), nationality, 4, today=TODAY) == family(
        Random(5), nationality, 4, today=TODAY
    )


@pytest.mark.parametrize("nationality", NATIONALITIES)
def test_people_are_plausible(nationality: str) -> None:
    for made in people(nationality):
        assert made.mononym == (made.surname is None)
        assert made.given_names
        assert re.fullmatch(r"[A-Z0-9]{7,9}", made.document_number)
        assert made.expires_on > TODAY
        assert 19 <= (TODAY - date.fromisoformat(made.birth_date)).days / 365.2425 < 78
        assert made.nationality == made.issuing_state == nationality
        for text in (made.surname, made.given_names, made.native_name, made.birth_place):
            assert text is None or clean_text(text) == text
        assert name_tokens(made.surname, made.given_names, made.native_name)


@pytest.mark.parametrize("nationality", NATIONALITIES)
def test_people_differ(nationality: str) -> None:
    made = people(nationality)
    assert len({(p.surname, p.given_names) for p in made}) > 30
    assert len({p.document_number for p in made}) == len(made)
    assert {p.sex for p in made} == {"M", "F"}


@pytest.mark.parametrize(
    ("nationality", "script"),
    [
        ("CHN", "CJK"),
        ("TWN", "CJK"),
        ("JPN", "CJK"),
        ("KOR", "HANGUL"),
        ("RUS", "CYRILLIC"),
        ("THA", "THAI"),
        ("SAU", "ARABIC"),
    ],
)
def test_names_come_in_their_own_script_too(nationality: str, script: str) -> None:
    native = [p.native_name for p in people(nationality) if p.native_name]
    assert len(native) > 30
    assert any(unicodedata.name(name[0]).startswith(script) for name in native)


def test_awkward_cases_can_be_asked_for() -> None:
    rng = Random(1)
    single = person(rng, "DEU", today=TODAY, mononym=True)
    assert single.mononym
    assert single.surname is None
    partial = [person(rng, "EGY", today=TODAY, partial_birth_date=True) for _ in range(20)]
    assert {p.birth_date[-5:] == "00-00" for p in partial} == {True, False}
    assert all(p.birth_date.endswith("-00") for p in partial)
    assert person(rng, "AUS", today=TODAY, expired=True).expires_on < TODAY
    child = person(rng, "AUS", today=TODAY, minor=True)
    assert (TODAY - date.fromisoformat(child.birth_date)).days < 18 * 365.25
    with pytest.raises(KeyError):
        person(rng, "IDN", today=TODAY)


def test_burmese_people_have_one_field_for_their_name() -> None:
    assert all(p.mononym for p in people("MMR"))


def test_russian_surnames_follow_the_sex_and_the_passport_table() -> None:
    for made in people("RUS"):
        if made.native_name:
            surname = made.native_name.split()[0]
            assert mrz_fold(surname) == fold(made.surname or "")
            assert not (made.sex == "F" and surname.endswith("ов"))


def test_mrz_writing_has_only_plain_letters() -> None:
    rng = Random(3)
    for nationality in NATIONALITIES:
        made = person(rng, nationality, today=TODAY, writing=Writing.MRZ)
        assert re.fullmatch(r"[A-Z ]+", f"{made.surname or ''} {made.given_names}".strip())


@pytest.mark.parametrize("nationality", NATIONALITIES)
def test_families_have_two_parents_and_small_children(nationality: str) -> None:
    father, mother, *children = family(Random(9), nationality, 5, today=TODAY)
    assert (father.sex, mother.sex, len(children)) == ("M", "F", 3)
    assert all(child.birth_date > max(father.birth_date, mother.birth_date) for child in children)
    assert len({p.document_number for p in (father, mother, *children)}) == 5


def surnames(nationality: str) -> list[str]:
    return [fold(p.surname or "") for p in family(Random(2), nationality, 4, today=TODAY)]


def test_families_share_a_surname_only_where_the_culture_does() -> None:
    assert len(set(surnames("USA"))) == 1
    father, mother, *children = surnames("KOR")
    assert father != mother
    assert set(children) == {father}
    father, mother, *children = surnames("ESP")
    assert all(child.split()[0] == father.split()[0] for child in children)
    assert all(child.split()[1] == mother.split()[0] for child in children)
    assert all(name.endswith(("SON", "DOTTIR")) for name in surnames("ISL"))
    assert set(surnames("MMR")) == {""}


def test_visitors_are_a_mix() -> None:
    rng = Random(4)
    seen = {random_nationality(rng) for _ in range(5000)}
    assert len(seen) >= 40


def test_report_fields_are_those_of_the_contract() -> None:
    made = person(Random(6), "SWE", today=TODAY)
    assert set(made.as_guest()) == set(
        "surname given_names mononym native_name sex birth_date birth_place nationality".split()
    )
    assert set(made.as_document()) == {"type", "number", "issuing_state", "expires_on"}


@pytest.mark.parametrize("size", [0, 9])
def test_other_family_sizes_are_refused(size: int) -> None:
    with pytest.raises(ValueError, match="1 to 8"):
        family(Random(1), "AUS", size, today=TODAY)


@pytest.mark.parametrize("kind", PROPERTY_KINDS)
def test_lodgings_are_named_by_kind_and_repeatably(kind: str) -> None:
    first, second = Random(7), Random(7)
    names = [property_name(first, kind, "Bengkulu") for _ in range(30)]
    assert names == [property_name(second, kind, "Bengkulu") for _ in range(30)]
    assert len(set(names)) > 10
    assert not any("_" in name or "{" in name for name in names)


def test_numbers_and_addresses_of_lodgings_have_their_shape() -> None:
    rng = Random(8)
    for _ in range(50):
        assert re.fullmatch(r"99\d{11}", nib(rng))
        assert re.fullmatch(r"Jl\. [\w\- ]+ No\. \d+[ABC]?( RT \d\d/RW \d\d)?", street_address(rng))
        assert "_" not in responsible_person(rng)
