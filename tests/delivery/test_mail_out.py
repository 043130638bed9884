"""A queued mail goes out once, one after the other, and as a file only its owner reads."""

import smtplib
from pathlib import Path
from traceback import format_exception
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from structlog.testing import capture_logs

from apoa.access.mail import queue_mail
from apoa.access.models import Mail
from apoa.db.base import db
from apoa.db.unit_of_work import unit_of_work
from apoa.delivery import mail_out
from apoa.delivery.mail_out import MailNotSent, mail_folder, send_mail, send_waiting_mails


def queue(*addresses: str) -> None:
    with unit_of_work():
        for address in addresses:
            queue_mail(address, "Müßiger Betreff", "Isi\nhttps://apoa.test/x")


def unsent() -> list[str]:
    rows = db.session.scalars(select(Mail.to_address).where(Mail.sent_at.is_(None)))
    return sorted(rows)


@pytest.mark.usefixtures("clean")
def test_a_mail_is_a_file_that_only_its_owner_reads_and_its_text_is_wiped(app: Flask) -> None:
    queue("a@example.com")
    folder: Path = mail_folder(app.extensions["apoa_settings"])
    before = set(folder.glob("*"))
    assert send_waiting_mails() == 1
    (made,) = set(folder.glob("*")) - before
    assert made.suffix == ".eml"
    assert made.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "https://apoa.test/x" in made.read_text()
    assert db.session.scalars(select(Mail.body)).all() == [None]
    assert send_waiting_mails() == 0


@pytest.mark.usefixtures("clean")
def test_a_mail_that_the_server_refuses_holds_up_none_behind_it_and_its_address_stays_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue("a@example.com", "bad@example.com", "c@example.com")

    def write(message: Any, mail: Mail, _folder: Path) -> None:
        if mail.to_address == "bad@example.com":
            raise smtplib.SMTPRecipientsRefused({mail.to_address: (550, b"no")})

    monkeypatch.setattr(mail_out, "_write_file", write)
    with capture_logs() as lines:
        assert send_waiting_mails() == 2
    assert unsent() == ["bad@example.com"]
    assert "bad@example.com" not in str(lines)
    with pytest.raises(MailNotSent) as error:
        send_mail(db.session.scalars(select(Mail.id).where(Mail.sent_at.is_(None))).one())
    assert "bad@example.com" not in "".join(format_exception(error.value))
