"""How e-mail addresses, names and invitations are read."""

import re
from dataclasses import dataclass
from typing import Any

from marshmallow import fields, post_load, validate

from apoa.access.accounts import normalize_email
from apoa.access.roles import Role
from apoa.base.schema import Fault, InputSchema, Text

# Loose on purpose: whether an address is right shows when its owner opens the mail.
_ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
# "=?" begins an encoded word: a mail header would name another address than the one we stored.
_EMAIL = re.compile(
    rf"(?!.*=\?)(?=[^@]{{1,64}}@){_ATEXT}(\.{_ATEXT})*@([A-Za-z0-9-]{{1,63}}\.)+[A-Za-z0-9-]{{1,63}}"
)


class Email(Text):
    """An e-mail address, lower-case. ASCII alone: so every mail server takes it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text is None:
            return None
        if not _EMAIL.fullmatch(text):
            raise Fault("invalid-email")
        return normalize_email(text)


class EmailSchema(InputSchema):
    """Reads one address; the loaded value is its text."""

    email = Email(required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> str:
        return str(data["email"])


@dataclass(frozen=True)
class InvitationInput:
    """Whom to invite as what."""

    email: str
    role: Role


class InvitationSchema(InputSchema):
    """Reads an invitation."""

    email = Email(required=True)
    role = fields.Enum(
        Role, by_value=True, required=True, error_messages={"unknown": "not-a-choice"}
    )

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> InvitationInput:
        return InvitationInput(**data)


@dataclass(frozen=True)
class PersonInput:
    """How a person is called, and the language that mails to them are in."""

    name: str
    locale: str


class PersonSchema(InputSchema):
    """Reads a person's own facts."""

    name = Text(120, min_length=2, required=True)
    locale = fields.String(
        load_default="id", validate=validate.OneOf(["id", "en"], error="not-a-choice")
    )

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> PersonInput:
        return PersonInput(**data)
