"""Changing one's own password takes the present one, and ends every other session."""

from uuid import UUID

from apoa.access.accounts import get_user
from apoa.access.actors import Actor
from apoa.access.context import words_about
from apoa.access.mail import queue_mail
from apoa.access.mail_texts import password_changed_mail
from apoa.access.models import User
from apoa.access.passwords import PasswordHashing, require_good_password
from apoa.access.problems import WRONG_PASSWORD
from apoa.access.sessions import end_all_sessions
from apoa.access.throttle import take
from apoa.audit.record import record
from apoa.base.errors import InvalidInput
from apoa.db.unit_of_work import unit_of_work

TRIES = 10
QUARTER = 15 * 60


def change_password(
    actor: Actor, old_password: str, new_password: str, *, hashing: PasswordHashing
) -> None:
    """Sets the new password; only the session that asks lives on, and the owner gets a mail.

    Raises InvalidInput (at /old_password or /new_password), Throttled.
    """
    user = confirm_password(actor.user_id, old_password, hashing=hashing, pointer="/old_password")
    require_good_password(new_password, about=words_about(user), pointer="/new_password")
    with unit_of_work():
        user = get_user(actor.user_id)
        user.password_hash = hashing.hash(new_password)
        end_all_sessions(user.id, reason="password_changed", but=actor.session_id)
        queue_mail(user.email, *password_changed_mail(user.locale))
        record("password_changed", subject_type="user", subject_id=user.id)


def confirm_password(
    user_id: UUID, password: str, *, hashing: PasswordHashing, pointer: str
) -> User:
    """The account, if this is its password. Raises InvalidInput at the pointer, Throttled."""
    take(("confirm-password", str(user_id)), capacity=TRIES, per_seconds=QUARTER)
    user = get_user(user_id)
    if not hashing.verify(user.password_hash, password):
        with unit_of_work():
            record("password_refused", subject_type="user", subject_id=user_id)
        raise InvalidInput.because(WRONG_PASSWORD, pointer)
    return user
