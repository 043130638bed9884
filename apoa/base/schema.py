"""How outside data becomes a frozen dataclass, with all faults at once and a pointer for each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields

from apoa.base.errors import InvalidInput, Problem
from apoa.base.names import clean_text

__all__ = ["EXCLUDE", "Fault", "InputSchema", "Text", "WholeNumber"]

# A report has some forty members: more faults only a made-up one can have.
MOST_FAULTS = 100
_UNKNOWN = "unknown-field"
# Where marshmallow puts what concerns the whole; a sender may name a member so too.
_WHOLE = "_schema"

# Marshmallow's own sentences become our codes, for every field of every schema.
for _field, _codes in (
    (fields.Field, {"required": "required", "null": "required", "validator_failed": "invalid"}),
    (fields.String, {"invalid": "not-text", "invalid_utf8": "not-text"}),
    (fields.Integer, {"invalid": "not-a-number", "too_large": "not-a-number"}),
    (fields.Boolean, {"invalid": "not-a-choice"}),
    (fields.List, {"invalid": "invalid"}),
    (fields.Nested, {"type": "invalid"}),
):
    _field.default_error_messages = _field.default_error_messages | _codes


@dataclass(frozen=True)
class _Reason:
    """A code with its params, as a type of its own: no name that is sent can be taken for it."""

    code: str
    params: dict[str, str] = field(repr=False)


class Fault(ValidationError):
    """Raised by a field or rule: a problem code with its params, instead of a sentence."""

    def __init__(self, code: str, field: str | None = None, **params: object) -> None:
        values = {name: str(value) for name, value in params.items()}
        reasons: list[Any] = [_Reason(code, values)]
        super().__init__(reasons, field or _WHOLE)


class InputSchema(Schema):
    """The base of every input schema: unknown fields are refused by name."""

    class Meta:
        unknown = RAISE

    error_messages = {"unknown": _UNKNOWN, "type": "invalid"}  # noqa: RUF012

    def read(self, data: Mapping[str, Any]) -> Any:
        """The loaded value. Raises InvalidInput with every fault and its JSON pointer."""
        try:
            return self.load(data)
        except ValidationError as error:
            raise InvalidInput(problems_of(error.messages)) from None


def problems_of(messages: Any) -> list[Problem]:
    """Marshmallow's nested messages as a flat list, at most the first hundred."""
    return list(islice(_flat(messages, ""), MOST_FAULTS))


def _flat(messages: Any, pointer: str) -> Iterator[Problem]:
    if isinstance(messages, dict):
        for key, value in messages.items():
            of_whole = key == _WHOLE
            inner = pointer if of_whole else f"{pointer}/{_escape(str(key))}"
            found = _flat(value, inner)
            yield from _of_whole(found, pointer) if of_whole else found
    elif isinstance(messages, list):
        for message in messages:
            yield from _flat(message, pointer)
    elif isinstance(messages, _Reason):
        yield Problem(pointer, messages.code, messages.params)
    else:
        yield Problem(pointer, str(messages))


def _of_whole(found: Iterable[Problem], pointer: str) -> Iterator[Problem]:
    """Faults of the whole; among them may be that a member of the same name is not known."""
    named = Problem(f"{pointer}/{_WHOLE}", _UNKNOWN)
    return (named if one == Problem(pointer, _UNKNOWN) else one for one in found)


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


class Text(fields.String):
    """Clean Unicode text of at most `max_length` characters; "" is the same as nothing."""

    def __init__(self, max_length: int, min_length: int = 0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length
        self.min_length = min_length

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            text = clean_text(text)
        except ValueError:
            raise Fault("control-character") from None
        if not text:
            if self.required and not self.allow_none:
                raise Fault("required")
            return None
        if len(text) > self.max_length:
            raise Fault("too-long", max=self.max_length)
        if len(text) < self.min_length:
            raise Fault("too-short", min=self.min_length)
        return text


class WholeNumber(fields.Integer):
    """A whole number as JSON Schema understands it: 18 and 18.0, but neither "18" nor true."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or (isinstance(value, float) and not value.is_integer()):
            raise Fault("not-a-number")
        return int(value)
