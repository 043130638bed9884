"""One stay as it stands and as it was: everything decrypted, for those who may see it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.models import User
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.content import StayReport
from apoa.stays.mapping import (
    changed_pointers,
    report_from_mapping,
    report_to_mapping,
    value_at,
)
from apoa.stays.models import Stay, StayVersion
from apoa.stays.outcome import StayView
from apoa.stays.queries import get_lodging, get_receipt, get_stay
from apoa.stays.sealing import unseal_version
from apoa.stays.standing import IssuedReceipt, standing

__all__ = [
    "FieldChange",
    "StayView",
    "VersionView",
    "compare_versions",
    "list_versions",
    "stay_view",
    "versions_of",
    "view_stay",
]


@dataclass(frozen=True)
class VersionView:
    """A stay as it was reported at one time; `changed` are JSON pointers, "/state" among them."""

    version: int
    act: str
    received_at: datetime
    source: str
    actor_name: str | None
    reason: str | None
    changed: list[str]
    state: str
    report: StayReport


@dataclass(frozen=True)
class FieldChange:
    """A field that differs between two versions; values as in JSON."""

    pointer: str
    before: Any
    after: Any


def view_stay(actor: Actor, property_id: UUID, stay_id: UUID) -> StayView:
    """The stay, for the people of its lodging; the look is audited. Raises NotFound, NotAllowed."""
    require(actor, Action.VIEW_STAY, property_id=property_id)
    with unit_of_work():
        stay = get_stay(property_id, stay_id)
        _record_look("view_stay", stay)
        return stay_view(stay)


def stay_view(stay: Stay) -> StayView:
    """The stay, for callers that have asked for permission and written their audit row."""
    lodging = get_lodging(stay.property_id)
    receipt = get_receipt(stay.property_id, stay.id, stay.version)
    return StayView(**standing(stay, lodging, IssuedReceipt(receipt.number, receipt.issued_at)))


def list_versions(actor: Actor, property_id: UUID, stay_id: UUID) -> list[VersionView]:
    """Every version, newest first; the look is audited. Raises NotFound, NotAllowed."""
    require(actor, Action.VIEW_STAY, property_id=property_id)
    with unit_of_work():
        stay = get_stay(property_id, stay_id)
        _record_look("list_versions", stay)
        return versions_of(stay)


def versions_of(stay: Stay) -> list[VersionView]:
    """Every version, newest first, for callers that have asked for permission and audited it."""
    rows = session().execute(
        select(StayVersion, User.name)
        .outerjoin(User, User.id == StayVersion.actor_id)
        .where(StayVersion.property_id == stay.property_id, StayVersion.stay_id == stay.id)
        .order_by(StayVersion.version.desc())
    )
    return [_version_view(version, actor_name) for version, actor_name in rows]


def compare_versions(older: VersionView, newer: VersionView) -> list[FieldChange]:
    """Every field of the report that differs, in the order of the report."""
    before, after = report_to_mapping(older.report), report_to_mapping(newer.report)
    return [
        FieldChange(pointer, value_at(before, pointer), value_at(after, pointer))
        for pointer in changed_pointers(before, after)
    ]


def _version_view(version: StayVersion, actor_name: str | None) -> VersionView:
    content = unseal_version(version.stay_id, version.version, version.content_sealed)
    return VersionView(
        version=version.version,
        act=version.act,
        received_at=version.received_at,
        source=version.source,
        actor_name=actor_name,
        reason=version.reason,
        changed=list(version.changed),
        state=content["state"],
        report=report_from_mapping(content),
    )


def _record_look(action: str, stay: Stay) -> None:
    record(
        action,
        subject_type="stay",
        subject_id=stay.id,
        property_id=stay.property_id,
        office_id=stay.office_id,
        version=stay.version,
    )
