"""The main job without script, with the keyboard alone, and over a thin line."""

import re

import pytest
from playwright.sync_api import Browser, Page, StorageState, ViewportSize, expect

from tests.journeys.grounds import fill_in_guest
from tests.journeys.people import account, new_page, sign_in
from tests.journeys.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]
KILOBYTE = 1024
FIRST_LOAD = 80 * KILOBYTE
LATER_PAGE = 15 * KILOBYTE
MOST_KEYS = 70
PAUSE_MS = 150  # of a person between two boxes; without any it would be a scanner that types
PHONE: ViewportSize = {"width": 360, "height": 740}
# The element that has the focus: is it marked, and does it lie inside the window?
_FOCUS_SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return inside && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


def lodging_of(site: System) -> str:
    return str(account(site, "clerk")["properties"][0]["id"])


def without_script(browser: Browser, site: System) -> Page:
    context = browser.new_context(
        base_url=site.url, locale="id-ID", java_script_enabled=False, viewport=PHONE
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def test_everything_works_without_script(browser: Browser, site: System) -> None:
    page = without_script(browser, site)
    clerk = account(site, "clerk")
    sign_in(page, clerk["email"], clerk["password"])
    page.get_by_role("link", name="Lapor tamu").first.click()
    fill_in_guest(page, "HOLMGREN", "SE9900881")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan diterima")
    number = re.search(r"STT-[0-9A-Z-]+", page.locator("main").inner_text())
    assert number is not None
    page.get_by_role("button", name="Check-out sekarang").click()
    expect(page.locator("main")).to_contain_text("Sudah keluar")
    page.goto("/receipts/")
    page.get_by_label("Nomor tanda terima").fill(number[0].lower())
    page.get_by_role("button", name="Periksa").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("asli")
    page.context.close()
    officer_finds(without_script(browser, site), site, "holmgren")


def officer_finds(page: Page, site: System, name: str) -> None:
    officer = account(site, "supervision", "bengkulu")
    sign_in(page, officer["email"], officer["password"])
    page.locator(".nav-folded summary").or_(page.locator(".site-nav > ul")).first.click()
    page.get_by_role("link", name="Cari orang asing").first.click()
    page.locator("[name=purpose]").fill("Operasi gabungan 17/2026")
    page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="Cari", exact=True).last.click()
    page.get_by_role("link", name=re.compile(name, re.IGNORECASE)).first.click()
    expect(page.locator("main")).to_contain_text("SE9900881")
    page.context.close()


class Keyboard:
    """A person who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def go_to(self, selector: str) -> None:
        """Presses Tab until the element has the focus; the focus is seen at every stop."""
        for _ in range(MOST_KEYS):
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
            where = self.page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
            assert self.page.evaluate(_FOCUS_SEEN), f"the focus is not seen on {where}"
        raise AssertionError(f"{selector} is not reached")

    def fill(self, selector: str, text: str) -> None:
        self.go_to(selector)
        self.page.wait_for_timeout(PAUSE_MS)
        self.page.keyboard.type(text)

    def fill_date(self, name: str, day: str, month: str, year: str) -> None:
        for part, value in (("day", day), ("month", month), ("year", year)):
            self.fill(f"[name={name}-{part}]", value)


def test_a_guest_is_reported_with_the_keyboard_alone(browser: Browser, site: System) -> None:
    page = new_page(browser, site)
    page.emulate_media(reduced_motion="reduce")  # where a page glides, the focus arrives later
    hands = Keyboard(page)
    clerk = account(site, "clerk")
    page.goto("/sign-in")
    hands.fill("[name=email]", clerk["email"])
    hands.fill("[name=password]", clerk["password"])
    hands.press("Enter")
    expect(page).to_have_url(re.compile("/frontdesk/"))
    hands.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()
    hands.go_to(".site-nav a[href$='/stays/new']")
    hands.press("Enter")
    expect(page.locator("[name=mrz]")).to_be_focused()
    type_in_guest(page, hands)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan diterima")
    expect(page.locator("main")).to_contain_text("Swedia")
    page.context.close()


def type_in_guest(page: Page, hands: Keyboard) -> None:
    hands.fill("[name=surname]", "BERGSTRÖM")
    hands.fill("[name=given_names]", "ELSA")
    hands.fill("#nationality", "SWE")
    expect(page.locator("#nationality__listbox li").first).to_be_visible()
    hands.press("ArrowDown")
    hands.press("Enter")
    hands.fill_date("birth_date", "4", "11", "1988")
    hands.go_to("[name=sex]")
    hands.press("Space")
    hands.fill("[name=document_number]", "SE5500117")
    hands.fill("[name=room]", "7")
    hands.fill_date("expected_departure_on", "24", "11", "2030")
    hands.go_to(".btn-primary[name=do]")
    hands.press("Enter")


def weigh(page: Page, path: str) -> int:
    """Bytes that came over the line, headers included, until the page was quiet."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(path, wait_until="networkidle")
    session.detach()
    return sum(received)


@pytest.fixture(scope="module")
def signed_in(browser: Browser, site: System) -> StorageState:
    """A clerk's cookies, for browsers that have nothing else yet."""
    page = new_page(browser, site)
    clerk = account(site, "clerk")
    sign_in(page, clerk["email"], clerk["password"])
    state = page.context.storage_state()
    page.context.close()
    return state


@pytest.mark.parametrize("path", ["", "stays/new", "stays"])
def test_the_first_page_of_the_front_desk_is_light(
    browser: Browser, site: System, signed_in: StorageState, path: str
) -> None:
    context = browser.new_context(base_url=site.url, storage_state=signed_in)
    weight = weigh(context.new_page(), f"/frontdesk/{lodging_of(site)}/{path}")
    context.close()
    assert weight <= FIRST_LOAD


def test_pages_after_the_sign_in_are_lighter(browser: Browser, site: System) -> None:
    page = new_page(browser, site)
    clerk = account(site, "clerk")
    page.goto("/sign-in", wait_until="networkidle")
    sign_in(page, clerk["email"], clerk["password"])
    lodging = f"/frontdesk/{lodging_of(site)}/"
    weights = {path: weigh(page, lodging + path) for path in ("stays/new", "", "stays")}
    page.context.close()
    assert max(weights.values()) <= LATER_PAGE, weights
