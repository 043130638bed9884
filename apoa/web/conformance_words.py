"""How the steps of a conformance run are called, and how each is shown."""

from flask_babel import lazy_gettext

from apoa.conformance.steps import Step

STEP_WORDS = {
    Step.ACCEPTED: (
        lazy_gettext("Laporan diterima"),
        lazy_gettext("Laporkan satu tamu: POST .../stays menjawab 201."),
    ),
    Step.REJECTED_AND_MENDED: (
        lazy_gettext("Ditolak lalu diperbaiki"),
        lazy_gettext(
            "Kirim laporan yang salah (422), lalu yang benar dengan client_ref yang sama (201)."
        ),
    ),
    Step.DUPLICATE: (
        lazy_gettext("Kiriman ganda dikenali"),
        lazy_gettext("Kirim isi yang sama dengan client_ref yang sama sekali lagi (200)."),
    ),
    Step.AMENDED: (
        lazy_gettext("Laporan diubah"),
        lazy_gettext("PATCH dengan If-Match menghasilkan versi baru."),
    ),
    Step.CHECKED_OUT: (
        lazy_gettext("Check-out dilaporkan"),
        lazy_gettext("POST .../check-out dengan checked_out_at."),
    ),
    Step.CANCELLED: (
        lazy_gettext("Laporan dibatalkan"),
        lazy_gettext("POST .../cancel dengan alasan."),
    ),
    Step.RETRIED: (
        lazy_gettext("Diulang dengan Idempotency-Key yang sama"),
        lazy_gettext("Kirim POST yang sama dengan kunci yang sama: Idempotency-Replayed: true."),
    ),
    Step.WEBHOOK: (
        lazy_gettext("Webhook diterima"),
        lazy_gettext("Daftarkan alamat webhook dengan kunci ini; alamat itu menjawab 2xx."),
    ),
}


def step_word(name: str) -> str:
    """A step's words; a step that is gone, as it was called."""
    return str(STEP_WORDS[Step(name)][0]) if name in set(Step) else name
