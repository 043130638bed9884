"""The forms of the pages of keys: labels and choices, no rules."""

from datetime import timedelta

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice

from apoa.access.api_models import KeyMode
from apoa.access.api_scopes import SCOPES
from apoa.web.fields import CheckboxesField
from apoa.web.frontdesk.key_words import SCOPE_WORDS
from apoa.web.frontdesk.lodging import Lodging

DEFAULT_SCOPES = ["stays:read", "stays:write", "receipts:read"]


class NewKeyForm(FlaskForm):
    """What a key is to be good for."""

    name = StringField(lazy_gettext("Nama kunci"))
    mode = RadioField(
        lazy_gettext("Untuk apa"),
        choices=[
            SelectChoice(
                KeyMode.TEST.value,
                lazy_gettext("Uji coba: tidak ada yang sampai ke kantor imigrasi"),
            ),
            SelectChoice(
                KeyMode.LIVE.value, lazy_gettext("Sungguhan: melaporkan tamu yang sebenarnya")
            ),
        ],
        default=KeyMode.TEST.value,
    )
    scopes = CheckboxesField(
        lazy_gettext("Yang boleh dilakukan"),
        choices=[SelectChoice(scope, SCOPE_WORDS[scope]) for scope in SCOPES],
        default=DEFAULT_SCOPES,
    )
    property_ids = CheckboxesField(lazy_gettext("Untuk tempat penginapan"))
    life = RadioField(
        lazy_gettext("Berlaku selama"),
        choices=[
            SelectChoice("30", lazy_gettext("30 hari")),
            SelectChoice("90", lazy_gettext("90 hari")),
            SelectChoice("365", lazy_gettext("1 tahun")),
            SelectChoice("730", lazy_gettext("2 tahun")),
        ],
        default="365",
    )

    def offer(self, lodgings: list[Lodging], chosen: Lodging) -> None:
        """Fills in whose guests the key may report; the page's lodging is ticked."""
        self.property_ids.choices = [SelectChoice(str(one.id), one.name) for one in lodgings]
        if not self.is_submitted():
            self.property_ids.data = [str(chosen.id)]


class RotateForm(FlaskForm):
    """How long the old secret goes on beside the new one."""

    overlap = RadioField(
        lazy_gettext("Kunci lama"),
        choices=[
            SelectChoice("0", lazy_gettext("langsung tidak berlaku (kunci lama bocor)")),
            SelectChoice("1", lazy_gettext("masih berlaku 1 hari")),
            SelectChoice("7", lazy_gettext("masih berlaku 7 hari")),
            SelectChoice("30", lazy_gettext("masih berlaku 30 hari")),
        ],
        default="7",
    )


class RunForm(FlaskForm):
    """What is being tried."""

    integration = StringField(lazy_gettext("Nama dan versi sistem yang diuji"))


def days(text: str | None) -> timedelta | None:
    """A number of days from a list of choices; None for anything else."""
    return timedelta(days=int(text)) if text and text.isascii() and text.isdigit() else None
