"""Who gets a session: the right password of a live account; anything else looks the same."""

from sqlalchemy import select

from apoa.access.accounts import email_trace, find_user_by_email, normalize_email
from apoa.access.models import User, WebSession
from apoa.access.passwords import PasswordHashing
from apoa.access.problems import WRONG_CREDENTIALS
from apoa.access.sessions import end_session, open_session
from apoa.access.throttle import take
from apoa.audit.record import record
from apoa.base.errors import Refused
from apoa.base.ids import hash_token
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

QUARTER = 15 * 60
# A whole lodging, or a whole mobile network, can stand behind one address; one account is guessed
# at from many. The tightest bound is on the pair, so that a stranger can hardly lock anybody out.
TRIES_OF_PAIR = 10
TRIES_OF_ACCOUNT = 50
TRIES_OF_ADDRESS = 300


def sign_in(
    email: str,
    password: str,
    *,
    hashing: PasswordHashing,
    absolute_hours: int,
    user_agent: str | None,
    address: str | None,
    replaces: str | None = None,
) -> str:
    """The token of a new session; the one whose token is `replaces` ends.

    Raises Throttled, and SignInRefused with the same words and after the same time for an unknown
    address, a wrong password and a disabled account.
    """
    _take_tries(email, address)
    user = find_user_by_email(email)
    is_right = hashing.verify(user.password_hash if user else None, password)
    if user is None or not is_right or user.disabled_at is not None:
        _record_refusal(user, email)
        raise SignInRefused.because(WRONG_CREDENTIALS)
    with unit_of_work():
        if user.password_hash and hashing.is_outdated(user.password_hash):
            user.password_hash = hashing.hash(password)
        if replaces:
            _end_replaced(replaces)
        record("signed_in", subject_type="user", subject_id=user.id)
        return open_session(
            user, absolute_hours=absolute_hours, user_agent=user_agent, address=address
        )


class SignInRefused(Refused):
    """No session for these credentials; nothing says why."""


def _take_tries(email: str, address: str | None) -> None:
    email, place = normalize_email(email), address or ""
    take(("sign-in-address", place), capacity=TRIES_OF_ADDRESS, per_seconds=QUARTER)
    take(("sign-in-pair", email, place), capacity=TRIES_OF_PAIR, per_seconds=QUARTER)
    take(("sign-in-account", email), capacity=TRIES_OF_ACCOUNT, per_seconds=QUARTER)


def _record_refusal(user: User | None, email: str) -> None:
    with unit_of_work():
        record(
            "sign_in_refused",
            subject_type="user",
            subject_id=user.id if user else None,
            email_trace=email_trace(email),
            disabled=bool(user and user.disabled_at),
        )


def _end_replaced(token: str) -> None:
    old = session().scalar(select(WebSession).where(WebSession.token_hash == hash_token(token)))
    if old is not None:
        end_session(old.user_id, old.id, reason="replaced")
