"""Region codes: level, parents, time zone, search form of names, responsible office."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.offices.regions import (
    AreaClaimedTwice,
    ProvinceUnknown,
    RegionCodeMalformed,
    RegionLevel,
    TimeZoneNotIndonesian,
    ancestor_codes,
    fold_region_name,
    is_region_code,
    is_within,
    office_for_region,
    parent_code,
    region_level,
    time_zone_of,
    zone_label,
)

CODES = st.from_regex(r"[0-9]{2}(\.[0-9]{2}(\.[0-9]{2}(\.[0-9]{4})?)?)?", fullmatch=True)
BENGKULU_CITY, SELEBAR, VILLAGE = "17.71", "17.71.01", "17.71.01.1001"


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("17", RegionLevel.PROVINCE),
        (BENGKULU_CITY, RegionLevel.REGENCY),
        (SELEBAR, RegionLevel.DISTRICT),
        (VILLAGE, RegionLevel.VILLAGE),
    ],
)
def test_number_of_parts_gives_the_level(code: str, level: RegionLevel) -> None:
    assert region_level(code) is level


MALFORMED = ["", "1", "177", "1771", "17.", "17.7", "17.71.1", "17.71.01.101", "17.71.01.10011"]
MALFORMED += ["17.71.01.1001.01", " 17", "17\n", "17,71", "AB", "١٧", "17.71.01.1001 "]


@pytest.mark.parametrize("text", MALFORMED)
def test_other_text_is_no_region_code_and_is_refused(text: str) -> None:
    assert not is_region_code(text)
    for rule in (region_level, parent_code, ancestor_codes, time_zone_of):
        with pytest.raises(RegionCodeMalformed):
            rule(text)
    with pytest.raises(RegionCodeMalformed):
        is_within("17", text)
    with pytest.raises(RegionCodeMalformed):
        is_within(text, "17")
    with pytest.raises(RegionCodeMalformed):
        office_for_region(text, [])


@given(CODES)
def test_following_the_parents_gives_the_ancestors(code: str) -> None:
    climbed = []
    parent = parent_code(code)
    while parent is not None:
        climbed.append(parent)
        parent = parent_code(parent)
    assert tuple(reversed(climbed)) == ancestor_codes(code)
    assert len(climbed) == list(RegionLevel).index(region_level(code))


@given(CODES)
def test_region_is_within_itself_and_its_ancestors(code: str) -> None:
    assert is_within(code, code)
    for ancestor in ancestor_codes(code):
        assert is_within(code, ancestor)
        assert not is_within(ancestor, code)


@given(CODES, CODES)
def test_region_is_within_nothing_but_itself_and_its_ancestors(code: str, other: str) -> None:
    assert is_within(code, other) == (other == code or other in ancestor_codes(code))


@given(CODES)
def test_every_code_that_is_accepted_has_the_form(code: str) -> None:
    assert is_region_code(code)


@given(st.text())
def test_any_text_is_either_a_code_or_refused(text: str) -> None:
    if is_region_code(text):
        assert region_level(text) in RegionLevel
    else:
        with pytest.raises(RegionCodeMalformed):
            region_level(text)


def test_region_is_not_within_its_neighbour() -> None:
    assert not is_within("17.71.01", "17.72")


@pytest.mark.parametrize(
    ("code", "zone", "label"),
    [
        (VILLAGE, "Asia/Jakarta", "WIB"),
        ("35.72", "Asia/Jakarta", "WIB"),
        ("62", "Asia/Jakarta", "WIB"),
        ("51", "Asia/Makassar", "WITA"),
        ("63", "Asia/Makassar", "WITA"),
        ("65.01", "Asia/Makassar", "WITA"),
        ("82", "Asia/Jayapura", "WIT"),
        ("96", "Asia/Jayapura", "WIT"),
    ],
)
def test_province_decides_the_time_zone(code: str, zone: str, label: str) -> None:
    assert time_zone_of(code) == zone
    assert zone_label(zone) == label


def test_province_that_does_not_exist_has_no_time_zone() -> None:
    with pytest.raises(ProvinceUnknown):
        time_zone_of("99.01")


def test_foreign_time_zone_has_no_label() -> None:
    with pytest.raises(TimeZoneNotIndonesian):
        zone_label("Asia/Singapore")


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Kota Administrasi Jakarta Selatan", "kota jakarta selatan"),
        ("KOTA ADM. JAKARTA  SELATAN", "kota jakarta selatan"),
        ("Kab. Adm. Kepulauan Seribu", "kabupaten kepulauan seribu"),
        ("Kab. Blitar", "kabupaten blitar"),
        ("Kabupaten Blitar", "kabupaten blitar"),
        ("Kabanjahe", "kabanjahe"),
        ("Kupa-kupa Selatan (Halehe)", "kupa kupa selatan halehe"),
        ("Ki'e", "kie"),
        ('Soka"an', "sokaan"),
        ("Udek Du’en", "udek duen"),
        ("  Teluk\tSébong ", "teluk sebong"),
        ("2 X 11 Enam Lingkung", "2 x 11 enam lingkung"),
        ("---", ""),
    ],
)
def test_names_are_folded_for_search(name: str, folded: str) -> None:
    assert fold_region_name(name) == folded


@given(st.text())
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    once = fold_region_name(name)
    assert fold_region_name(once) == once


BINTAN, BINTAN_UTARA = "21.01", "21.01.07"


@pytest.mark.parametrize(
    ("region", "office"),
    [
        ("21.01.07", "tanjung-uban"),
        ("21.01.07.1001", "tanjung-uban"),
        ("21.01.08", "tanjungpinang"),
        ("21.01", "tanjungpinang"),
        ("21.02.01", "batam"),
        ("21", "batam"),
        ("17.71", None),
    ],
)
def test_closest_area_decides_the_office(region: str, office: str | None) -> None:
    areas = [("tanjung-uban", BINTAN_UTARA), ("batam", "21"), ("tanjungpinang", BINTAN)]
    assert office_for_region(region, areas) == office
    assert office_for_region(region, reversed(areas)) == office


def test_regency_as_a_whole_has_no_office_if_only_a_district_of_it_has() -> None:
    assert office_for_region(BINTAN, [("tanjung-uban", BINTAN_UTARA)]) is None


def test_same_area_of_two_offices_is_refused_only_where_it_decides() -> None:
    areas = [(1, BINTAN), (2, BINTAN), (3, BINTAN_UTARA)]
    assert office_for_region("21.01.07.1001", areas) == 3
    with pytest.raises(AreaClaimedTwice):
        office_for_region("21.01.08", areas)


def test_area_listed_twice_by_one_office_is_no_conflict() -> None:
    assert office_for_region("21.01.08", [(1, BINTAN), (1, BINTAN)]) == 1


@given(CODES, st.lists(CODES, unique=True, max_size=20))
def test_office_holds_the_longest_covering_area(region: str, area_codes: list[str]) -> None:
    areas = [(f"office of {code}", code) for code in area_codes]
    covering = [code for code in area_codes if is_within(region, code)]
    expected = f"office of {max(covering, key=len)}" if covering else None
    assert office_for_region(region, areas) == expected
