"""Regions are found by any of their words, with their ancestors' names beside them."""

import pytest

from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.offices.queries import find_region, find_region_paths, get_region, region_path
from apoa.offices.region_search import search_regions
from apoa.offices.regions import RegionLevel

NARROW = (RegionLevel.DISTRICT, RegionLevel.VILLAGE)

pytestmark = pytest.mark.usefixtures("clean")


def test_a_district_is_shown_with_the_regions_around_it() -> None:
    found = search_regions("ratu samban")
    assert [one.label for one in found] == ["Ratu Samban, Kota Bengkulu, Bengkulu"]
    assert found[0].level is RegionLevel.DISTRICT


def test_a_middle_word_finds_and_a_whole_name_comes_first() -> None:
    labels = [one.label for one in search_regions("samban")]
    assert "Ratu Samban, Kota Bengkulu, Bengkulu" in labels
    exact = search_regions("sukajadi")
    assert all(one.path[-1] == "Sukajadi" for one in exact[:3])
    assert exact[0].level is RegionLevel.DISTRICT


def test_words_of_regions_around_narrow_the_search() -> None:
    found = search_regions("sukajadi bandung", levels=NARROW)
    assert found
    assert all("Bandung" in " ".join(one.path) for one in found)
    assert search_regions("bandung sukajadi", levels=NARROW)[0].code == found[0].code


def test_every_word_must_be_found() -> None:
    assert search_regions("ratu samban jakarta") == []


def test_case_marks_and_short_forms_do_not_count() -> None:
    plain = [one.code for one in search_regions("kabupaten bengkulu utara")]
    assert plain
    assert [one.code for one in search_regions("KAB. BENGKULU  UTARA")] == plain


def test_only_the_wanted_levels_are_offered() -> None:
    found = search_regions("bengkulu", levels=NARROW)
    assert all(one.level in NARROW for one in found)
    assert search_regions("17.71", levels=NARROW) == []


def test_a_code_finds_its_region() -> None:
    assert [one.code for one in search_regions("17.71.01")] == ["17.71.01"]
    assert search_regions("17.99.99") == []


@pytest.mark.parametrize("text", ["", "  ", "!!!", "'", "' | ''", "x" * 500, "%", "a:* & b", "\\"])
def test_odd_input_finds_nothing_and_breaks_nothing(text: str) -> None:
    assert isinstance(search_regions(text), list)


def test_percent_signs_are_no_wildcards() -> None:
    assert search_regions("ra% samban") == search_regions("ra samban")


def test_the_answer_is_limited() -> None:
    assert len(search_regions("su", limit=7)) == 7


def test_the_word_index_serves_the_search() -> None:
    session().connection().exec_driver_sql("SET LOCAL enable_seqscan = off")
    plan = (
        session()
        .connection()
        .exec_driver_sql(
            "EXPLAIN SELECT code FROM regions WHERE"
            " to_tsvector('simple'::regconfig, name_folded) @@ to_tsquery('simple', 'suka:*')"
        )
    )
    assert any("ix_regions_words" in str(row[0]) for row in plan)


def test_a_path_goes_from_the_province_to_the_region() -> None:
    assert region_path("17.71.07") == ("Bengkulu", "Kota Bengkulu", "Ratu Samban")
    assert region_path("17") == ("Bengkulu",)


@pytest.mark.parametrize("code", ["99", "17.71.99.9999", "nonsense", ""])
def test_an_unknown_code_has_no_region(code: str) -> None:
    assert find_region(code) is None
    assert find_region_paths([code]) == {}
    with pytest.raises(NotFound):
        get_region(code)
