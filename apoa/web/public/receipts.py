"""Is this receipt genuine? Open to anybody who holds its number; it tells nothing of the guest."""

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.throttle import take
from apoa.base.errors import Throttled
from apoa.stays.receipt.number import ReceiptNumberInvalid, normalize_receipt_number
from apoa.stays.receipt_keys import list_receipt_keys
from apoa.stays.verify_receipt import ReceiptVerdict, verify_receipt
from apoa.web.public import blueprint

# A number has 60 random bits: the limit is for the machine's sake, not for secrecy.
LOOKUPS_AT_ONCE = 60
REFILLED_IN_SECONDS = 600


@blueprint.get("/receipts/")
def receipts() -> str | Response | tuple[str, int]:
    """Asks for a number. A receipt's number is not personal, so it may stand in an address."""
    number = request.args.get("number", "").strip()
    if not number:
        return render_template("public/receipts.html", typed="", error=None)
    try:
        sound = normalize_receipt_number(number)
    except ReceiptNumberInvalid as error:
        return _malformed(number, error)
    return redirect(url_for("public.receipt", number=sound), 303)


@blueprint.get("/receipts/<number>")
def receipt(number: str) -> str | Response | tuple[str, int]:
    """What is known of one receipt."""
    try:
        sound = normalize_receipt_number(number)
    except ReceiptNumberInvalid as error:
        return _malformed(number, error)
    if sound != number:
        return redirect(url_for("public.receipt", number=sound), 303)
    verdict = _look_up(sound)
    if verdict is None:
        return render_template("public/receipt_unknown.html", number=sound), 404
    return render_template("public/receipt.html", verdict=verdict)


@blueprint.get("/receipts/<number>.json")
def receipt_json(number: str) -> Response | tuple[Response, int]:
    """The same for programs, with all that is needed to check the signature oneself."""
    try:
        verdict = _look_up(normalize_receipt_number(number))
    except ReceiptNumberInvalid as error:
        return _problem(400, "receipt-number-invalid", _reason(error))
    except Throttled as error:
        answer, status = _problem(429, "too-many-requests", _("Terlalu banyak percobaan"))
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer, status
    if verdict is None:
        return _problem(404, "receipt-unknown", _("Nomor tanda terima ini tidak terdaftar."))
    return jsonify(verdict_json(verdict))


@blueprint.get("/.well-known/apoa-receipt-keys.json")
def receipt_keys() -> Response:
    """Every public key that ever signed receipts here."""
    return jsonify(
        {
            "algorithm": "Ed25519",
            "keys": [
                {
                    "key_id": key.key_id,
                    "public_key": key.public_key,
                    "first_used_at": key.first_used_at.isoformat(),
                }
                for key in list_receipt_keys()
            ],
        }
    )


def verdict_json(verdict: ReceiptVerdict) -> dict[str, Any]:
    """A verdict as the open JSON states it."""
    return {
        "genuine": verdict.genuine,
        "test": verdict.is_test,
        "number": verdict.number,
        "property_name": verdict.property_name,
        "office_name": verdict.office_name,
        "issued_at": verdict.issued_at.isoformat(),
        "first_received_at": verdict.first_received_at.isoformat(),
        "checked_in_at": verdict.checked_in_at.isoformat(),
        "deadline": {"due_at": verdict.due_at.isoformat(), "state": verdict.deadline_state},
        "version": verdict.version,
        "current_version": verdict.current_version,
        "amended_since": verdict.amended_since,
        "cancelled": verdict.cancelled,
        "payload": verdict.payload,
        "signature": verdict.signature,
        "key_id": verdict.key_id,
        "public_key": verdict.public_key,
    }


def _look_up(number: str) -> ReceiptVerdict | None:
    take(
        ("receipt", request.remote_addr or ""),
        capacity=LOOKUPS_AT_ONCE,
        per_seconds=REFILLED_IN_SECONDS,
    )
    return verify_receipt(number)


def _malformed(typed: str, error: ReceiptNumberInvalid) -> tuple[str, int]:
    page = render_template("public/receipts.html", typed=typed[:60], error=_reason(error))
    return page, 400


def _reason(error: ReceiptNumberInvalid) -> str:
    """The reason in the reader's language; the class itself speaks Indonesian only."""
    reasons = {
        ReceiptNumberInvalid.WRONG_LENGTH: _(
            "Nomor tanda terima terlalu pendek atau terlalu panjang."
        ),
        ReceiptNumberInvalid.WRONG_PREFIX: _("Nomor tanda terima diawali dengan STT."),
        ReceiptNumberInvalid.WRONG_CHARACTER: _(
            "Nomor tanda terima hanya berisi huruf A-Z (tanpa U) dan angka."
        ),
        ReceiptNumberInvalid.WRONG_MONTH: _("Empat angka setelah STT bukan tahun dan bulan."),
        ReceiptNumberInvalid.WRONG_CHECK: _(
            "Angka periksa tidak cocok: nomor ini salah ketik atau bukan dari sistem ini."
        ),
    }
    return reasons[str(error)]


def _problem(status: int, code: str, detail: str) -> tuple[Response, int]:
    answer = jsonify({"status": status, "code": code, "title": detail})
    answer.mimetype = "application/problem+json"
    return answer, status
