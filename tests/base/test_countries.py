"""Which country codes are taken, how they are named and in which order they are offered."""

from dataclasses import FrozenInstanceError

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.base.countries import (
    COUNTRIES,
    country_name,
    is_foreign,
    is_nationality,
    is_specimen,
    nationalities,
    normalize_country,
)

ICAO = (
    "EUE GBD GBN GBO GBP GBS RKS UNO UNA UNK XXA XXB XXC XXX XOM XPO XCC XCE XCO XEC XES XMP XBA"
    " XIM XDC XCT UTO"
).split()


def test_every_iso_code_is_a_nationality_with_both_names() -> None:
    for entry in pycountry.countries:
        country = COUNTRIES[entry.alpha_3]
        assert is_nationality(country.code)
        assert not country.is_icao_only
        assert country.name_id
        assert country.name_en


@pytest.mark.parametrize("code", ICAO)
def test_icao_additions_are_known_and_marked(code: str) -> None:
    assert COUNTRIES[code].is_icao_only
    assert normalize_country(code) == code


@pytest.mark.parametrize(
    ("code", "indonesian", "english"),
    [
        ("DEU", "Jerman", "Germany"),
        ("NLD", "Belanda", "Netherlands"),
        ("KOR", "Korea Selatan", "South Korea"),
        ("GBR", "Inggris Raya", "United Kingdom"),
        ("MMR", "Myanmar", "Myanmar"),
        ("XXB", "Pengungsi (Konvensi 1951)", "Refugee (1951 Convention)"),
    ],
)
def test_names_in_both_languages(code: str, indonesian: str, english: str) -> None:
    assert country_name(code, "id") == country_name(code, "id_ID") == indonesian
    assert country_name(code, "en") == english


@pytest.mark.parametrize("text", ["D", "d", "D<<", " DEU ", "deu"])
def test_germany_is_always_deu(text: str) -> None:
    assert normalize_country(text) == "DEU"


def test_kosovo_has_one_canonical_code() -> None:
    assert normalize_country("XKX") == "RKS"


@pytest.mark.parametrize("text", ["", "<<<", "DE", "QQQ", "Germany", "XAA"])
def test_other_text_is_refused_without_being_quoted(text: str) -> None:
    with pytest.raises(ValueError, match=r"^the text is not a known country code$"):
        normalize_country(text)


@given(st.text())
def test_normalizing_is_stable_or_refuses(text: str) -> None:
    try:
        code = normalize_country(text)
    except ValueError:
        return
    assert normalize_country(code) == code
    assert code in COUNTRIES


@pytest.mark.parametrize("code", ["EUE", "XBA", "XCE", "XCT", "ANT", "NTZ", "D", "", "ZZZ"])
def test_issuers_and_unknown_codes_are_no_nationality(code: str) -> None:
    assert not is_nationality(code)


def test_specimen_is_taken_but_not_offered() -> None:
    assert is_nationality("UTO")
    assert is_specimen("UTO")
    assert not is_specimen("SWE")
    assert "UTO" not in {country.code for country in nationalities()}


def test_withdrawn_codes_say_until_when() -> None:
    assert {code for code, country in COUNTRIES.items() if country.valid_until} == {"ANT", "NTZ"}


def test_only_indonesians_are_not_foreign() -> None:
    assert {country.code for country in nationalities() if not is_foreign(country.code)} == {"IDN"}


def test_choices_are_sorted_by_the_name_that_is_read() -> None:
    indonesian = [country.code for country in nationalities("id")]
    english = [country.code for country in nationalities("en")]
    assert indonesian.index("NLD") < indonesian.index("DEU")
    assert english.index("DEU") < english.index("NLD")
    assert english.index("ALA") < english.index("ALB")
    assert sorted(indonesian) == sorted(english)


def test_a_country_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        COUNTRIES["DEU"].name_id = "x"  # type: ignore[misc] # the refusal is what is tested
