"""Signing in, and the links that mails carry."""

from apoa.web.account import (  # noqa: F401 - each registers its pages
    invitation,
    reset_password,
    sign_in,
    verify_email,
)
