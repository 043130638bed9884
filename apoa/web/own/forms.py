"""Labels and fields of the pages about one's own account."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice


class ProfileForm(FlaskForm):
    """Name and language."""

    name = StringField(_("Nama Anda"))
    locale = RadioField(
        _("Bahasa"),
        choices=[SelectChoice("id", "Bahasa Indonesia"), SelectChoice("en", "English")],
        validate_choice=False,
    )


class PasswordForm(FlaskForm):
    """The present and the new password."""

    old_password = PasswordField(_("Kata sandi sekarang"))
    new_password = PasswordField(_("Kata sandi baru"))


class EmailForm(FlaskForm):
    """The new address, and the password as proof."""

    email = StringField(_("Alamat surel baru"))
    password = PasswordField(_("Kata sandi sekarang"))
