"""How a person who lost the password gets a new one, without telling strangers who is here."""

from datetime import timedelta
from uuid import UUID

from apoa.access.accounts import email_trace, find_user_by_email, get_user, normalize_email
from apoa.access.context import words_about
from apoa.access.invitations import LinkBuilder
from apoa.access.mail import queue_mail
from apoa.access.mail_texts import password_changed_mail, reset_mail
from apoa.access.models import User
from apoa.access.one_time_tokens import find_token, issue_token, use_token, void_tokens
from apoa.access.passwords import PasswordHashing, require_good_password
from apoa.access.problems import LINK_NOT_VALID
from apoa.access.sessions import end_all_sessions
from apoa.access.throttle import take
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import StateConflict
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

KIND = "reset_password"
LIFETIME = timedelta(hours=1)
HOUR = 3600
ASKS_OF_ACCOUNT = 5
ASKS_OF_ADDRESS = 60


def ask_password_reset(email: str, *, address: str | None, link: LinkBuilder) -> None:
    """Sends a link where there is such an account; the caller learns nothing either way.

    Raises Throttled.
    """
    email = normalize_email(email)
    take(("reset-address", address or ""), capacity=ASKS_OF_ADDRESS, per_seconds=HOUR)
    take(("reset-account", email), capacity=ASKS_OF_ACCOUNT, per_seconds=HOUR)
    user = find_user_by_email(email)
    is_live = user is not None and user.disabled_at is None
    with unit_of_work():
        record(
            "password_reset_asked",
            subject_type="user",
            subject_id=user.id if user else None,
            email_trace=email_trace(email),
        )
        if user is not None and is_live:
            _send(user.id, email, user.locale, link)
        else:
            # The same work, undone: the time it takes tells nothing.
            with session().begin_nested() as undone:
                _send(None, email.replace("\0", "")[:254], "id", link)
                undone.rollback()


def is_reset_link(token: str) -> bool:
    """Whether the link still works."""
    return find_token(KIND, token) is not None


def reset_password(token: str, password: str, *, hashing: PasswordHashing) -> UUID:
    """Sets the password of the link's owner, ends all their sessions and tells them by mail.

    Raises InvalidInput for the password (the link works on), StateConflict for the link.
    """
    with unit_of_work():
        user = _owner(use_token(KIND, token).user_id)
        require_good_password(password, about=words_about(user))
        user.password_hash = hashing.hash(password)
        user.email_verified_at = user.email_verified_at or now()
        void_tokens(KIND, user.id)
        end_all_sessions(user.id, reason="password_reset")
        queue_mail(user.email, *password_changed_mail(user.locale))
        record("password_reset", subject_type="user", subject_id=user.id)
        return user.id


def _owner(user_id: UUID | None) -> User:
    user = get_user(user_id) if user_id else None
    if user is None or user.disabled_at is not None:
        raise StateConflict.because(LINK_NOT_VALID)
    return user


def _send(user_id: UUID | None, email: str, locale: str, link: LinkBuilder) -> None:
    token = issue_token(KIND, lifetime=LIFETIME, user_id=user_id)
    queue_mail(email, *reset_mail(locale, link(token)))
