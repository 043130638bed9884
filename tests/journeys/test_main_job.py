"""The main job from end to end, in a real browser, and again after everything was killed.

A lodging registers, is verified and approved; its manager invites a clerk; the clerk reports three
guests, proves, amends and checks out; an officer of that office finds all three, the other
office's officer finds none, and a stranger gets 404.
"""

import base64
import json
import re
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from playwright.sync_api import Browser, Page, expect

from tests.journeys.people import (
    PASSWORD,
    account,
    choose_country,
    fill_date,
    link_in,
    new_page,
    sign_in,
)
from tests.journeys.system import System

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("main-job")]
LODGING = "Wisma Teluk Segara"
MANAGER = "pengelola@wisma.example"
CLERK = "petugas@wisma.example"
# Surname, given names, document number; the second has one name, the third an unknown birth day.
GUESTS: dict[str, dict[str, Any]] = {
    "anna": {
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "number": "L898902C3",
        "nationality": "SWE",
        "birth": ("12", "8", "1974"),
        "sex": "Perempuan",
    },
    "single": {
        "surname": "",
        "given_names": "THIDAPHONE",
        "number": "MB774411",
        "nationality": "MMR",
        "birth": ("3", "2", "1990"),
        "sex": "Laki-laki",
    },
    "partial": {
        "surname": "AL-RASHID",
        "given_names": "OMAR",
        "number": "K0042217",
        "nationality": "SAU",
        "birth": ("", "", "1961"),
        "sex": "Laki-laki",
    },
}
# How an officer types what they half remember: another order, beginnings, other spelling.
MISTYPED = {"anna": "maria erik ann", "single": "thida", "partial": "omar alrashid"}


class Story:
    """What one step leaves for the next."""

    property_id = ""
    stays: dict[str, str] = {}  # noqa: RUF012 - one story a module
    receipts: dict[str, str] = {}  # noqa: RUF012


@pytest.fixture(scope="module")
def story() -> Story:
    return Story()


def test_a_lodging_registers_and_verifies_its_address(page: Page, system: System) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("Daftarkan")).first.click()
    page.locator("[name=type]").select_option("guesthouse")
    page.locator("[name=name]").fill(LODGING)
    page.locator("[name=rooms]").fill("12")
    page.locator("[name=nib]").fill("9912345678901")
    page.locator("[name=address]").fill("Jalan Pantai Panjang 17")
    page.locator("[name=region_code-query]").fill("malabero")
    page.get_by_label(re.compile("Malabero", re.IGNORECASE)).first.check()
    page.locator("[name=responsible_name]").fill("Sulastri")
    page.locator("[name=responsible_email]").fill(MANAGER)
    page.locator("[name=phone]").fill("+62 736 555 0101")
    page.get_by_role("button", name="Kirim pendaftaran").click()
    expect(page).to_have_url(re.compile("/register/sent$"))
    page.goto(link_in(system.mails_to(MANAGER)[0]))
    expect(page.locator("main")).to_contain_text("Bengkulu")
    page.get_by_role("button", name="Verifikasi dan kirim").click()
    expect(page.locator("main")).to_contain_text("Diajukan")


def test_the_right_offices_insarkom_approves(browser: Browser, system: System) -> None:
    other = new_page(browser, system)
    blitar = account(system, "insarkom", "blitar")
    sign_in(other, blitar["email"], blitar["password"])
    other.goto("/insarkom/registrations")
    expect(other.locator("main")).not_to_contain_text(LODGING)
    page = new_page(browser, system)
    bengkulu = account(system, "insarkom", "bengkulu")
    sign_in(page, bengkulu["email"], bengkulu["password"])
    page.goto("/insarkom/registrations")
    page.get_by_role("link", name=LODGING).click()
    address = page.url
    page.get_by_role("button", name="Setujui pendaftaran").click()
    expect(page.locator("main")).to_contain_text("Pendaftaran disetujui")
    assert other.goto(address).status == 404  # type: ignore[union-attr]
    page.context.close()
    other.context.close()


def test_the_manager_invites_a_clerk(browser: Browser, system: System, story: Story) -> None:
    page = new_page(browser, system)
    invitations = [m for m in system.mails_to(MANAGER, at_least=3) if "/invitations/" in m]
    page.goto(link_in(invitations[-1]))
    page.locator("[name=name]").fill("Sulastri")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Terima undangan").click()
    if "/sign-in" in page.url:
        sign_in(page, MANAGER, PASSWORD)
    page.goto("/frontdesk/")
    expect(page).to_have_url(re.compile("/frontdesk/[0-9a-f-]{36}/$"))
    story.property_id = page.url.rstrip("/").rpartition("/")[2]
    page.get_by_role("link", name="Petugas").first.click()
    page.locator("[name=email]").fill(CLERK)
    page.get_by_label("Petugas resepsionis").check()
    page.get_by_role("button", name="Kirim undangan").click()
    expect(page.locator("main")).to_contain_text(CLERK)
    clerk = new_page(browser, system)
    clerk.goto(link_in(system.mails_to(CLERK)[0]))
    clerk.locator("[name=name]").fill("Joko")
    clerk.locator("[name=password]").fill(PASSWORD + "-joko")
    clerk.get_by_role("button", name="Terima undangan").click()
    expect(clerk).not_to_have_url(re.compile("/invitations/"))
    page.context.close()
    clerk.context.close()


def report(page: Page, guest: dict[str, Any]) -> None:
    page.get_by_role("link", name="Lapor tamu").first.click()
    page.locator("[name=surname]").fill(guest["surname"])
    page.locator("[name=given_names]").fill(guest["given_names"])
    if not guest["surname"]:
        page.locator("[name=mononym]").check()
    choose_country(page, "nationality", guest["nationality"])
    fill_date(page, "birth_date", *guest["birth"])
    page.get_by_label(guest["sex"]).check()
    page.locator("[name=document_number]").fill(guest["number"])
    page.locator("[name=room]").fill("204")
    leaves = date.today() + timedelta(days=4)
    fill_date(page, "expected_departure_on", *f"{leaves:%d-%m-%Y}".split("-"))
    page.get_by_role("button", name="Simpan", exact=True).click()


@pytest.mark.parametrize("who", list(GUESTS))
def test_the_clerk_reports_a_guest(page: Page, story: Story, who: str) -> None:
    sign_in(page, CLERK, PASSWORD + "-joko")
    page.goto(f"/frontdesk/{story.property_id}/")
    report(page, GUESTS[who])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan diterima")
    found = re.search(r"STT-[0-9A-Z-]+", page.locator("main").inner_text())
    assert found is not None
    story.receipts[who] = found.group(0)
    story.stays[who] = re.search(r"/stays/([0-9a-f-]{36})", page.url).group(1)  # type: ignore[union-attr]
    assert GUESTS[who]["number"] not in page.url


def download(page: Page, story: Story, who: str, folder: Path) -> bytes:
    page.goto(f"/frontdesk/{story.property_id}/stays/{story.stays[who]}")
    with page.expect_download() as waiting:
        page.evaluate(
            "document.querySelector('a[href*=\"receipt.pdf\"]').setAttribute('download', '')"
        )
        page.locator("a[href*='receipt.pdf']").first.click()
    path = folder / f"{who}.pdf"
    waiting.value.save_as(path)
    return path.read_bytes()


def verify(address: str) -> dict[str, Any]:
    """What the open address says, after its signature was checked with its public key."""
    with urllib.request.urlopen(address + ".json") as answer:
        said: dict[str, Any] = json.load(answer)
    payload = said["payload"]
    text = payload if isinstance(payload, str) else json.dumps(payload, separators=(",", ":"))
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(said["public_key"]))
    signed = json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    key.verify(base64.b64decode(said["signature"]), signed.encode())
    return said


def test_the_pdfs_qr_leads_to_a_signed_genuine_receipt(
    page: Page, story: Story, tmp_path: Path
) -> None:
    sign_in(page, CLERK, PASSWORD + "-joko")
    pdf = download(page, story, "anna", tmp_path)
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    assert "ERIKSSON" in text
    assert story.receipts["anna"] in text
    picture = document[0].render(scale=4).to_pil()
    codes = zxingcpp.read_barcodes(picture)
    assert len(codes) == 1
    address = codes[0].text
    assert address.endswith(story.receipts["anna"])
    said = verify(address)
    assert said["genuine"] is True
    assert said["amended_since"] is False
    assert LODGING in json.dumps(said)
    assert "ERIKSSON" not in json.dumps(said)
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Bengkulu")
    expect(page.locator("main")).not_to_contain_text("ERIKSSON")


def test_amending_and_checking_out_make_versions_that_can_be_compared(
    page: Page, system: System, story: Story
) -> None:
    sign_in(page, CLERK, PASSWORD + "-joko")
    page.goto(f"/frontdesk/{story.property_id}/stays/{story.stays['anna']}")
    page.get_by_role("link", name="Ubah", exact=True).click()
    page.locator("[name=room]").fill("305")
    page.get_by_role("button", name="Simpan perubahan").click()
    expect(page.locator("main")).to_contain_text("Versi 2")
    history = page.locator(".timeline").inner_text()
    assert "204" in history
    assert "305" in history
    page.get_by_role("button", name="Check-out sekarang").click()
    expect(page.locator("main")).to_contain_text("Sudah keluar")
    said = verify(f"{system.url}/receipts/{story.receipts['anna']}")
    assert said["genuine"] is True
    assert said["amended_since"] is True


def search(page: Page, **terms: str) -> None:
    page.goto("/supervision/search")
    page.locator("[name=purpose]").fill("Operasi gabungan 17/2026")
    for name, value in terms.items():
        page.locator(f"[name={name}]").fill(value)
    page.get_by_role("button", name="Cari", exact=True).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hasil pencarian")
    for value in terms.values():
        assert value.split()[0] not in page.url


@pytest.mark.parametrize("who", list(GUESTS))
def test_an_officer_of_the_office_finds_each_guest(
    browser: Browser, system: System, story: Story, who: str
) -> None:
    page = new_page(browser, system)
    officer = account(system, "supervision", "bengkulu")
    sign_in(page, officer["email"], officer["password"])
    for terms in ({"name": MISTYPED[who]}, {"document_number": GUESTS[who]["number"].lower()}):
        search(page, **terms)
        expect(page.locator("main table")).to_contain_text(GUESTS[who]["given_names"].split()[0])
    page.locator(f"main a[href*='{story.stays[who]}']").first.click()
    expect(page.locator("main")).to_contain_text(GUESTS[who]["number"])
    # Anna's report was amended and closed: its latest version has a receipt of its own.
    receipt = "STT-" if who == "anna" else story.receipts[who]
    expect(page.locator("main")).to_contain_text(receipt)
    page.context.close()


def test_the_other_offices_officer_finds_none(
    browser: Browser, system: System, story: Story
) -> None:
    page = new_page(browser, system)
    officer = account(system, "supervision", "blitar")
    sign_in(page, officer["email"], officer["password"])
    for who, guest in GUESTS.items():
        for terms in ({"name": MISTYPED[who]}, {"document_number": guest["number"]}):
            search(page, **terms)
            expect(page.locator("main")).to_contain_text("Tidak ditemukan")
        address = f"/supervision/stays/{story.property_id}/{story.stays[who]}"
        assert page.goto(address).status == 404  # type: ignore[union-attr]
    page.context.close()


def test_a_stranger_gets_404(browser: Browser, system: System, story: Story) -> None:
    page = new_page(browser, system)
    stranger = account(system, "clerk")
    sign_in(page, stranger["email"], stranger["password"])
    for path in ("", "stays/new", f"stays/{story.stays['anna']}", "people"):
        answer = page.goto(f"/frontdesk/{story.property_id}/{path}")
        assert answer is not None
        assert answer.status == 404
    page.context.close()


def test_after_a_kill_nothing_that_was_acknowledged_is_missing(
    browser: Browser, system: System, story: Story, tmp_path: Path
) -> None:
    system.kill()
    system.start()
    for who in GUESTS:
        assert verify(f"{system.url}/receipts/{story.receipts[who]}")["genuine"] is True
        test_an_officer_of_the_office_finds_each_guest(browser, system, story, who)
    test_the_other_offices_officer_finds_none(browser, system, story)
    page = new_page(browser, system)
    test_the_pdfs_qr_is_still_the_same(page, story, tmp_path)
    report_after_kill(page, story)
    page.context.close()


def test_the_pdfs_qr_is_still_the_same(page: Page, story: Story, tmp_path: Path) -> None:
    sign_in(page, CLERK, PASSWORD + "-joko")
    pdf = download(page, story, "single", tmp_path)
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=4).to_pil()
    assert zxingcpp.read_barcodes(picture)[0].text.endswith(story.receipts["single"])


def report_after_kill(page: Page, story: Story) -> None:
    """The system works on: another guest, who is on the board."""
    page.goto(f"/frontdesk/{story.property_id}/")
    newcomer = GUESTS["anna"] | {"surname": "MÜLLER", "given_names": "JÖRG", "number": "C01X00T47"}
    report(page, newcomer | {"nationality": "DEU", "sex": "Laki-laki"})
    expect(page.get_by_role("heading", level=1)).to_contain_text("Laporan diterima")
    page.goto(f"/frontdesk/{story.property_id}/")
    for name in ("MÜLLER", "THIDAPHONE", "AL-RASHID"):
        expect(page.locator("main")).to_contain_text(name)
