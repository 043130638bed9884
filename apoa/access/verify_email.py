"""An account's address changes only when a mail to the new one was opened."""

from datetime import timedelta
from uuid import UUID

from apoa.access.accounts import find_user_by_email, get_user
from apoa.access.actors import Actor
from apoa.access.change_password import confirm_password
from apoa.access.invitations import LinkBuilder
from apoa.access.mail import queue_mail
from apoa.access.mail_texts import address_changed_mail, address_taken_mail, verify_email_mail
from apoa.access.one_time_tokens import find_token, issue_token, use_token, void_tokens
from apoa.access.passwords import PasswordHashing
from apoa.access.problems import LINK_NOT_VALID
from apoa.access.schemas import EmailSchema
from apoa.access.throttle import take
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import StateConflict
from apoa.db.unit_of_work import unit_of_work

KIND = "verify_email"
LIFETIME = timedelta(hours=24)
ASKS_A_DAY = 10


def ask_email_change(
    actor: Actor, email: str, password: str, *, hashing: PasswordHashing, link: LinkBuilder
) -> None:
    """Sends a link to the new address; says nothing about whether that one has an account.

    Raises InvalidInput (at /email or /password), Throttled.
    """
    address = EmailSchema().read({"email": email})
    user = confirm_password(actor.user_id, password, hashing=hashing, pointer="/password")
    take(("email-change", str(actor.user_id)), capacity=ASKS_A_DAY, per_seconds=86400)
    with unit_of_work():
        owner = find_user_by_email(address)
        if owner is not None and owner.id != user.id:
            queue_mail(address, *address_taken_mail(owner.locale))
        else:
            token = issue_token(KIND, lifetime=LIFETIME, user_id=user.id, email=address)
            queue_mail(address, *verify_email_mail(user.locale, link(token)))
        record("email_change_asked", subject_type="user", subject_id=user.id)


def is_verification_link(token: str) -> bool:
    """Whether the link still works."""
    return find_token(KIND, token) is not None


def verify_email(token: str) -> UUID:
    """Puts the account under the confirmed address and tells the address of before.

    Raises StateConflict for a link that no longer works, or an address taken meanwhile.
    """
    with unit_of_work():
        facts = use_token(KIND, token)
        user = get_user(facts.user_id) if facts.user_id else None
        address = facts.payload["email"]
        owner = find_user_by_email(address)
        if user is None or user.disabled_at or (owner is not None and owner.id != user.id):
            raise StateConflict.because(LINK_NOT_VALID)
        before, user.email = user.email, address
        user.email_verified_at = now()
        void_tokens(KIND, user.id)
        if before != address:
            queue_mail(before, *address_changed_mail(user.locale))
        record("email_verified", subject_type="user", subject_id=user.id)
        return user.id
