"""Writes what comes with every change of a stay: version, name tokens, receipt, audit row."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from apoa.access.actors import Actor
from apoa.audit.record import record
from apoa.base.names import name_tokens
from apoa.db.base import Base, session
from apoa.stays.content import Guest, StayReport
from apoa.stays.issue_receipt import issue_receipt
from apoa.stays.mapping import changed_pointers, report_to_mapping
from apoa.stays.models import Source, Stay, StayNameToken, StayVersion
from apoa.stays.outcome import ReportedStay
from apoa.stays.queries import Lodging, get_receipt, get_version_content
from apoa.stays.sealing import seal_version
from apoa.stays.shown_warnings import warnings_of

LONGEST_TOKEN = 150
# One statement each for ever, so that it is compiled once.
_INSERT_VERSION = insert(Base.metadata.tables[StayVersion.__tablename__])
_INSERT_TOKEN = insert(Base.metadata.tables[StayNameToken.__tablename__])


@dataclass(frozen=True)
class Change:
    """Who changes a stay by which act ("amend"), by which way, when and why."""

    act: str
    actor: Actor
    source: Source
    received_at: datetime
    reason: str | None = None


def content_of(report: StayReport, state: str) -> dict[str, Any]:
    """What a version holds: the report as sent, and the state that the act left the stay in."""
    return report_to_mapping(report) | {"state": str(state)}


def is_same_report(content: Mapping[str, Any], report: StayReport) -> bool:
    """Whether a version holds this report, whatever its state."""
    return {name: content[name] for name in content if name != "state"} == report_to_mapping(report)


def write_version(
    stay: Stay, lodging: Lodging, content: Mapping[str, Any], change: Change
) -> ReportedStay:
    """Stores the stay's present version with its receipt and its audit row; gives the outcome.

    Begins by writing the stay itself, where the session holds changes of it.
    """
    session().flush()
    before = (
        get_version_content(stay.property_id, stay.id, stay.version - 1)
        if stay.version > 1
        else None
    )
    changed = changed_pointers(before, content) if before is not None else []
    session().execute(
        _INSERT_VERSION,
        {
            "property_id": stay.property_id,
            "stay_id": stay.id,
            "version": stay.version,
            "office_id": stay.office_id,
            "act": change.act,
            "content_sealed": seal_version(stay.id, stay.version, content),
            "changed": changed,
            "reason": change.reason,
            "source": change.source,
            "actor_id": change.actor.user_id,
            "received_at": change.received_at,
        },
    )
    number = issue_receipt(stay, lodging, content, change.received_at)
    record(
        f"{change.act}_stay",
        subject_type="stay",
        subject_id=stay.id,
        property_id=stay.property_id,
        office_id=stay.office_id,
        version=stay.version,
        source=str(change.source),
        changed=changed,
    )
    return outcome_of(stay, receipt_number=number)


def write_tokens(stay: Stay, guest: Guest) -> None:
    """Stores every spelling by which the guest is found, in place of those before."""
    if stay.version > 1:
        session().execute(
            delete(StayNameToken).where(
                StayNameToken.property_id == stay.property_id, StayNameToken.stay_id == stay.id
            )
        )
    found = name_tokens(guest.surname, guest.given_names, guest.native_name)
    tokens = sorted({token[:LONGEST_TOKEN] for token in found})
    if tokens:
        session().execute(
            _INSERT_TOKEN,
            [
                {
                    "property_id": stay.property_id,
                    "stay_id": stay.id,
                    "office_id": stay.office_id,
                    "token": token,
                }
                for token in tokens
            ],
        )


def outcome_of(
    stay: Stay, *, receipt_number: str | None = None, duplicate: bool = False
) -> ReportedStay:
    """Where the stay stands now."""
    if receipt_number is None:
        receipt_number = get_receipt(stay.property_id, stay.id, stay.version).number
    return ReportedStay(
        stay_id=stay.id,
        property_id=stay.property_id,
        version=stay.version,
        state=str(stay.state),
        receipt_number=receipt_number,
        warnings=warnings_of(stay),
        duplicate=duplicate,
        first_received_at=stay.first_received_at,
        due_at=stay.due_at,
        deadline_state=str(stay.deadline_state),
    )
