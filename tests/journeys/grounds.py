"""What the addresses of the pages are about: things that people made through the pages."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, expect

from apoa.base.clock import now
from tests.journeys.integration import connect
from tests.journeys.people import (
    choose_country,
    fill_date,
    link_in,
    new_page,
    sign_in,
    state_purpose,
)
from tests.journeys.system import System

OFFICE = "bengkulu"
NEWCOMER = "pemilik@wisma-baru.example"
WAITING = "pemilik@wisma-lain.example"
INVITED = "petugas-baru@penginapan.example"
NEW_ADDRESS = "alamat-baru@penginapan.example"


@dataclass
class Grounds:
    """Values for the places of rules; what differs between pages stands under the endpoint."""

    accounts: list[dict[str, Any]]
    common: dict[str, str] = field(default_factory=dict)
    of_page: dict[str, dict[str, str]] = field(default_factory=dict)

    def values(self, endpoint: str) -> dict[str, str]:
        """All values that hold for a page."""
        return self.common | self.of_page.get(endpoint, {})

    def account(self, role: str) -> dict[str, Any]:
        """The demo's person of this role, in this office or a lodging of it."""
        return next(
            one
            for one in self.accounts
            if one["role"] == role and (OFFICE in one["email"] or not one["office"])
        )

    def sign_in(self, page: Page, role: str) -> None:
        """As that person."""
        chosen = self.account(role)
        sign_in(page, chosen["email"], chosen["password"])


def make_grounds(browser: Browser, system: System) -> Grounds:
    """Reports and amends a stay, registers lodgings, connects a PMS, sends every kind of mail."""
    grounds = Grounds(system.accounts())
    grounds.common |= {"slug": "quick-start", "call_id": "getMe", "code": "client-ref-in-use"}
    grounds.common["rule"] = "permit-expired"
    page = new_page(browser, system)
    _report(page, grounds)
    grounds.of_page["account.verify_email"] = {"token": _new_address(page, system, grounds)}
    page.context.clear_cookies()
    grounds.of_page["account.choose_password"] = {"token": _lost_password(page, system, grounds)}
    _register(page, "Wisma Lain", WAITING)
    _register(page, "Wisma Baru", NEWCOMER)
    grounds.of_page["public.verify_link"] = {"token": _token(system, WAITING)}
    grounds.of_page["account.invitation"] = {"token": _invitation(page, system, grounds)}
    grounds.common |= connect(page, system, grounds.common["property_id"])
    page.context.clear_cookies()
    grounds.common["outage_id"] = _outage(page, grounds)
    grounds.common["feed_id"] = _feed(page, grounds)
    page.context.clear_cookies()
    _cross_check(page, grounds)
    page.context.clear_cookies()
    grounds.of_page["public.correct_link"] = {"token": _asked_back(page, system, grounds)}
    page.context.close()
    return grounds


def fill_in_guest(page: Page, surname: str, number: str) -> None:
    """The form for a guest who is here now."""
    page.locator("[name=surname]").fill(surname)
    page.locator("[name=given_names]").fill("ASTRID LINNEA")
    if page.locator("#nationality[role=combobox]").count():
        choose_country(page, "nationality", "SWE")
    else:
        page.locator("[name=nationality]").select_option("SWE")
    fill_date(page, "birth_date", "4", "11", "1988")
    page.get_by_label("Perempuan").check()
    page.locator("[name=document_number]").fill(number)
    page.locator("[name=room]").fill("12")
    fill_date(page, "expected_departure_on", "24", "11", "2030")


def _report(page: Page, grounds: Grounds) -> None:
    grounds.sign_in(page, "clerk")
    property_id = grounds.account("clerk")["properties"][0]["id"]
    page.goto(f"/frontdesk/{property_id}/stays/new")
    fill_in_guest(page, "LINDQVIST", "SE7712345")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan diterima")
    stay = re.search(r"/stays/([0-9a-f-]{36})", page.url)
    assert stay is not None
    page.goto(f"/frontdesk/{property_id}/stays/{stay[1]}/amend")
    page.locator("[name=room]").fill("14")
    page.get_by_role("button", name="Simpan perubahan").click()
    number = re.search(r"STT-[0-9A-Z-]+", page.locator("main").inner_text())
    assert number is not None
    grounds.common |= {"property_id": property_id, "stay_id": stay[1], "number": number[0]}


def _token(system: System, mailbox: str, mark: str = "http", *, at_least: int = 1) -> str:
    mails = [mail for mail in system.mails_to(mailbox, at_least=at_least) if mark in mail]
    return link_in(mails[-1]).rstrip("/").rpartition("/")[2]


def _new_address(page: Page, system: System, grounds: Grounds) -> str:
    page.goto("/account/email")
    page.locator("[name=email]").fill(NEW_ADDRESS)
    page.locator("[name=password]").fill(grounds.account("clerk")["password"])
    page.locator("main [type=submit]").click()
    return _token(system, NEW_ADDRESS)


def _lost_password(page: Page, system: System, grounds: Grounds) -> str:
    clerk = grounds.account("clerk")["email"]
    page.goto("/forgot-password")
    page.locator("[name=email]").fill(clerk)
    page.locator("main [type=submit]").click()
    return _token(system, clerk, "/reset-password/")


def _invitation(page: Page, system: System, grounds: Grounds) -> str:
    grounds.sign_in(page, "manager")
    page.goto(f"/frontdesk/{grounds.common['property_id']}/people")
    page.locator("[name=email]").fill(INVITED)
    page.get_by_label("Petugas resepsionis").check()
    page.get_by_role("button", name="Kirim undangan").click()
    return _token(system, INVITED)


def _register(page: Page, name: str, mailbox: str) -> None:
    page.goto("/register")
    texts = {
        "name": name,
        "rooms": "6",
        "nib": "9912345678901",
        "address": "Jalan Pantai Panjang 17",
        "region_code-query": "malabero",
        "responsible_name": "Sulastri",
        "responsible_email": mailbox,
        "phone": "+62 736 555 0101",
    }
    for field_name, text in texts.items():
        page.locator(f"[name={field_name}]").fill(text)
    page.locator("[name=type]").select_option("guesthouse")
    page.get_by_label(re.compile("Malabero", re.IGNORECASE)).first.check()
    page.get_by_role("button", name="Kirim pendaftaran").click()
    expect(page).to_have_url(re.compile("/register/sent$"))


def _outage(page: Page, grounds: Grounds) -> str:
    """One that lasts, as the directorate declares it."""
    grounds.sign_in(page, "directorate")
    page.goto("/directorate/outages")
    began = now().astimezone(ZoneInfo("Asia/Jakarta")) - timedelta(minutes=10)
    fill_date(page, "starts_on", str(began.day), str(began.month), str(began.year))
    page.locator("[name=starts_time]").fill(f"{began:%H.%M}")
    page.locator("[name=reason]").fill("Jaringan pusat data putus")
    page.get_by_role("button", name="Nyatakan gangguan").click()
    href = page.locator("main table a[href*='/outages/']").first.get_attribute("href")
    assert href is not None
    return href.rpartition("/")[2]


def _feed(page: Page, grounds: Grounds) -> str:
    """A file of permits whose columns wait to be chosen."""
    grounds.sign_in(page, "insarkom")
    page.goto("/insarkom/permit-feeds")
    content = b"Nomor izin,Nama lengkap\n2C11AA0001,ERIKSSON\n"
    page.locator("[name=file]").set_input_files(
        {"name": "izin.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Kirim berkas").click()
    page.wait_for_url("**/permit-feeds/*")
    return page.url.rpartition("/")[2]


def _cross_check(page: Page, grounds: Grounds) -> None:
    """The first match that waits for Insarkom, its permit, and a finding about it."""
    grounds.sign_in(page, "insarkom")
    page.goto("/insarkom/review")
    state_purpose(page)
    page.locator("main table a").first.click()
    waiting = re.search(r"/review/([0-9a-f-]{36})/([0-9a-f-]{36})", page.url)
    assert waiting is not None
    grounds.of_page["insarkom.review"] = {"property_id": waiting[1], "stay_id": waiting[2]}
    for endpoint, path in (("permit", "/officers/permits/"), ("finding", "/officers/findings/")):
        page.goto(f"/supervision/stays/{waiting[1]}/{waiting[2]}")
        href = page.locator(f"main a[href*='{path}']").first.get_attribute("href")
        assert href is not None
        grounds.of_page[f"officers.{endpoint}"] = {f"{endpoint}_id": href.rpartition("/")[2]}


def _asked_back(page: Page, system: System, grounds: Grounds) -> str:
    """A registration that its office wants completed; another one waits to be decided."""
    page.goto(link_in(system.mails_to(NEWCOMER)[0]))
    page.get_by_role("button", name="Verifikasi dan kirim").click()
    grounds.sign_in(page, "insarkom")
    page.goto("/insarkom/registrations")
    page.get_by_role("link", name="Wisma Baru").click()
    form = page.locator("form[action$='ask-back']")
    form.locator("textarea").fill("Alamat lengkap?")
    form.locator("[type=submit]").click()
    page.goto("/insarkom/registrations")
    waiting = page.locator("main table a[href*='/registrations/']").first.get_attribute("href")
    assert waiting is not None
    grounds.of_page["insarkom.registration"] = {"property_id": waiting.rpartition("/")[2]}
    return _token(system, NEWCOMER, "/register/correct/", at_least=2)
