"""GET /api/docs/errors/<code>: what each code means and what to do; every problem leads here."""

import json
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, render_template
from flask_babel import gettext as _

from apoa.base.problems import PROBLEMS, ProblemText
from apoa.web.docs import blueprint
from apoa.web.docs.reference import Call, api_document, calls


@dataclass(frozen=True)
class ErrorCode:
    """A code. `status` and `title` only where it can be the code of a whole problem."""

    code: str
    words: ProblemText
    status: int | None
    title: ProblemText | None


@blueprint.get("/errors/")
def error_codes() -> str:
    """Every code: first those that a problem carries itself, then those of single fields."""
    known = [_known(code) for code in sorted(PROBLEMS)]
    own = sorted((one for one in known if one.status), key=lambda one: (one.status, one.code))
    return render_template(
        "docs/errors.html", problems=own, others=[one for one in known if not one.status]
    )


@blueprint.get("/errors/<code>")
def error_code(code: str) -> str:
    """One code."""
    if code not in PROBLEMS:
        abort(404)
    known = _known(code)
    return render_template(
        "docs/error.html",
        known=known,
        advice=_advice(known.status),
        repeatable=_is_repeatable(known),
        calls=_calls_with(code),
        example=_example(code),
    )


def _known(code: str) -> ErrorCode:
    published = current_app.extensions["apoa_api_reference"].problems.get(code)
    if published is None:
        return ErrorCode(code, PROBLEMS[code], None, None)
    return ErrorCode(code, PROBLEMS[code], published.status, published.title)


def _calls_with(code: str) -> list[Call]:
    return [
        one
        for one in calls()
        if any(code in answer.get("x-codes", []) for answer in one.described["responses"].values())
    ]


def _example(code: str) -> str | None:
    found: Any = api_document()["components"]["examples"].get(code)
    return json.dumps(found["value"], ensure_ascii=False, indent=2) if found else None


def _is_repeatable(known: ErrorCode) -> bool | None:
    """Whether the same request may succeed later; None for a fault or warning of a field."""
    if known.status is None:
        return None
    return known.status in (429, 500, 503) or known.code == "idempotency-in-progress"


def _advice(status: int | None) -> str:
    """What to do, by the status."""
    advice = {
        400: _("Perbaiki permintaannya; isi yang sama tidak akan diterima."),
        401: _("Periksa kunci atau minta token baru, lalu kirim lagi."),
        403: _("Minta pengelola memberi kunci dengan cakupan yang disebut."),
        404: _("Periksa alamat dan id: keduanya harus milik kunci ini."),
        405: _("Pakai salah satu metode pada header Allow."),
        406: _("Minta bentuk jawaban yang tersedia pada header Accept."),
        409: _("Baca keadaan sekarang, lalu putuskan; rinciannya ada pada detail dan errors."),
        412: _("Baca lagi, terapkan perubahan Anda, dan kirim dengan ETag yang baru."),
        413: _("Bagi isinya menjadi beberapa permintaan."),
        414: _("Kirim isinya sebagai body, bukan di alamat."),
        415: _("Kirim isi dengan Content-Type yang disebut."),
        422: _("Perbaiki semua yang disebut pada errors sekaligus, lalu kirim lagi."),
        428: _("Kirim ETag dari jawaban terakhir sebagai If-Match."),
        429: _("Tunggu selama Retry-After, lalu kirim lagi."),
        431: _("Kirim header yang diperlukan saja."),
        500: _("Kirim lagi dengan Idempotency-Key yang sama; simpan attempt sebagai bukti."),
        503: _("Tunggu selama Retry-After, lalu kirim lagi dengan Idempotency-Key yang sama."),
    }
    if status is None:
        return _("Kode ini menunjuk satu isian: pointer menyebut yang mana.")
    return advice[status]
