"""The forms of the pages of webhooks: labels and choices, no rules."""

from datetime import timedelta

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice

from apoa.access.api_models import KeyMode
from apoa.web.fields import CheckboxesField
from apoa.web.frontdesk.webhook_words import event_choices
from apoa.webhooks.event_types import STAY_EVENTS


class EditWebhookForm(FlaskForm):
    """Where events go, and which."""

    url = StringField(lazy_gettext("Alamat"))
    description = StringField(lazy_gettext("Keterangan"))
    events = CheckboxesField(lazy_gettext("Kejadian yang dikirim"), choices=event_choices())


class NewWebhookForm(EditWebhookForm):
    """The same, and whether real guests are meant."""

    events = CheckboxesField(
        lazy_gettext("Kejadian yang dikirim"), choices=event_choices(), default=list(STAY_EVENTS)
    )
    mode = RadioField(
        lazy_gettext("Untuk apa"),
        choices=[
            SelectChoice(
                KeyMode.LIVE.value, lazy_gettext("Sungguhan: kejadian tamu yang sebenarnya")
            ),
            SelectChoice(
                KeyMode.TEST.value, lazy_gettext("Uji coba: kejadian dari kunci uji coba saja")
            ),
        ],
        default=KeyMode.LIVE.value,
    )


class SecretForm(FlaskForm):
    """How long the old secret goes on beside the new one."""

    overlap = RadioField(
        lazy_gettext("Rahasia lama"),
        choices=[
            SelectChoice("0", lazy_gettext("langsung tidak berlaku (rahasia lama bocor)")),
            SelectChoice("24", lazy_gettext("masih menandatangani 1 hari")),
            SelectChoice("168", lazy_gettext("masih menandatangani 7 hari")),
        ],
        default="24",
    )

    def chosen(self) -> timedelta | None:
        """The overlap; None for anything that is not on the list."""
        value = self.overlap.data or ""
        return timedelta(hours=int(value)) if value in {"0", "24", "168"} else None
