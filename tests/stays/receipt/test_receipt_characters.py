"""Every name gets a receipt: the shipped fonts draw it, or its codes stand there."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apoa.stays.receipt import pdf as pdf_module
from apoa.stays.receipt.coverage import breakable, display_width, is_covered, printable
from apoa.stays.receipt.pdf import receipt_pdf, receipts_pdf
from apoa.stays.receipt.typesetter import CannotTypeset
from tests.stays.receipt.sample import VIEW, pages_of

NAMES = {
    "Vietnamese": "Nguyễn Thị Ngọc Ánh Đặng",
    "Polish": "Żółć Gęślą Jaźń",
    "Turkish": "Şükrü İĞDIR ığdır",
    "Icelandic": "Þórður Æðelðryð",
    "Cyrillic": "Щербаков Ґалаґан Ўмид Қасым",
    "Greek": "Ἀθηνᾶ Παπαδοπούλου",
    "Arabic": "محمد بن عبد الرحمن آل سعود",
    "Persian": "علی‌رضا گچ‌پژ",
    "Urdu": "محمّد علی ڈھاکہ ٹنڈو",
    "Hebrew": "דָּוִד בֶּן־גּוּרִיּוֹן",
    "Thai": "ประเสริฐ ณ อยุธยา",
    "Hindi": "नरेन्द्र क्षत्रिय ज्ञानेश्वर",
    "Bengali": "রবীন্দ্রনাথ ঠাকুর",
    "Tamil": "தமிழ்ச்செல்வன்",
    "Telugu": "వేంకటేశ్వర్లు",
    "Sinhala": "ක්‍රිශාන්ත",
    "Khmer": "ស្រីមុំ",
    "Lao": "ສົມຈິດ",
    "Burmese": "အောင်ဆန်း",
    "Georgian": "გიორგი",
    "Armenian": "Արամ Խաչատրյան",
    "Amharic": "ኃይለ ሥላሴ",
    "Chinese, simplified": "欧阳晓彤 王小明",
    "Chinese, traditional": "歐陽曉彤 陳龘",
    "Hong Kong": "㗎 嚟 啲 瀞",
    "Japanese": "髙橋 﨑山 さくら アキラ 渡邊",
    "Korean": "김민수 黃뷁",
    "Ideograph beyond the first plane": "𠮷野家",
}


@pytest.mark.parametrize("script", NAMES)
def test_name_is_drawn_as_it_is_written(script):
    name = NAMES[script]
    assert printable(name) == unicodedata.normalize("NFC", name)
    (text,) = pages_of(receipt_pdf(replace(VIEW, native_name=name)))
    assert "[U+" not in text
    assert VIEW.guest_name in text


@pytest.mark.parametrize("script", ["Vietnamese", "Cyrillic", "Greek", "Korean", "Japanese"])
def test_name_can_be_copied_from_the_page(script):
    (text,) = pages_of(receipt_pdf(replace(VIEW, native_name=NAMES[script])))
    for part in NAMES[script].split():
        assert unicodedata.normalize("NFKC", part) in unicodedata.normalize("NFKC", text)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("😀 ANNA", "[U+1F600] ANNA"),
        ("\U000200ad", "[U+200AD]"),
        ("\U00012000\U00012001", "[U+12000][U+12001]"),
        ("\ue000", "[U+E000]"),
        ("\U0010ffff", "[U+10FFFF]"),
    ],
)
def test_character_that_no_font_has_is_printed_as_its_code(name, printed):
    assert printable(name) == printed
    (text,) = pages_of(receipt_pdf(replace(VIEW, guest_name=name, native_name=name)))
    assert printed.split("]")[0] in text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("A\u202eB\u2066C\u200f", "ABC"),
        ("A\tB\nC\u00a0D\u2028E", "A B C D E"),
        ("  A   B ", "A B"),
        ("A\ufe0f\u00ad\ufeff", "A"),
        ("e\u0301", "é"),
        ("\u0646\u200c\u0647", "\u0646\u200c\u0647"),
    ],
)
def test_invisible_characters_cannot_rearrange_the_line(text, kept):
    assert printable(text) == kept


def test_lone_surrogates_and_controls_do_not_fail():
    assert printable("\x00\x07\ud800") == "[U+D800]"


def test_marks_of_another_script_are_printed_as_codes_where_nothing_draws_them():
    views = [VIEW, replace(VIEW, native_name="王\u0e48\u0651 a\u0652\u0902", room="K-2")]
    first, second = pages_of(receipts_pdf(views))
    assert "[U+" not in first
    assert "K-2" in second


def test_only_the_receipt_that_needs_it_loses_its_marks(monkeypatch):
    real = pdf_module.typeset

    def refuse_thai_marks(pages: str, language: str, timestamp: int) -> bytes:
        if "\\u0e48" in pages:
            raise CannotTypeset("refused")
        return real(pages, language, timestamp)

    monkeypatch.setattr(pdf_module, "typeset", refuse_thai_marks)
    views = [
        replace(VIEW, native_name="ก\u0e48"),
        replace(VIEW, native_name="ค\u0e31"),
    ]
    first, second = pages_of(receipts_pdf(views))
    assert "[U+0E48]" in first
    assert "[U+" not in second


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_name_gets_a_receipt(name: str):
    pages = pages_of(receipt_pdf(replace(VIEW, guest_name=name, native_name=name)))
    assert len(pages) == 1
    assert VIEW.number in pages[0]


COVERED = st.characters(exclude_categories=["Cs"]).filter(is_covered)


@given(st.lists(COVERED, min_size=1, max_size=25).map("".join))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_mixture_of_covered_characters_gets_a_receipt(name: str):
    pages = pages_of(receipt_pdf(replace(VIEW, native_name=name)))
    assert len(pages) == 1


@given(st.text())
def test_printable_is_stable_and_drawable(text: str):
    once = printable(text)
    assert printable(once) == once
    assert all(is_covered(character) for character in once)


def test_long_runs_can_break_but_never_inside_a_letter():
    assert breakable("A" * 24) == "A" * 24
    assert breakable("A" * 26) == "A" * 24 + "\u200bA\u200bA"
    marked = "A" * 24 + "e\u0302\u0301B"
    assert breakable(marked) == "A" * 24 + "\u200be\u0302\u0301\u200bB"
    assert breakable("ab " * 30) == "ab " * 30


def test_width_counts_ideographs_double_and_marks_not_at_all():
    assert display_width("ab") == 2
    assert display_width("王") == 2
    assert display_width("e\u0302\u200b") == 1
    assert display_width("AB") > display_width("ab")
