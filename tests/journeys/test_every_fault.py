"""Empty forms and pages that say no: each tells what to do, in both languages, to everybody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from apoa.start.embedded import EmbeddedPostgres
from tests.journeys.page_checks import Ear, faults_of, picture
from tests.journeys.people import account, new_page, sign_in, speak
from tests.journeys.site_pages import LOOKS
from tests.journeys.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("site")]
MAIN = "main .btn-primary"
# Role, page, what is emptied first, what is pressed.
EMPTY_FORMS = [
    ("visitor", "/sign-in", "", MAIN),
    ("visitor", "/forgot-password", "", MAIN),
    ("visitor", "/register", "", MAIN),
    ("manager", "{lodging}/stays/new", "", MAIN + "[name=do]"),
    ("manager", "{lodging}/people", "", MAIN),
    ("manager", "{lodging}/details", "[name=name]", MAIN),
    ("manager", "{lodging}/keys/new", "", MAIN),
    ("manager", "{lodging}/webhooks/new", "", MAIN),
    ("manager", "/account/profile", "[name=name]", MAIN),
    ("manager", "/account/password", "", MAIN),
    ("manager", "/account/email", "", MAIN),
    ("insarkom", "{registration}", "", "form[action$='ask-back'] [type=submit]"),
    ("insarkom", "/supervision/search", "", MAIN),
    ("directorate", "/directorate/offices", "", MAIN),
    ("directorate", "/directorate/deadlines", "", MAIN),
    ("directorate", "/directorate/outages", "", MAIN),
    ("directorate", "/officers/people", "", MAIN),
]
# Which words of the summary lead to nothing, or are not repeated at their field.
_LOOSE_WORDS = """() => [...document.querySelectorAll(".error-summary li")].filter(item => {
  const link = item.querySelector("a");
  if (!link) return false;
  const target = document.querySelector(link.getAttribute("href"));
  const fields = [...document.querySelectorAll(".field-error")];
  const told = fields.map(one => one.lastChild.textContent.trim())
    .some(words => link.textContent.trim().endsWith(words));
  return !target || !told;
}).map(item => item.textContent.trim())"""
_SUBMIT_WITHOUT_TOKEN = """form => {
  form.querySelector("[name=csrf_token]").remove();
  form.submit();
}"""
_SUBMIT_TO = "(form, path) => { form.action = path; form.submit(); }"


@pytest.fixture(scope="module")
def people(browser: Browser, site: System) -> Iterator[dict[str, Page]]:
    opened: dict[str, Page] = {}
    for role in ("visitor", "manager", "insarkom", "directorate", "auditor"):
        page = opened[role] = new_page(browser, site)
        if role != "visitor":
            one = account(site, role)
            sign_in(page, one["email"], one["password"])
    yield opened
    for page in opened.values():
        page.context.close()


@pytest.fixture(scope="module")
def places(people: dict[str, Page], site: System) -> dict[str, str]:
    people["auditor"].goto("/insarkom/registrations")
    href = first_link(people["insarkom"], "/insarkom/registrations", "/registrations/")
    lodging = account(site, "manager")["properties"][0]["id"]
    return {"registration": href, "lodging": f"/frontdesk/{lodging}"}


def first_link(page: Page, path: str, part: str) -> str:
    page.goto(path)
    href = page.locator(f"main table a[href*='{part}']").first.get_attribute("href")
    assert href is not None
    return href


def press(page: Page, act: str, selector: str, *words: str) -> Response:
    """Sends a form; what is answered."""
    with page.expect_navigation() as waiting:
        if act == "click":
            page.locator(selector).first.click()
        else:
            page.locator(selector).first.evaluate(act, *words)
    answer = waiting.value
    assert answer is not None
    return answer


def test_empty_forms_say_what_is_missing(
    people: dict[str, Page], places: dict[str, str], screenshots: Path
) -> None:
    faults = []
    ears = {role: Ear(page) for role, page in people.items()}
    for number, (role, path, emptied, pressed) in enumerate(EMPTY_FORMS):
        page = people[role]
        width, locale = LOOKS[number % len(LOOKS)]
        page.set_viewport_size({"width": width, "height": 800})
        speak(page, locale)
        page.goto(path.format(**places))
        if emptied:
            page.locator(f"main {emptied}").fill("")
        status = press(page, "click", pressed).status
        name = f"fault-{path.strip('/').replace('/', '-').format(**{p: p for p in places})}"
        picture(page, screenshots, f"{name}-{width}-{locale}")
        found = [] if status == 422 else [f"answers {status}"]
        found += error_faults(page, locale) + faults_of(page, ears[role], locale, width)
        faults += [f"{name}: {one}" for one in found]
    assert not faults, "\n" + "\n".join(faults)


def error_faults(page: Page, locale: str) -> list[str]:
    faults = [f"summary leads nowhere: {words}" for words in page.evaluate(_LOOSE_WORDS)]
    begin = {"id": "Kesalahan:", "en": "Error:"}[locale]
    if not page.title().startswith(begin):
        faults.append(f"title is {page.title()}")
    if not page.evaluate("!!document.activeElement.closest('.error-summary')"):
        faults.append("the summary has not the focus")
    return faults


def test_pages_that_say_no(
    people: dict[str, Page], places: dict[str, str], site: System, screenshots: Path
) -> None:
    faults = []
    for width, locale in LOOKS[:2]:
        for page in people.values():
            speak(page, locale)
            page.set_viewport_size({"width": width, "height": 800})
        for name, page, answer in refusals(people, places, site):
            picture(page, screenshots, f"error-{name}-{width}-{locale}")
            found = [] if str(answer.status) == name[:3] else [f"answers {answer.status}"]
            found += faults_of(page, Ear(page), locale, width)
            faults += [f"{name}: {one}" for one in found]
    assert not faults, "\n" + "\n".join(faults)


def refusals(
    people: dict[str, Page], places: dict[str, str], site: System
) -> Iterator[tuple[str, Page, Response | None]]:
    """Every page that says no, one after the other."""
    yield "404", people["visitor"], people["visitor"].goto("/nothing-here")
    manager = people["manager"]
    yield "404-signed-in", manager, manager.goto("/supervision/search")
    yield "405", manager, manager.goto(f"{places['lodging']}/check-out")
    form = "main form[method=post]"
    manager.goto("/account/profile")
    yield "400-csrf", manager, press(manager, _SUBMIT_WITHOUT_TOKEN, form)
    auditor = people["auditor"]
    auditor.goto("/account/profile")
    path = places["registration"] + "/approve"
    yield "403", auditor, press(auditor, _SUBMIT_TO, form, path)
    server = EmbeddedPostgres(site.folder)
    server.stop()
    try:
        answer = manager.goto("/account/")
    finally:
        server.start()
    yield "503", manager, answer
