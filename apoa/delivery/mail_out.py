"""Sends the queued mails: by SMTP where that is set, else as files in the instance folder."""

import smtplib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from smtplib import SMTPException
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID

import structlog
from flask import Flask, current_app
from sqlalchemy import select

from apoa.access.models import Mail
from apoa.base.clock import now
from apoa.base.errors import ApoaError
from apoa.base.private_files import write_private
from apoa.base.settings import Settings
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

log = structlog.get_logger()


class MailNotSent(ApoaError):
    """The mail server, or the disk, did not take a mail; the message is the kind of fault."""


def register_mail(app: Flask) -> None:
    """Makes the folder for mails where there is no SMTP server."""
    settings: Settings = app.extensions["apoa_settings"]
    if settings.smtp_url is None and not settings.is_production:
        _make_folder(mail_folder(settings))


def mail_folder(settings: Settings) -> Path:
    """Where mails stand as files when there is no SMTP server."""
    return settings.instance_path / "mail"


def send_mail(mail_id: UUID) -> None:
    """Sends one mail and wipes its text. Doing it again sends nothing. Raises MailNotSent."""
    settings: Settings = current_app.extensions["apoa_settings"]
    with unit_of_work():
        mail = session().scalar(select(Mail).where(Mail.id == mail_id).with_for_update())
        if mail is None or mail.sent_at is not None:
            return
        message = _message(mail, settings)
        try:
            if settings.smtp_url:
                _send_smtp(message, settings.smtp_url)
            else:
                _write_file(message, mail, mail_folder(settings))
        except (OSError, SMTPException) as error:
            # Not its text: it quotes the address, and the worker logs what a job raises.
            raise MailNotSent(type(error).__name__) from None
        mail.sent_at = now()
        mail.attempts += 1
        mail.body = None


def send_waiting_mails() -> int:
    """Sends what fell through, the oldest first; says how many went out.

    One that the server refuses holds up none behind it.
    """
    waiting = select(Mail.id).where(Mail.sent_at.is_(None)).order_by(Mail.id).limit(1000)
    sent = 0
    for mail_id in list(session().scalars(waiting)):
        try:
            send_mail(mail_id)
            sent += 1
        except MailNotSent as error:
            log.warning("mail_not_sent", mail_id=str(mail_id), kind=str(error))
    return sent


def _message(mail: Mail, settings: Settings) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = mail.to_address
    message["Subject"] = mail.subject
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(idstring=mail.id.hex, domain="apoa.invalid")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body or "")
    return message


def _write_file(message: EmailMessage, mail: Mail, folder: Path) -> None:
    _make_folder(folder)
    path = folder / f"{mail.created_at:%Y%m%d-%H%M%S}-{mail.id}.eml"
    write_private(path, message.as_string())


def _make_folder(folder: Path) -> None:
    # Mails carry links that sign people in: theirs and the operator's to read.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _send_smtp(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    with kind(parts.hostname or "localhost", parts.port or 0, timeout=30) as server:
        if parts.scheme == "smtp" and options.get("starttls") == ["1"]:
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
