"""The paper says everything, is accessible, and fits one page whatever the guest is called."""

import json
import re
import subprocess
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
import zxingcpp

from apoa.stays.receipt.pdf import MAX_RECEIPTS_IN_FILE, receipt_pdf, receipts_pdf
from apoa.stays.receipt.typesetter import CannotTypeset, typeset, typeset_apart
from tests.stays.receipt.sample import NUMBER, URL, VIEW, pages_of

LONG = replace(
    VIEW,
    guest_name="WOLFESCHLEGELSTEINHAUSENBERGERDORFF" * 3 + ", HUBERT BLAINE " * 6,
    native_name="Wolfeschlegelsteinhausenbergerdorff " * 4,
    property_name="Wisma Sangat Panjang Sekali " * 6,
    property_address="Jalan Lintas Barat Setelah Jembatan Ketiga " * 7,
    office_name="Kantor Imigrasi Kelas II Non TPI " * 5,
    document_number="X" * 60,
    late_reason="Listrik padam dan jaringan putus sejak malam. " * 7,
    deadline_state="late",
    version=12,
    state="cancelled",
)

FREE_TEXTS = """
    property_name property_address office_name guest_name native_name nationality_name sex
    document_type document_number issuing_state_name room late_reason birth_date key_id
""".split()


def image_of(pdf: bytes, page: int = 0):
    """The page as a picture of 150 dots an inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=150 / 72).to_pil()
    finally:
        document.close()


def metadata_of(pdf: bytes) -> str:
    """The XMP packet."""
    found = re.search(rb"<\?xpacket begin.*?<\?xpacket end", pdf, re.DOTALL)
    assert found
    return found.group().decode()


def objects_of(pdf: bytes) -> bytes:
    """All bytes of the file with its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = []
    for stream in streams:
        try:
            opened.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return pdf + b"\n".join(opened)


def test_indonesian_receipt_says_everything():
    (text,) = pages_of(receipt_pdf(VIEW, "id"))
    for said in (
        "Surat Tanda Terima Pelaporan Orang Asing",
        "Receipt for the Report of a Foreign Guest (STTPOA)",
        NUMBER,
        VIEW.office_name,
        VIEW.property_name,
        VIEW.property_address,
        VIEW.guest_name,
        "Swedia (SWE)",
        "12 Agustus 1974",
        "Perempuan / Female",
        "Paspor / Passport",
        "L898902C3",
        "204",
        "21 November 2026, 14.05 WIB",
        "24 November 2026",
        "21 November 2026, 14.06 WIB",
        "22 November 2026, 14.05 WIB",
        "Tepat waktu / On time",
        VIEW.content_digest,
        "2026a",
        URL,
    ):
        assert said in text


def test_english_receipt_keeps_the_indonesian_labels():
    (text,) = pages_of(receipt_pdf(VIEW, "en"))
    for said in ("12 August 1974", "Female / Perempuan", "21 November 2026, 14:05 WIB"):
        assert said in text
    for label in ("Kebangsaan Nationality", "Batas waktu lapor Deadline"):
        assert label in text


def test_values_follow_their_labels_when_read_aloud():
    (text,) = pages_of(receipt_pdf(VIEW))
    order = ("Nama Name ERIKSSON", "Kebangsaan Nationality Swedia", "Nomor dokumen Document number")
    assert [text.find(part) for part in order] == sorted(text.find(part) for part in order)
    assert all(part in text for part in order)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"birth_date": "1974-00-00"}, "1974 (hari dan bulan tidak diketahui)"),
        ({"birth_date": "1974-08-00"}, "Agustus 1974 (hari tidak diketahui)"),
        ({"time_zone": "Asia/Makassar"}, "21 November 2026, 15.05 WITA"),
        ({"time_zone": "Asia/Jayapura"}, "21 November 2026, 16.05 WIT"),
        ({"sex": "X"}, "Tidak ditentukan / Unspecified"),
        ({"room": None}, "Kamar Room Tidak diisi"),
        ({"deadline_state": "late", "late_reason": "Listrik padam"}, "Terlambat / Late"),
        ({"deadline_state": "late", "late_reason": "Listrik padam"}, "Listrik padam"),
        ({"deadline_state": "extended"}, "Tepat waktu (batas diperpanjang)"),
        ({"document_unavailable_reason": "Paspor hilang"}, "Tanpa dokumen No travel document"),
        ({"document_unavailable_reason": "Paspor hilang"}, "Paspor hilang"),
        ({"state": "cancelled"}, "Laporan menginap ini dibatalkan."),
        ({"version": 3}, "versi 3. Pertama diterima 21 November 2026, 14.06 WIB."),
        ({"checked_out_at": VIEW.due_at + timedelta(hours=1)}, "22 November 2026, 15.05 WIB"),
        ({"document_type": "laissez-passer"}, "laissez-passer"),
    ],
)
def test_awkward_case_is_said(changes: dict[str, object], said: str):
    (text,) = pages_of(receipt_pdf(replace(VIEW, **changes)))
    assert said in text


@pytest.mark.parametrize("view", [VIEW, LONG])
def test_qr_on_the_page_leads_to_the_verification_address(view):
    (read,) = zxingcpp.read_barcodes(image_of(receipt_pdf(view)))
    assert read.text == URL


@pytest.mark.parametrize(("language", "title"), [("id", "Surat Tanda"), ("en", "Receipt for")])
def test_file_declares_pdf_ua_language_and_title(language, title):
    pdf = receipt_pdf(VIEW, language)
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata_of(pdf)
    assert title in metadata_of(pdf)
    assert NUMBER in metadata_of(pdf)
    objects = objects_of(pdf)
    assert f"/Lang({language})".encode() in objects.replace(b"/Lang (", b"/Lang(")
    for needed in (b"/MarkInfo", b"/StructTreeRoot", b"/DisplayDocTitle true", b"/Figure", b"/Alt"):
        assert needed in objects


def test_long_texts_stay_on_one_page_and_nothing_of_the_name_is_lost():
    (text,) = pages_of(receipt_pdf(LONG))
    assert LONG.guest_name.split(",")[0] in text.replace(" ", "")
    assert NUMBER in text
    assert VIEW.content_digest in text


@pytest.mark.parametrize("letters", ["龘驫鬱", "W", "ௐ", "W ", "\u1019\u103c\u1014\u103a"])
def test_longest_possible_texts_stay_on_one_page(letters):
    filler = letters * 300
    texts = dict.fromkeys(FREE_TEXTS, filler)
    assert len(pages_of(receipt_pdf(replace(LONG, **texts)))) == 1


@pytest.mark.parametrize("letter", ["W", "m", "W ", "王"])
@pytest.mark.parametrize("length", [20, 27, 28, 50, 65, 66, 80])
def test_no_length_slips_between_roomy_and_measured(letter, length):
    text = (letter * length)[:length]
    texts = dict.fromkeys(("guest_name", "native_name", "property_name", "property_address"), text)
    texts |= dict.fromkeys(("document_number", "room", "issuing_state_name", "late_reason"), text)
    view = replace(VIEW, version=2, state="cancelled", **texts)
    assert len(pages_of(receipt_pdf(view))) == 1


def test_same_view_gives_the_same_bytes():
    assert receipt_pdf(LONG) == receipt_pdf(LONG)
    assert receipt_pdf(VIEW) == receipt_pdf(VIEW)


def test_markup_in_a_name_is_printed_and_never_run():
    name = "#panic() *A* _B_ $x$ [c] \\ `d` <e> @f https://g.example //h"
    (text,) = pages_of(receipt_pdf(replace(VIEW, guest_name=name)))
    assert name in text


def test_many_receipts_have_a_page_each_in_order():
    views = [replace(VIEW, number=f"STT-NOMOR-{n}", room=f"K-{n}") for n in range(1, 8)]
    pages = pages_of(receipts_pdf(views))
    assert len(pages) == 7
    for n, text in enumerate(pages, start=1):
        assert f"STT-NOMOR-{n}" in text
        assert f"K-{n}" in text
    qr = zxingcpp.read_barcodes(image_of(receipts_pdf(views), page=6))
    assert [read.text for read in qr] == [URL]


@pytest.mark.parametrize("count", [0, MAX_RECEIPTS_IN_FILE + 1])
def test_a_file_of_none_or_too_many_is_refused(count):
    with pytest.raises(ValueError, match="receipts"):
        receipts_pdf([VIEW] * count)


def test_threads_can_print_at_the_same_time():
    views = [replace(VIEW, room=f"K-{n}") for n in range(8)]
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(receipt_pdf, views))
    for view, pdf in zip(views, made, strict=True):
        assert view.room in pages_of(pdf)[0]


@pytest.mark.parametrize("press", [typeset, typeset_apart])
def test_failure_of_the_typesetter_says_nothing_about_the_text(press):
    page = {"number": "\U00012000 RAHASIA", "roomy": True}
    with pytest.raises(CannotTypeset) as failed:
        press(json.dumps([page]), "id", 0)
    assert "RAHASIA" not in str(failed.value)
    assert failed.value.__cause__ is None


def test_broken_job_of_the_separate_process_is_an_error():
    with pytest.raises(subprocess.CalledProcessError):
        typeset_apart("[]", "id", "yesterday")  # type: ignore[arg-type]


def test_instants_are_printed_on_the_clock_of_the_property_around_midnight():
    late = datetime(2026, 12, 31, 17, 30, tzinfo=UTC)
    (text,) = pages_of(receipt_pdf(replace(VIEW, checked_in_at=late)))
    assert "1 Januari 2027, 00.30 WIB" in text
