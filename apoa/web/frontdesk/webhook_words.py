"""How events, tries and their ends are called on the pages of webhooks."""

from flask_babel import LazyString, lazy_gettext
from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from apoa.web.locale import select_locale
from apoa.webhooks.deliveries import AttemptView, DeliveryView
from apoa.webhooks.event_types import EVENT_TYPES, TEST_EVENT
from apoa.webhooks.views import EndpointView

DISABLED_WORDS = {
    "owner": lazy_gettext("Dinonaktifkan oleh pengelola."),
    "failing": lazy_gettext("Tidak ada kiriman yang diterima selama tiga hari."),
    "gone": lazy_gettext("Penerima menjawab 410: sudah tidak ada."),
}
_ERROR_WORDS = {
    "timeout": lazy_gettext("tidak menjawab dalam 10 detik"),
    "tls": lazy_gettext("sertifikat TLS tidak dapat dipercaya"),
    "unresolvable": lazy_gettext("nama host tidak dikenal"),
    "refused-target": lazy_gettext("alamat bukan alamat internet umum"),
    "connection": lazy_gettext("tidak dapat dihubungi"),
    "bad-answer": lazy_gettext("jawaban bukan HTTP"),
}
_STATE_WORDS = {
    "pending": ("pending", lazy_gettext("Menunggu")),
    "delivered": ("done", lazy_gettext("Diterima")),
    "failed": ("invalid", lazy_gettext("Gagal")),
}


def event_choices() -> list[SelectChoice]:
    """Every event that can be chosen."""
    return [SelectChoice(name, LazyString(event_word, name)) for name in EVENT_TYPES]


def event_word(event_type: str) -> str:
    """An event in words; one that is gone, as it was called."""
    if event_type == TEST_EVENT:
        return _("Uji coba")
    text = EVENT_TYPES.get(event_type)
    return text.in_locale(select_locale()) if text else event_type


def attempt_word(attempt: AttemptView) -> str:
    """What came of a try: the status, or what went wrong."""
    if attempt.status_code is not None:
        return str(attempt.status_code)
    return str(_ERROR_WORDS.get(attempt.error or "", attempt.error or ""))


def delivery_state(delivery: DeliveryView) -> tuple[str, str]:
    """The state whose colour a delivery has, and its words."""
    state, words = _STATE_WORDS[delivery.state]
    return state, str(words)


def secret_mark(view: EndpointView) -> str:
    """Which secret a page has seen."""
    until = view.previous_secret_valid_until
    return until.isoformat() if until else ""
