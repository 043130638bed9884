"""What is known of a person, by a stay or by a permit, for telling whether they are the same."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Document:
    """A travel document: its number in A-Z and 0-9, and the state that issued it (alpha-3)."""

    number: str = field(repr=False)
    issuing_state: str | None = None


@dataclass(frozen=True)
class Person:
    """A person as written by one side; what is not known is None.

    `birth_date` is "YYYY-MM-DD" with zeros for unknown parts; it need not exist in the calendar,
    for a typing error may have made it. `documents` holds old ones too.
    """

    surname: str | None = field(default=None, repr=False)
    given_names: str | None = field(default=None, repr=False)
    birth_date: str | None = field(default=None, repr=False)
    nationality: str | None = None
    sex: str | None = None
    documents: tuple[Document, ...] = field(default=(), repr=False)
    native_name: str | None = field(default=None, repr=False)
