"""Insarkom's review queue with the keyboard alone: shortcuts, plain Tab and Enter, and neither."""

import re
import time
from collections.abc import Iterator
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import account, new_page, sign_in, state_purpose
from tests.journeys.system import System, free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOKEN = "a-token-of-these-tests-alone"
REVIEW = re.compile(r"/insarkom/review/[0-9a-f-]{36}/[0-9a-f-]{36}")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system of its own with a longer queue: what is decided here is missing elsewhere."""
    environ = {"APOA_DEMO_STAYS": "400", "APOA_METRICS_TOKEN": TOKEN}
    running = System(tmp_path_factory.mktemp("office"), free_port(), environ=environ)
    running.start()
    _wait_for_the_worker(running)
    yield running
    running.interrupt()


def _wait_for_the_worker(system: System) -> None:
    """Till it has held all stays of the demo against the register: it gives way to everybody."""
    asked = Request(f"{system.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    for _ in range(180):
        with urlopen(asked) as answer:
            if b"apoa_crosscheck_backlog_jobs 0.0\n" in answer.read():
                return
        time.sleep(1)
    raise AssertionError("the cross-check did not come to its end")


@pytest.fixture
def officer(browser: Browser, office: System) -> Iterator[Page]:
    """Insarkom of Bengkulu on the first report that waits."""
    page = new_page(browser, office)
    chosen = account(office, "insarkom", "bengkulu")
    sign_in(page, chosen["email"], chosen["password"])
    page.goto("/insarkom/review")
    state_purpose(page)
    page.get_by_role("link", name="Mulai dari yang pertama").click()
    arrive(page, "")
    yield page
    page.context.close()


def arrive(page: Page, before: str) -> None:
    """Waits for another report's page whose script has begun to listen."""
    expect(page).not_to_have_url(before)
    expect(page).to_have_url(REVIEW)
    expect(page.locator("[data-key-hint]").first).to_be_visible()


def waiting(page: Page) -> int:
    """How many wait for the office."""
    page.goto("/insarkom/review")
    words = page.locator("main [role=status]").last.inner_text()
    return int(words.split()[0])


def test_j_and_the_arrow_go_on_and_typing_is_left_alone(officer: Page) -> None:
    first = officer.url
    officer.keyboard.press("j")
    arrive(officer, first)
    second = officer.url
    officer.keyboard.press("ArrowRight")
    arrive(officer, second)
    third = officer.url
    note = officer.locator("[name=reason]")
    note.focus()
    officer.keyboard.type("ktmj")
    officer.keyboard.press("ArrowRight")
    assert note.input_value() == "ktmj"
    assert officer.url == third
    officer.locator("[name=fields]").first.focus()
    officer.keyboard.press("k")
    officer.keyboard.press("Control+k")
    assert officer.url == third


def test_the_keys_can_be_switched_off(officer: Page) -> None:
    switch = officer.get_by_label(re.compile("Pintasan papan tombol"))
    switch.focus()
    officer.keyboard.press("Space")
    expect(officer.locator("[data-key-hint]").first).to_be_hidden()
    officer.locator("main").focus()
    here = officer.url
    officer.keyboard.press("j")
    officer.reload()
    assert officer.url == here
    expect(officer.locator("[data-key-hint]").first).to_be_hidden()
    officer.get_by_label(re.compile("Pintasan papan tombol")).check()
    expect(officer.locator("[data-key-hint]").first).to_be_visible()


def test_each_decision_by_its_key_and_by_tab_and_enter(officer: Page) -> None:
    before = waiting(officer)
    assert before > 3, "the demo has too few that wait"
    queue = officer.url
    officer.get_by_role("link", name="Mulai dari yang pertama").press("Enter")
    arrive(officer, queue)
    for key, words in (("k", "Dipastikan"), ("m", "Permintaan dikirim")):
        here = officer.url
        officer.keyboard.press(key)
        expect(officer.locator("main [role=status]").first).to_contain_text(words)
        arrive(officer, here)
    for _ in range(60):
        officer.keyboard.press("Tab")
        if officer.evaluate("document.activeElement.dataset.key") == "t":
            break
    officer.keyboard.press("Enter")
    expect(officer.locator("main [role=status]").first).to_contain_text("bukan orang yang sama")
    assert waiting(officer) == before - 3


def test_without_script_the_buttons_do_the_same(browser: Browser, office: System) -> None:
    context = browser.new_context(base_url=office.url, locale="id-ID", java_script_enabled=False)
    page = context.new_page()
    chosen = account(office, "insarkom", "bengkulu")
    sign_in(page, chosen["email"], chosen["password"])
    page.goto("/insarkom/review")
    state_purpose(page)
    page.get_by_role("link", name="Mulai dari yang pertama").click()
    assert not page.locator("[data-key-switch]").is_visible()
    assert not page.locator("[data-key-hint]").first.is_visible()
    page.get_by_role("button", name="Orang yang sama", exact=True).click()
    expect(page.locator("main")).to_contain_text("Dipastikan: orang yang sama.")
    context.close()
