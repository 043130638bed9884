"""How a match reads: its band, how strong it is, and each reason in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from apoa.crosscheck.compare import Agreement

# Colour and words: the colour gives the sign too (templates/crosscheck/macros.html).
BAND_MARKS = {
    "linked": ("green", lazy_gettext("Terkait")),
    "review": ("blue", lazy_gettext("Perlu ditinjau")),
    "none": ("grey", lazy_gettext("Tidak ada izin yang cocok")),
}
AGREEMENT_MARKS = {
    Agreement.SAME: ("green", lazy_gettext("Sama")),
    Agreement.CLOSE: ("blue", lazy_gettext("Mirip")),
    Agreement.DIFFERENT: ("red", lazy_gettext("Berbeda")),
    Agreement.MISSING: ("grey", lazy_gettext("Tidak diketahui")),
}
FIELD_WORDS = {
    "document": lazy_gettext("Nomor dokumen"),
    "document_number": lazy_gettext("Nomor dokumen"),
    "issuing_state": lazy_gettext("Negara penerbit"),
    "name": lazy_gettext("Nama"),
    "surname": lazy_gettext("Nama keluarga"),
    "given_names": lazy_gettext("Nama depan"),
    "birth_date": lazy_gettext("Tanggal lahir"),
    "nationality": lazy_gettext("Kewarganegaraan"),
    "sex": lazy_gettext("Jenis kelamin"),
    "lead": lazy_gettext("Jarak ke calon kedua"),
}
CODE_WORDS = {
    "same": lazy_gettext("sama"),
    "other": lazy_gettext("berbeda"),
    "missing": lazy_gettext("tidak diketahui pada salah satu data"),
    "same-number-other-state": lazy_gettext("nomor sama, negara penerbit berbeda"),
    "one-sign-off": lazy_gettext("berbeda satu tanda"),
    "signs-swapped": lazy_gettext("dua tanda bertukar tempat"),
    "known-parts-same": lazy_gettext("bagian yang diketahui sama"),
    "swapped-day-month": lazy_gettext("hari dan bulan tertukar"),
    "other-day": lazy_gettext("hanya harinya berbeda"),
    "other-month": lazy_gettext("hanya bulannya berbeda"),
    "other-year": lazy_gettext("hanya tahunnya berbeda"),
    "same-year-only": lazy_gettext("hanya tahunnya sama"),
    "two-signs-off": lazy_gettext("berbeda dua angka"),
    "any-order": lazy_gettext("kata yang sama dalam urutan lain"),
    "spelling": lazy_gettext("ejaan lain dari nama yang sama"),
    "beginning": lazy_gettext("yang satu terpotong"),
    "typo": lazy_gettext("berbeda satu huruf"),
    "short-typo": lazy_gettext("berbeda satu huruf dalam kata pendek"),
    "far-typo": lazy_gettext("berbeda beberapa huruf"),
    "sound": lazy_gettext("bunyinya sama"),
    "kin": lazy_gettext("nama kerabat yang mirip, seperti Mario dan Maria"),
    "nickname": lazy_gettext("nama panggilan"),
    "initial": lazy_gettext("hanya huruf awal"),
    "alike": lazy_gettext("mirip"),
    "word-missing": lazy_gettext("satu kata tidak ada pada data yang lain"),
    "first-missing": lazy_gettext("nama pertama tidak ada pada data yang lain"),
    "partly-other": lazy_gettext("sebagian berbeda"),
    "another-name": lazy_gettext("nama lain yang mirip, seperti pada saudara"),
    "not-given": lazy_gettext("tidak disebutkan, sehingga saudaranya pun cocok"),
    "too-small": lazy_gettext("terlalu dekat: orang lain hampir sama cocoknya"),
}
_STRENGTHS = (
    (20.0, lazy_gettext("sangat kuat")),
    (10.0, lazy_gettext("kuat")),
    (3.5, lazy_gettext("cukup")),
    (-1.0, lazy_gettext("lemah")),
)


@dataclass(frozen=True)
class ReasonLine:
    """A reason as a page shows it: for, against or neither, and in words."""

    mark: tuple[str, str]
    text: str
    weight: str


def reason_lines(reasons: Iterable[Mapping[str, Any]]) -> list[ReasonLine]:
    """Every reason, in the order in which the matching gave them."""
    return [
        ReasonLine(_mark(one["weight"]), reason_text(one["field"], one["code"]), _signed(one))
        for one in reasons
    ]


def reason_text(field: str, code: str) -> str:
    """One reason in words; what has none here stands as it was recorded."""
    return f"{FIELD_WORDS.get(field, field)}: {CODE_WORDS.get(code, code)}"


def code_words(code: str | None) -> str:
    """How two values differ; "" where the matching said no more than that they do."""
    return str(CODE_WORDS.get(code, code)) if code and code != "other" else ""


def field_list(names: Iterable[str]) -> str:
    """Names of fields, as evidence lists them."""
    return ", ".join(str(FIELD_WORDS.get(one, one)) for one in names)


def strength_words(score: float) -> str:
    """How strong a match is: in words, with the number behind them (log2 of the odds)."""
    words = next((text for least, text in _STRENGTHS if score >= least), _("sangat lemah"))
    return _("%(words)s (skor %(score)s)", words=words, score=score_text(score))


def score_text(score: float) -> str:
    """The number with one decimal, as the language writes it."""
    return _("%(whole)s,%(tenth)s", **_parts(score))


def _parts(score: float) -> dict[str, str]:
    whole, _dot, tenth = f"{score:.1f}".partition(".")
    return {"whole": whole, "tenth": tenth}


def _signed(reason: Mapping[str, Any]) -> str:
    weight = float(reason["weight"])
    return f"{'+' if weight > 0 else ''}{score_text(weight)}" if weight else "0"


def _mark(weight: float) -> tuple[str, str]:
    if weight > 0:
        return "green", _("mendukung")
    return ("red", _("menentang")) if weight < 0 else ("grey", _("tidak berpengaruh"))
