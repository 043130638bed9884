"""Every page for every role that may enter: usable by all, in both languages, on any screen."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.grounds import Grounds, make_grounds
from tests.journeys.page_checks import Ear, faults_of, picture
from tests.journeys.people import new_page, speak
from tests.journeys.site_pages import (
    NATIONAL,
    NO_PAGES,
    OFFICERS,
    PAGES,
    ROLES,
    SEARCHERS,
    VISITOR,
    address,
    get_rules,
    looks_of,
)
from tests.journeys.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]


@pytest.fixture(scope="module")
def rules(site: System) -> dict[str, str]:
    return get_rules(site.command("routes"))


@pytest.fixture(scope="module")
def grounds(browser: Browser, site: System) -> Grounds:
    return make_grounds(browser, site)


@pytest.fixture(scope="module")
def pages(site: System, browser: Browser, grounds: Grounds) -> Iterator[dict[str, Page]]:
    """A browser for each role, signed in once."""
    opened: dict[str, Page] = {}
    for role in ROLES:
        page = new_page(browser, site)
        if role != VISITOR:
            grounds.sign_in(page, role)
        opened[role] = page
    yield opened
    for page in opened.values():
        page.context.close()


def test_no_page_is_forgotten(rules: dict[str, str]) -> None:
    site = {name for name in rules if not name.startswith("api")}
    assert site == set(PAGES) | NO_PAGES


@pytest.mark.parametrize("role", ROLES)
def test_pages_of(
    role: str,
    pages: dict[str, Page],
    rules: dict[str, str],
    grounds: Grounds,
    screenshots: Path,
) -> None:
    page = pages[role]
    ear = Ear(page)
    faults: list[str] = []
    own = {"search_id": start_search(page)} if role in SEARCHERS else {}
    if role in OFFICERS:
        own |= {"permit_search_id": start_permit_search(page)}
    if role in NATIONAL:
        own |= {"office_id": first_office(page)}
    spoken = ""
    for look in looks_of(role):
        if look.locale != spoken:
            speak(page, look.locale)
            spoken = look.locale
        page.set_viewport_size({"width": look.width, "height": 800})
        answer = page.goto(address(rules[look.endpoint], grounds.values(look.endpoint) | own))
        assert answer is not None
        if answer.status != 200:
            faults.append(f"{look.name}: answers {answer.status}")
            continue
        picture(page, screenshots, look.name)
        faults += [f"{look.name}: {one}" for one in faults_of(page, ear, look.locale, look.width)]
    assert not faults, "\n" + "\n".join(faults)


def start_search(page: Page) -> str:
    """Searches for the guest of the grounds; the search's id."""
    page.goto("/supervision/search")
    page.locator("[name=purpose]").fill("Operasi gabungan 17/2026")
    page.locator("[name=name]").fill("Lindqvist")
    page.locator("[name=name]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil pencarian")
    return page.url.partition("?")[0].rpartition("/")[2]


def start_permit_search(page: Page) -> str:
    """Searches for a permit, which says why the officer looks too; the search's id."""
    page.goto("/officers/permits")
    page.locator("[name=purpose]").fill("Operasi gabungan 17/2026")
    page.locator("[name=permit_number]").fill("CONTOH-DOCUMENT-MISMATCH")
    page.locator("[name=permit_number]").press("Enter")
    expect(page.locator("h1")).to_contain_text(re.compile("ditemukan|found"))
    return page.url.partition("?")[0].rpartition("/")[2]


def first_office(page: Page) -> str:
    """The id of an office that the directorate lists."""
    page.goto("/directorate/offices")
    href = page.locator("main table a[href*='/offices/']").first.get_attribute("href")
    assert href is not None
    return href.rpartition("/")[2]
