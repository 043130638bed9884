"""The shipped regions and offices are complete, and made as their README says."""

import gzip
import importlib.util
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from types import ModuleType

import pytest

from apoa.offices.region_file import read_regions
from apoa.offices.regions import (
    RegionLevel,
    office_for_region,
    parent_code,
    region_level,
    time_zone_of,
)

DATA = files("apoa.offices").joinpath("data")


@pytest.fixture(scope="module")
def regions() -> dict[str, str]:
    return dict(read_regions())


@pytest.fixture(scope="module")
def offices() -> list[dict]:
    return json.loads(DATA.joinpath("offices.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    script = Path(__file__).parents[2] / "tools" / "refresh_regions.py"
    spec = importlib.util.spec_from_file_location("refresh_regions", script)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_region_of_the_country_is_there_once(regions: dict[str, str]) -> None:
    codes = [code for code, _ in read_regions()]
    assert codes == sorted(set(codes))
    assert Counter(map(region_level, regions)) == {
        RegionLevel.PROVINCE: 38,
        RegionLevel.REGENCY: 514,
        RegionLevel.DISTRICT: 7285,
        RegionLevel.VILLAGE: 83762,
    }


def test_every_parent_exists(regions: dict[str, str]) -> None:
    parents = {parent_code(code) for code in regions} - {None}
    assert parents <= regions.keys()


def test_every_name_is_readable(regions: dict[str, str]) -> None:
    for name in regions.values():
        assert name == " ".join(name.split())
        assert re.match(r"[A-Z0-9]", name), name


def test_every_province_has_a_time_zone(regions: dict[str, str]) -> None:
    provinces = [code for code in regions if parent_code(code) is None]
    assert Counter(map(time_zone_of, provinces)) == {
        "Asia/Jakarta": 18,
        "Asia/Makassar": 12,
        "Asia/Jayapura": 8,
    }


def test_bengkulu_has_its_ten_regencies(regions: dict[str, str]) -> None:
    names = {name for code, name in regions.items() if parent_code(code) == "17"}
    assert regions["17"] == "Bengkulu"
    assert names == {"Kota Bengkulu"} | {
        f"Kabupaten {name}"
        for name in (
            "Bengkulu Utara",
            "Bengkulu Selatan",
            "Bengkulu Tengah",
            "Rejang Lebong",
            "Mukomuko",
            "Seluma",
            "Kaur",
            "Kepahiang",
            "Lebong",
        )
    }


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("35.04", "Kabupaten Tulungagung"),
        ("35.05", "Kabupaten Blitar"),
        ("35.72", "Kota Blitar"),
        ("21.01", "Kabupaten Bintan"),
        ("21.01.07", "Bintan Utara"),
        ("21.01.10", "Teluk Sebong"),
        ("21.01.15", "Seri Kuala Lobam"),
    ],
)
def test_areas_of_the_first_offices_exist(regions: dict[str, str], code: str, name: str) -> None:
    assert regions[code] == name


def test_offices_hold_areas_that_exist_and_share_none(
    regions: dict[str, str], offices: list[dict]
) -> None:
    assert [office["code"] for office in offices] == ["bengkulu", "blitar", "tanjung-uban"]
    areas = [(office["code"], code) for office in offices for code in office["areas"]]
    assert {code for _, code in areas} <= regions.keys()
    assert len({code for _, code in areas}) == len(areas) == 16
    for office in offices:
        assert office["name"].startswith(f"Kantor Imigrasi {office['class']} ")


@pytest.mark.parametrize(
    ("village", "office"),
    [
        ("17.71.01.1001", "bengkulu"),
        ("35.72.01.1001", "blitar"),
        ("21.01.07.1001", "tanjung-uban"),
        ("21.01.08.1001", None),
    ],
)
def test_village_finds_its_office(
    regions: dict[str, str], offices: list[dict], village: str, office: str | None
) -> None:
    areas = [(each["code"], code) for each in offices for code in each["areas"]]
    assert office_for_region(village, areas) == office


def test_bengkulu_answers_for_the_whole_province(
    regions: dict[str, str], offices: list[dict]
) -> None:
    in_province = [code for code in regions if parent_code(code) == "17"]
    assert offices[0]["areas"] == in_province


def test_file_is_what_the_tool_writes(refresh: ModuleType, regions: dict[str, str]) -> None:
    shipped = DATA.joinpath("regions.csv.gz").read_bytes()
    assert gzip.decompress(refresh.pack(regions)) == gzip.decompress(shipped)
    assert shipped[4:8] == bytes(4), "the time in the header makes every file different"


def test_readme_names_the_source_and_its_licence(refresh: ModuleType) -> None:
    readme = DATA.joinpath("README.md").read_text(encoding="utf-8")
    for needed in (refresh.PACKAGE, refresh.VERSION, "Open Database License", "Fityan"):
        assert needed in readme


@pytest.mark.parametrize(
    ("given", "readable"),
    [
        ("KABUPATEN ACEH SELATAN", "Kabupaten Aceh Selatan"),
        ("DKI JAKARTA", "DKI Jakarta"),
        ("DI YOGYAKARTA", "DI Yogyakarta"),
        ("ULAK KARANG XIV", "Ulak Karang XIV"),
        ("KUPA-KUPA (HALEHE)", "Kupa-Kupa (Halehe)"),
        ("KI'E", "Ki'e"),
        ("RD. PJKA", "RD. PJKA"),
        ("lamuk", "Lamuk"),
        ("Kupa-kupa Selatan", "Kupa-kupa Selatan"),
        ("  Teluk  Sebong ", "Teluk Sebong"),
    ],
)
def test_tool_rights_names_of_one_case_only(refresh: ModuleType, given: str, readable: str) -> None:
    assert refresh.readable_name(given) == readable


@pytest.mark.parametrize("given", ["17", "1771", "17.71", "1771011001", "17.71.01.1001"])
def test_tool_dots_plain_codes(refresh: ModuleType, given: str) -> None:
    dotted = refresh.dotted_code(given)
    assert region_level(dotted)
    assert dotted.replace(".", "") == given.replace(".", "")


@pytest.mark.parametrize("given", ["", "1", "177", "17.7101", "17710110011", "17.71.01.", "AB"])
def test_tool_refuses_other_codes(refresh: ModuleType, given: str) -> None:
    with pytest.raises(SystemExit):
        refresh.dotted_code(given)
