"""Labels and fields of the pages for signing in; the acts hold the rules."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField


class SignInForm(FlaskForm):
    """Who one is, and where one wanted to go."""

    email = StringField(_("Surel"))
    password = PasswordField(_("Kata sandi"))
    next = HiddenField()


class ForgotPasswordForm(FlaskForm):
    """For which account a new password is wanted."""

    email = StringField(_("Surel"))


class NewPasswordForm(FlaskForm):
    """The new password."""

    password = PasswordField(_("Kata sandi baru"))


class NewAccountForm(FlaskForm):
    """The account of a person who was invited."""

    name = StringField(_("Nama Anda"))
    password = PasswordField(_("Kata sandi baru"))


class KnownAccountForm(FlaskForm):
    """The password of an account that was invited."""

    password = PasswordField(_("Kata sandi"))
