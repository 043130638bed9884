"""The words of the mails that lodgings and their office get, in both languages."""

from dataclasses import dataclass

from apoa.access.mail import queue_mail
from apoa.properties.models import Property

_LONGEST_SUBJECT = 200
_CLOSING = {
    "id": "\n\nSurel ini dikirim otomatis oleh APOA. Jangan dibalas.\n",
    "en": "\n\nThis mail was sent by APOA itself. Please do not answer it.\n",
}


@dataclass(frozen=True)
class MailText:
    """One mail in both languages; `{name}` in it is filled in."""

    subject_id: str
    body_id: str
    subject_en: str
    body_en: str


VERIFY = MailText(
    "Verifikasi pendaftaran {lodging}",
    "Halo {person},\n\nTempat penginapan {lodging} didaftarkan di APOA dengan alamat surel ini."
    " Buka tautan berikut untuk mengirim pendaftaran ke {office}:\n\n{link}\n\nTautan berlaku 3"
    " hari. Bila bukan Anda yang mendaftar, abaikan surel ini.",
    "Verify the registration of {lodging}",
    "Hello {person},\n\nThe lodging {lodging} was registered with APOA under this e-mail address."
    " Open this link to send the registration to {office}:\n\n{link}\n\nThe link works for 3 days."
    " If it was not you who registered, do nothing.",
)
NEW_REGISTRATION = MailText(
    "Pendaftaran baru: {lodging}",
    "Tempat penginapan {lodging} menunggu pemeriksaan {office}:\n\n{link}",
    "New registration: {lodging}",
    "The lodging {lodging} waits for {office} to look at its registration:\n\n{link}",
)
APPROVED = MailText(
    "Pendaftaran {lodging} disetujui",
    "Halo {person},\n\n{office} menyetujui pendaftaran {lodging}.{reason}\n\nAnda menjadi"
    " pengelolanya di APOA. Bila belum punya akun, surel lain memuat tautan untuk membuat kata"
    " sandi. Bila sudah, masuk di sini:\n\n{link}",
    "The registration of {lodging} is approved",
    "Hello {person},\n\n{office} has approved the registration of {lodging}.{reason}\n\nYou are"
    " its manager in APOA. If you have no account yet, another mail has the link for setting a"
    " password. If you have one, sign in here:\n\n{link}",
)
ASKED_BACK = MailText(
    "Pendaftaran {lodging} perlu dilengkapi",
    "Halo {person},\n\n{office} meminta pendaftaran {lodging} diperbaiki.{reason}\n\nBuka tautan"
    " ini untuk memperbaiki isian dan mengirimnya lagi:\n\n{link}\n\nTautan berlaku 30 hari.",
    "The registration of {lodging} needs more",
    "Hello {person},\n\n{office} asks you to mend the registration of {lodging}.{reason}\n\nOpen"
    " this link to mend it and send it again:\n\n{link}\n\nThe link works for 30 days.",
)
REFUSED = MailText(
    "Pendaftaran {lodging} ditolak",
    "Halo {person},\n\n{office} menolak pendaftaran {lodging}.{reason}",
    "The registration of {lodging} is refused",
    "Hello {person},\n\n{office} has refused the registration of {lodging}.{reason}",
)
SUSPENDED = MailText(
    "{lodging} ditangguhkan",
    "Halo {person},\n\n{office} menangguhkan {lodging}. Selama ditangguhkan tidak ada laporan tamu"
    " baru yang dapat dikirim.{reason}",
    "{lodging} is suspended",
    "Hello {person},\n\n{office} has suspended {lodging}. While suspended it cannot report new"
    " guests.{reason}",
)
RESUMED = MailText(
    "{lodging} aktif kembali",
    "Halo {person},\n\n{office} mengaktifkan kembali {lodging}. Tamu baru dapat dilaporkan"
    " lagi.{reason}",
    "{lodging} is active again",
    "Hello {person},\n\n{office} has ended the suspension of {lodging}. New guests can be reported"
    " again.{reason}",
)
CLOSED = MailText(
    "{lodging} ditutup",
    "Halo {person},\n\n{office} mencatat {lodging} sebagai ditutup. Tidak ada laporan tamu baru"
    " yang dapat dikirim; yang sudah dikirim tetap dapat dilihat.{reason}",
    "{lodging} is closed",
    "Hello {person},\n\n{office} has recorded {lodging} as closed. No new guests can be reported;"
    " what was reported can still be seen.{reason}",
)
REOPENED = MailText(
    "{lodging} dibuka kembali",
    "Halo {person},\n\n{office} membuka kembali {lodging}. Tamu baru dapat dilaporkan"
    " lagi.{reason}",
    "{lodging} is open again",
    "Hello {person},\n\n{office} has opened {lodging} again. New guests can be reported"
    " again.{reason}",
)
_REASON = {"id": "\n\nAlasan: ", "en": "\n\nReason: "}


def send_mail_about(
    lodging: Property,
    text: MailText,
    *,
    office: str,
    link: str = "",
    reason: str | None = None,
) -> None:
    """Queues a mail to the lodging's responsible person, in the language of the registration."""
    locale = lodging.locale
    values = {
        "person": lodging.responsible_name,
        "lodging": lodging.name,
        "office": office,
        "link": link,
        "reason": _REASON[locale] + reason if reason else "",
    }
    _send(lodging.responsible_email, locale, text, values)


def send_mail_to_officer(
    to_address: str, locale: str, text: MailText, *, lodging: str, office: str, link: str
) -> None:
    """Queues a mail to somebody in the office, in their own language."""
    _send(to_address, locale, text, {"lodging": lodging, "office": office, "link": link})


def _send(to_address: str, locale: str, text: MailText, values: dict[str, str]) -> None:
    english = locale == "en"
    subject = (text.subject_en if english else text.subject_id).format(**values)
    body = (text.body_en if english else text.body_id).format(**values)
    queue_mail(to_address, subject[:_LONGEST_SUBJECT], body + _CLOSING["en" if english else "id"])
