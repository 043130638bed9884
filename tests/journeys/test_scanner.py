"""A passport reader that types like a keyboard: it may hit any box, and spoils none."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import account, new_page, sign_in
from tests.journeys.system import System

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scanner")]

PASSPORT = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
CARD = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SCANNER_MS = 1
PERSON_MS = 150
SILENCE_MS = 150


@dataclass(frozen=True)
class Desk:
    """A clerk who signed in once: sign-in is throttled. `path` is the empty form."""

    cookies: list[Any]
    path: str


@pytest.fixture(scope="module")
def desk(browser: Browser, system: System) -> Desk:
    """The desk of the first demo clerk."""
    page = new_page(browser, system)
    clerk = account(system, "clerk")
    sign_in(page, clerk["email"], clerk["password"])
    page.get_by_role("link", name="Lapor tamu").first.click()
    expect(page).to_have_url(re.compile("/stays/new$"))
    found = Desk(page.context.cookies(), urlsplit(page.url).path)
    page.context.close()
    return found


@pytest.fixture
def form(page: Page, desk: Desk) -> Iterator[Page]:
    """The empty form; every address asked for is looked at in the end."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.context.add_cookies(desk.cookies)
    page.clock.install(time=START)
    page.goto(desk.path)
    # The page's time stands still: a busy machine between two keys makes no scan a person's typing.
    page.clock.pause_at(START + timedelta(minutes=1))
    yield page
    assert not [url for url in asked if re.search("ERIKSSON|L898902C3|D23145890", url)]


def scan(page: Page, lines: tuple[str, ...], end: str = "Enter", after: str = "Enter") -> None:
    """What the reader sends: its lines, with keys between and behind them, and then silence."""
    for line in lines:
        page.keyboard.type(line, delay=SCANNER_MS)
        key = after if line == lines[-1] else end
        if key:
            page.keyboard.press(key)
    page.clock.run_for(SILENCE_MS)


def type_slowly(page: Page, text: str, pause_ms: int) -> None:
    """What a person types."""
    for char in text:
        page.keyboard.type(char)
        page.clock.run_for(pause_ms)


def expect_anna(page: Page, number: str = "L898902C3") -> None:
    expect(page.get_by_role("heading", name=re.compile("MRZ terbaca"))).to_be_visible()
    for name, value in (
        ("surname", "ERIKSSON"),
        ("given_names", "ANNA MARIA"),
        ("document_number", number),
        ("birth_date-day", "12"),
        ("birth_date-month", "8"),
        ("birth_date-year", "1974"),
    ):
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    expect(page.locator("[name=sex][value=F]")).to_be_checked()


def test_the_box_for_the_zone_waits_with_the_focus(form: Page) -> None:
    expect(form.locator("#mrz")).to_be_focused()
    scan(form, PASSPORT)
    expect_anna(form)
    expect(form.locator("#mrz")).to_have_value("\n".join(PASSPORT))


@pytest.mark.parametrize("name", ["room", "party_ref", "arrived_time", "birth_date-day"])
def test_a_scan_into_another_box_gives_it_back(form: Page, name: str) -> None:
    box = form.locator(f"[name={name}]")
    was = {"room": "204", "party_ref": "R-1"}.get(name, box.input_value())
    box.fill(was)
    box.press("End")
    scan(form, PASSPORT)
    expect_anna(form)
    if name != "birth_date-day":
        expect(box).to_have_value(was)


def test_a_scan_into_the_country_box_is_no_country(form: Page) -> None:
    form.locator("#nationality").focus()
    scan(form, PASSPORT)
    expect_anna(form)
    expect(form.locator("select[name=nationality]")).to_have_value("UTO")


def test_a_scan_onto_a_button_or_nothing_presses_nothing(form: Page) -> None:
    for place in ("button[value=save]", "h1"):
        form.locator(place).evaluate("place => { place.tabIndex = 0; place.focus(); }")
        scan(form, PASSPORT)
        expect_anna(form)
        expect(form).to_have_url(re.compile("/stays/new$"))


@pytest.mark.parametrize(
    ("end", "after"), [("Tab", "Tab"), ("", ""), ("", "Enter"), ("Enter", ""), ("Tab", "Enter")]
)
def test_every_way_of_ending_a_line_is_taken(form: Page, end: str, after: str) -> None:
    form.locator("[name=room]").fill("7")
    scan(form, CARD, end, after)
    expect_anna(form, "D23145890")
    expect(form.locator("[name=room]")).to_have_value("7")
    expect(form.locator("select[name=document_type]")).to_have_value("identity_card")


def test_a_pasted_zone_is_read_wherever_it_is_pasted(form: Page) -> None:
    form.locator("[name=room]").fill("7")
    form.locator("[name=room]").evaluate(
        """(box, text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            box.dispatchEvent(new ClipboardEvent("paste",
                { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        "\r\n".join(PASSPORT),
    )
    expect_anna(form)
    expect(form.locator("[name=room]")).to_have_value("7")


def test_a_persons_own_typing_is_left_alone(form: Page) -> None:
    surname = form.locator("[name=surname]")
    surname.focus()
    type_slowly(form, "SARI", PERSON_MS)
    form.keyboard.press("Tab")
    expect(form.locator("[name=given_names]")).to_be_focused()
    type_slowly(form, "DEWI LESTARI ANGGRAINI", 40)
    form.keyboard.press("Tab")
    form.clock.run_for(SILENCE_MS)
    expect(surname).to_have_value("SARI")
    expect(form.locator("[name=given_names]")).to_have_value("DEWI LESTARI ANGGRAINI")
    expect(form.locator("[name=mononym]")).to_be_focused()
    form.locator("[name=room]").focus()
    form.keyboard.type("A" * 60, delay=SCANNER_MS)
    form.clock.run_for(SILENCE_MS)
    expect(form.locator("[name=room]")).to_have_value("A" * 60)


def test_keys_with_pauses_are_no_scan(form: Page) -> None:
    form.locator("[name=room]").focus()
    type_slowly(form, "".join(PASSPORT)[:87], 20)
    form.clock.run_for(SILENCE_MS)
    form.keyboard.type("0")
    form.clock.run_for(SILENCE_MS)
    expect(form.locator("[name=room]")).to_have_value("".join(PASSPORT))


def test_without_scripts_the_button_reads_the_box(
    browser: Browser, system: System, desk: Desk
) -> None:
    context = browser.new_context(base_url=system.url, locale="id-ID", java_script_enabled=False)
    context.add_cookies(desk.cookies)
    page = context.new_page()
    page.goto(desk.path)
    page.locator("#mrz").fill("\n".join(PASSPORT))
    page.get_by_role("button", name="Baca MRZ").click()
    expect_anna(page)
    context.close()
