"""Leaves a mail for the worker, in the transaction of the act that needs it."""

from apoa.access.models import Mail
from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.jobs import defer


def queue_mail(to_address: str, subject: str, body: str) -> None:
    """The mail goes out if, and only if, the act commits."""
    mail = Mail(
        id=new_id(), to_address=to_address, subject=subject, body=body, created_at=now(), attempts=0
    )
    session().add(mail)
    session().flush()
    defer("send_mail", queue="mail", mail_id=mail.id)
