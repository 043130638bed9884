"""How one operation of the API is described: what it takes, what it answers, how it can fail."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

JSON = "application/json"


@dataclass(frozen=True)
class Parameter:
    """One value in the path, the query or a header."""

    name: str
    where: str
    schema: Mapping[str, Any]
    description: str
    required: bool = False
    example: Any = None


@dataclass(frozen=True)
class Body:
    """What a request carries. `schema` is a JSON Schema; examples by their names."""

    schema: Mapping[str, Any]
    examples: Mapping[str, Any]
    media_types: tuple[str, ...] = (JSON,)
    required: bool = True


@dataclass(frozen=True)
class Link:
    """A call that an answer leads to; parameters and body as OpenAPI runtime expressions."""

    operation_id: str
    parameters: Mapping[str, str]
    description: str


@dataclass(frozen=True)
class Answer:
    """An answer that is no problem.

    `content` maps a media type to its JSON Schema; `headers` name those of `headers.py` besides
    the ones that every answer has.
    """

    status: int
    description: str
    content: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    examples: Mapping[str, Any] = field(default_factory=dict)
    headers: tuple[str, ...] = ()
    links: Mapping[str, Link] = field(default_factory=dict)


@dataclass(frozen=True)
class Operation:
    """One method of one path. `needs` is a scope, ANY_KEY or OPEN; `problems` are the codes that
    are its own, besides those that follow from its parts."""

    method: str
    path: str
    operation_id: str
    tag: str
    summary: str
    description: str
    needs: str
    answers: tuple[Answer, ...]
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    problems: tuple[str, ...] = ()
    # Faults of single fields that it can answer 422 with.
    checks_input: bool = False
    keeps_answer: bool = True

    @property
    def takes_idempotency_key(self) -> bool:
        """Whether it may be repeated with an `Idempotency-Key`."""
        return self.method == "POST" and self.needs != "open" and self.keeps_answer


def json_answer(
    status: int,
    description: str,
    schema: Mapping[str, Any],
    example: Any,
    *,
    headers: tuple[str, ...] = (),
    links: Mapping[str, Link] | None = None,
) -> Answer:
    """An answer in JSON with one example."""
    return Answer(status, description, {JSON: schema}, {"example": example}, headers, links or {})
