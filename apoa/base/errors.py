"""What can go wrong in an act, stated as facts; the floors above choose how to say it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """One fault or warning of an input.

    `pointer` is a JSON pointer into what was sent ("/guest/birth_date"), "" for the whole;
    `code` is from `apoa.base.problems`; `params` fill that code's text and hold nothing that
    the sender did not send or may not know. They may quote a document, so no representation shows
    them.
    """

    pointer: str
    code: str
    params: dict[str, str] = field(default_factory=dict, repr=False)


class ApoaError(Exception):
    """The base of every error that an act raises on purpose."""


class NotAllowed(ApoaError):
    """The actor sees the subject, but may not do this with it."""


class NotFound(ApoaError):
    """There is no such thing, or the actor may not know that there is (404, never 403)."""


class NotSignedIn(ApoaError):
    """The act needs an actor and there is none."""


class Refused(ApoaError):
    """The input or the present state does not allow the act; `problems` says all reasons."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(f"{p.pointer}:{p.code}" for p in problems))
        self.problems = problems

    @classmethod
    def because(cls, code: str, pointer: str = "", **params: str) -> "Refused":
        """A refusal with a single reason."""
        return cls([Problem(pointer, code, params)])


class InvalidInput(Refused):
    """The input itself is faulty."""


class StateConflict(Refused):
    """The input is sound, but the thing it is about is in another state."""


class VersionConflict(StateConflict):
    """Somebody else changed the thing since it was read."""


class Throttled(ApoaError):
    """Too many tries; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("throttled")
        self.retry_after = retry_after


class SettingsError(ApoaError):
    """A setting is missing or unsafe; the message names it and never its value."""
