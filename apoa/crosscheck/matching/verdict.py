"""What a comparison says: a band, a number, and the reasons for it."""

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """Linked by itself, to be reviewed by a person, or nothing."""

    LINKED = "linked"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reason:
    """How one field agreed, and the bits of evidence for (above 0) or against one person."""

    field: str
    code: str
    weight: float


@dataclass(frozen=True, slots=True)
class Score:
    """`value`: log2 of the odds that both are one person; 0 is one to one, 10 is 1024 to 1."""

    value: float
    band: Band
    reasons: tuple[Reason, ...]
