"""The addresses that mails carry."""

from apoa.web.request_actor import settings


def invitation_link(token: str) -> str:
    """Where an invited person accepts."""
    return f"{settings().base_url}/invitations/{token}"


def reset_password_link(token: str) -> str:
    """Where a new password is chosen."""
    return f"{settings().base_url}/reset-password/{token}"


def verify_email_link(token: str) -> str:
    """Where an address is confirmed."""
    return f"{settings().base_url}/verify-email/{token}"
