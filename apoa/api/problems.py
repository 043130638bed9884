"""The codes that an answer can carry as its own `code`, each with status, title and words.

A refusal of an act (409) carries the act's code, so that each has a page of its own.
"""

from dataclasses import dataclass
from typing import Any

import apoa.access.api_problems
import apoa.conformance.problems
import apoa.properties.problems
import apoa.stays.problems
import apoa.webhooks.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.problems import ProblemText, register_problems


@dataclass(frozen=True)
class ApiProblem:
    """An error code of the API. The title never changes; the words of one case are in PROBLEMS."""

    status: int
    title: ProblemText


_TITLES = {
    400: ProblemText("Permintaan tidak dapat dibaca", "The request cannot be read"),
    401: ProblemText("Pengirim tidak dikenal", "The caller is not known"),
    403: ProblemText("Tidak diizinkan", "Not allowed"),
    404: ProblemText("Tidak ditemukan", "Not found"),
    405: ProblemText("Metode tidak tersedia", "Method not available"),
    406: ProblemText("Bentuk jawaban tidak tersedia", "Form of answer not available"),
    409: ProblemText("Bertentangan dengan keadaan sekarang", "In conflict with the present state"),
    412: ProblemText("Versi sudah berubah", "The version has changed"),
    413: ProblemText("Terlalu besar", "Too large"),
    414: ProblemText("Alamat terlalu panjang", "Address too long"),
    415: ProblemText("Jenis isi tidak diterima", "Content type not accepted"),
    422: ProblemText("Isi tidak benar", "The content is not right"),
    428: ProblemText("Versi harus disebut", "The version must be named"),
    429: ProblemText("Terlalu banyak permintaan", "Too many requests"),
    431: ProblemText("Header terlalu besar", "Headers too large"),
    500: ProblemText("Kesalahan di pihak kami", "A fault of ours"),
    503: ProblemText("Sedang tidak tersedia", "Not available now"),
}
_WORDS: dict[str, tuple[int, str, str]] = {
    "bad-request": (400, "Permintaan ini tidak dapat dibaca.", "This request cannot be read."),
    "malformed-json": (
        400,
        "Isi bukan JSON yang benar: {reason}",
        "The body is not JSON: {reason}",
    ),
    "malformed-body": (
        400,
        "Isi tidak dapat dibuka: {reason}",
        "The body cannot be unpacked: {reason}",
    ),
    "nested-too-deep": (
        400,
        "Isi bersarang lebih dari {max} tingkat.",
        "The body is nested more than {max} levels deep.",
    ),
    "duplicate-member": (
        400,
        "Nama yang sama muncul dua kali dalam satu objek: {name}",
        "The same name stands twice in one object: {name}",
    ),
    "idempotency-key-malformed": (
        400,
        "Idempotency-Key terdiri dari 1 sampai 255 karakter ASCII yang terlihat.",
        "An Idempotency-Key is 1 to 255 visible ASCII characters.",
    ),
    "unsupported-grant-type": (
        400,
        "Hanya grant_type=client_credentials yang diterima.",
        "Only grant_type=client_credentials is accepted.",
    ),
    "insufficient-scope": (
        403,
        "Kunci ini memerlukan cakupan {scope}.",
        "This needs a key with the scope {scope}.",
    ),
    "not-allowed": (403, "Kunci ini tidak boleh melakukannya.", "This key may not do this."),
    "not-found": (
        404,
        "Tidak ada di sini, atau bukan milik kunci ini.",
        "There is nothing here, or it is not this key's.",
    ),
    "method-not-allowed": (
        405,
        "Alamat ini hanya menerima metode pada header Allow.",
        "This address takes only the methods in the Allow header.",
    ),
    "not-acceptable": (
        406,
        "Jawaban tersedia sebagai: {available}",
        "The answer can be had as: {available}",
    ),
    "idempotency-in-progress": (
        409,
        "Permintaan pertama dengan Idempotency-Key ini masih berjalan. Coba lagi sebentar lagi.",
        "The first request with this Idempotency-Key is still running. Try again shortly.",
    ),
    "stale-version": (
        412,
        "Data ini sudah berubah sejak dibaca. Muat ulang, lalu ulangi.",
        "This has changed since you read it. Load it again, then repeat.",
    ),
    "body-too-large": (
        413,
        "Isi paling besar {max} byte, juga sesudah dibuka.",
        "The body may be at most {max} bytes, also when unpacked.",
    ),
    "address-too-long": (
        414,
        "Alamat permintaan ini terlalu panjang.",
        "The address of this request is too long.",
    ),
    "unsupported-media-type": (
        415,
        "Kirim isi sebagai {wanted} dalam UTF-8.",
        "Send the body as {wanted} in UTF-8.",
    ),
    "unsupported-encoding": (
        415,
        "Isi hanya boleh dikemas dengan gzip.",
        "A body may be packed with gzip only.",
    ),
    "invalid-input": (
        422,
        "Perbaiki semua yang disebut pada errors, lalu kirim lagi.",
        "Correct everything named in errors, then send it again.",
    ),
    "idempotency-key-reused": (
        422,
        "Idempotency-Key ini sudah dipakai untuk permintaan lain.",
        "This Idempotency-Key was used for another request.",
    ),
    "if-match-required": (
        428,
        "Sebutkan versi yang diubah: If-Match dengan ETag dari jawaban terakhir.",
        "Name the version that you change: If-Match with the ETag of the last answer.",
    ),
    "rate-limited": (
        429,
        "Kuota {quota} permintaan per menit habis. Coba lagi dalam {seconds} detik.",
        "The quota of {quota} requests a minute is used up. Try again in {seconds} seconds.",
    ),
    "too-often": (
        429,
        "Terlalu sering. Coba lagi dalam {seconds} detik.",
        "Too often. Try again in {seconds} seconds.",
    ),
    "headers-too-large": (
        431,
        "Header permintaan ini terlalu banyak atau terlalu besar.",
        "The headers of this request are too many or too large.",
    ),
    "internal-error": (
        500,
        "Kesalahan kami. Kirim lagi dengan Idempotency-Key atau client_ref yang sama: tidak akan"
        " tersimpan dua kali.",
        "A fault of ours. Send it again with the same Idempotency-Key or client_ref: it will not"
        " be stored twice.",
    ),
    "unavailable": (
        503,
        "Sistem sedang tidak dapat dihubungi. Kirim lagi dengan Idempotency-Key atau client_ref"
        " yang sama: tidak akan tersimpan dua kali.",
        "The system cannot be reached now. Send it again with the same Idempotency-Key or"
        " client_ref: it will not be stored twice.",
    ),
}
_CREDENTIALS = (
    "credentials-missing",
    "credentials-invalid",
    "key-expired",
    "key-ended",
    "token-expired",
)
_TOKEN_REFUSALS = ("scope-not-granted",)
_ACT_REFUSALS = (
    "client-ref-in-use",
    "stay-cancelled",
    "stay-already-departed",
    "check-out-needs-reopen",
    "property-not-reporting",
    "test-key-needed",
    "too-many-webhook-endpoints",
    "webhook-endpoint-disabled",
)

register_problems({code: ProblemText(words[1], words[2]) for code, words in _WORDS.items()})

API_PROBLEMS: dict[str, ApiProblem] = (
    {code: ApiProblem(words[0], _TITLES[words[0]]) for code, words in _WORDS.items()}
    | {code: ApiProblem(401, _TITLES[401]) for code in _CREDENTIALS}
    | {code: ApiProblem(400, _TITLES[400]) for code in _TOKEN_REFUSALS}
    | {code: ApiProblem(409, _TITLES[409]) for code in _ACT_REFUSALS}
)


def problem_members(
    code: str, status: int, detail: str, *, locale: str, base_url: str, request_id: str
) -> dict[str, Any]:
    """The members that every problem has (RFC 9457), in `id` or `en`."""
    return {
        "type": f"{base_url}/api/docs/errors/{code}",
        "title": api_problem(code, status).title.in_locale(locale),
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
    }


def api_problem(code: str, status: int) -> ApiProblem:
    """The published problem of a code, or one for an act's refusal that has only its words."""
    return API_PROBLEMS.get(code) or ApiProblem(status, _TITLES.get(status, _TITLES[400]))
