"""How people move through the pages in a journey: signing in, filling in forms, reading mails."""

import re
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.journeys.system import System

PASSWORD = "kapal-merah-sungai-tujuh"
_LINK = re.compile(r"https?://\S+")


def link_in(mail: str) -> str:
    """The first link of a mail."""
    found = _LINK.search(mail)
    assert found is not None, "the mail has no link"
    return found.group(0)


def account(system: System, role: str, office: str | None = None) -> dict[str, Any]:
    """A demo account of a role, in an office where it matters."""
    return next(
        one
        for one in system.accounts()
        if one["role"] == role and (office is None or one["office"] == office)
    )


def new_page(browser: Browser, system: System, locale: str = "id-ID") -> Page:
    """A browser profile of its own: another person's machine."""
    context = browser.new_context(base_url=system.url, locale=locale, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def sign_in(page: Page, email: str, password: str) -> None:
    """Through the sign-in page."""
    page.goto("/sign-in")
    page.get_by_label("Surel").fill(email)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk").click()
    expect(page).not_to_have_url(re.compile("/sign-in"))


def fill_date(page: Page, name: str, day: str, month: str, year: str) -> None:
    """The three boxes of a date field."""
    for part, value in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}-{part}]").fill(value)


def state_purpose(page: Page) -> None:
    """Answers why one looks at persons, on the page that asks."""
    page.locator("main [name=purpose]").fill("Operasi gabungan 17/2026")
    page.locator("main [type=submit]").click()
    expect(page.locator("main [name=purpose]")).to_have_count(0)


def choose_country(page: Page, name: str, code: str) -> None:
    """Types a code into the country box and takes what it offers."""
    box = page.locator(f"#{name}")
    box.fill(code)
    page.locator(f"#{name}__listbox li").first.click()


def speak(page: Page, locale: str) -> None:
    """Changes the language by the switch in the header, where it is another one."""
    page.goto("/")
    switch = page.locator(f".language-switch button[value={locale}]")
    if switch.count():
        switch.click()
    expect(page.locator("html")).to_have_attribute("lang", locale)
