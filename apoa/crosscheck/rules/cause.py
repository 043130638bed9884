"""What a rule found: the cause of a finding, where it belongs, and the evidence as it is now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from apoa.base.canonical import canonical_json


@dataclass(frozen=True)
class RuleInForce:
    """A rule as it stands for one office on one day."""

    rule: str
    version: int
    parameters: Mapping[str, Any]
    severity: str
    handled_by: str


@dataclass(frozen=True)
class Handover:
    """Who handles a finding once it has been open for some days."""

    to: str
    after_days: int


@dataclass(frozen=True)
class Cause:
    """One reason to look. `subject` names what it is about, the same on every run.

    `evidence` is plain JSON without a document's number. `marked` names what of it must change
    before a dismissed finding is opened again. `stays` are all the stays involved; the finding
    belongs to `property_id` and `stay_id`, if it is about a stay.
    """

    rule: str
    rule_version: int
    subject: str
    office_id: UUID
    severity: str
    handled_by: str
    evidence: Mapping[str, Any]
    marked: tuple[str, ...] = ()
    property_id: UUID | None = None
    stay_id: UUID | None = None
    permit_id: UUID | None = None
    stays: tuple[tuple[UUID, UUID], ...] = ()
    handover: Handover | None = None

    @property
    def key(self) -> bytes:
        """The same for the same cause, whoever evaluates it and when: 32 bytes."""
        return cause_key(self.rule, self.subject)

    @property
    def mark(self) -> bytes:
        """Changes when the marked evidence changes: 32 bytes."""
        marked = {name: self.evidence.get(name) for name in self.marked}
        return sha256(canonical_json(marked)).digest()


def cause_key(rule: str, subject: str) -> bytes:
    """What names a cause: 32 bytes of its rule and subject."""
    return sha256(f"{rule}|{subject}".encode()).digest()


def iso(day: date | None) -> str | None:
    """A day as it stands in evidence."""
    return day.isoformat() if day else None
