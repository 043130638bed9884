"""Writes what comes with every change of a stay: version, name tokens, receipt, audit row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from apoa.access.actors import Actor
from apoa.audit.models import AuditRow
from apoa.audit.record import audit_row
from apoa.base.canonical import canonical_json
from apoa.base.errors import Problem
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.base.names import name_tokens
from apoa.db.base import session
from apoa.db.bulk import NewRows, Row, insert_if_new, insert_rows
from apoa.db.jobs import Jobs, defer_many
from apoa.stays.content import Guest, StayReport
from apoa.stays.events import stay_event
from apoa.stays.issue_receipt import receipt_row, receipt_rows
from apoa.stays.mapping import changed_pointers, report_to_mapping
from apoa.stays.models import Source, Stay, StayNameToken, StayVersion
from apoa.stays.outcome import ReportedStay
from apoa.stays.queries import Lodging, get_receipt, get_version_content
from apoa.stays.sealing import seal_version
from apoa.stays.standing import IssuedReceipt, standing
from apoa.webhooks.announce import announce

LONGEST_TOKEN = 150
CHECKED_AT_ONCE = 100
# A guest who is here now goes before whatever is checked again.
BEFORE_OTHERS = 10


@dataclass(frozen=True)
class Change:
    """Who changes a stay by which act ("amend"), by which way, when and why."""

    act: str
    actor: Actor
    source: Source
    received_at: datetime
    reason: str | None = None


@dataclass(frozen=True)
class NewVersion:
    """A stay whose columns hold its present version already, and the report that they hold.

    `renamed`: the words by which the guest is found are new. `warnings` where they are at hand.
    """

    stay: Stay
    report: StayReport
    renamed: bool = False
    warnings: tuple[Problem, ...] | None = None


def content_of(report: StayReport, state: str) -> dict[str, Any]:
    """What a version holds: the report as sent, and the state that the act left the stay in."""
    return report_to_mapping(report) | {"state": str(state)}


def is_same_report(content: Mapping[str, Any], report: StayReport) -> bool:
    """Whether a version holds this report, whatever its state."""
    return {name: content[name] for name in content if name != "state"} == report_to_mapping(report)


def write_version(new: NewVersion, lodging: Lodging, change: Change) -> ReportedStay:
    """Stores the stay's present version; gives the outcome.

    Begins by writing the stay itself, where the session holds changes of it.
    """
    session().flush()
    if new.renamed:
        _forget_tokens(new.stay)
    [outcome] = write_versions([new], lodging, change)
    return outcome


def write_versions(
    several: Sequence[NewVersion], lodging: Lodging, change: Change
) -> list[ReportedStay]:
    """Stores the versions of stored stays with their receipts and audit rows, all at once."""
    papers = _papers(several, lodging, change)
    insert_rows(*papers.rows)
    if jobs := _cross_check(several, lodging):
        defer_many(jobs)
    return _tell(several, papers, lodging, change)


def write_new_stays(
    rows: Sequence[Row], several: Sequence[NewVersion], lodging: Lodging, change: Change
) -> dict[UUID, ReportedStay]:
    """Stores the stays that clash with none, each with its first version: one statement for all.

    The outcomes by stay; one that is missing gave way to what was there.
    """
    papers = _papers(several, lodging, change)
    # A job may name stays that give way: the check passes over what it does not find.
    jobs = _cross_check(several, lodging)
    stored = insert_if_new(Stay, rows, *papers.rows, jobs=jobs)
    kept = [one for one in several if one.stay.id in stored]
    outcomes = _tell(kept, papers, lodging, change)
    return {one.stay.id: outcome for one, outcome in zip(kept, outcomes, strict=True)}


@dataclass(frozen=True)
class _Papers:
    """The rows that come with versions; the receipts by stay."""

    rows: tuple[NewRows, ...]
    receipts: dict[UUID, Row]


def _papers(several: Sequence[NewVersion], lodging: Lodging, change: Change) -> _Papers:
    versions, receipts, tokens, audits = [], [], [], []
    for new in several:
        stay, content = new.stay, content_of(new.report, new.stay.state)
        changed = _changed(stay, content)
        canonical = canonical_json(content)
        versions.append(_version_row(stay, canonical, changed, change))
        receipts.append(receipt_row(stay, lodging, canonical, change.received_at))
        tokens += _token_rows(stay, new.report.guest) if new.renamed else []
        audits.append(_audit_row(stay, changed, change))
    rows = (
        NewRows(StayVersion, versions, of_new="stay_id"),
        NewRows(StayNameToken, tokens, of_new="stay_id"),
        *receipt_rows(receipts),
        NewRows(AuditRow, audits, of_new="subject_id"),
    )
    return _Papers(rows, {one["stay_id"]: one for one in receipts})


def _tell(
    several: Sequence[NewVersion], papers: _Papers, lodging: Lodging, change: Change
) -> list[ReportedStay]:
    """Leaves word of what was stored to those who wait for it; gives the outcomes."""
    if not several:
        return []
    receipts = [papers.receipts[new.stay.id] for new in several]
    if lodging.is_listened_to:
        announce(
            [
                stay_event(
                    new.stay, change.act, change.source, receipt["number"], change.received_at
                )
                for new, receipt in zip(several, receipts, strict=True)
            ]
        )
    return [
        outcome_of(
            new.stay,
            lodging,
            receipt=IssuedReceipt(receipt["number"], receipt["issued_at"]),
            report=new.report,
            warnings=new.warnings,
        )
        for new, receipt in zip(several, receipts, strict=True)
    ]


def outcome_of(
    stay: Stay,
    lodging: Lodging,
    *,
    receipt: IssuedReceipt | None = None,
    report: StayReport | None = None,
    warnings: tuple[Problem, ...] | None = None,
    duplicate: bool = False,
) -> ReportedStay:
    """Where the stay stands now; what is not at hand is read."""
    if receipt is None:
        stored = get_receipt(stay.property_id, stay.id, stay.version)
        receipt = IssuedReceipt(stored.number, stored.issued_at)
    fields = standing(stay, lodging, receipt, report=report, warnings=warnings)
    return ReportedStay(**fields, duplicate=duplicate)


def _cross_check(several: Sequence[NewVersion], lodging: Lodging) -> Jobs | None:
    """Word to the worker that these stays are new or otherwise; a sandbox's guests are nobody."""
    if lodging.office_id == SANDBOX_OFFICE_ID or not several:
        return None
    ids = [new.stay.id for new in several]
    pieces = [ids[start : start + CHECKED_AT_ONCE] for start in range(0, len(ids), CHECKED_AT_ONCE)]
    jobs = [
        {"property_id": lodging.property_id, "stay_ids": piece, "changed": True} for piece in pieces
    ]
    return Jobs("cross_check_stays", jobs, queue="crosscheck", priority=BEFORE_OTHERS)


def _changed(stay: Stay, content: Mapping[str, Any]) -> list[str]:
    if stay.version == 1:
        return []
    before = get_version_content(stay.property_id, stay.id, stay.version - 1)
    return changed_pointers(before, content)


def _version_row(
    stay: Stay, canonical: bytes, changed: list[str], change: Change
) -> dict[str, Any]:
    return {
        "property_id": stay.property_id,
        "stay_id": stay.id,
        "version": stay.version,
        "office_id": stay.office_id,
        "act": change.act,
        "content_sealed": seal_version(stay.id, stay.version, canonical),
        "changed": changed,
        "reason": change.reason,
        "source": change.source,
        "actor_id": change.actor.user_id,
        "received_at": change.received_at,
    }


def _audit_row(stay: Stay, changed: list[str], change: Change) -> dict[str, Any]:
    return audit_row(
        f"{change.act}_stay",
        subject_type="stay",
        subject_id=stay.id,
        property_id=stay.property_id,
        office_id=stay.office_id,
        version=stay.version,
        source=str(change.source),
        changed=changed,
    )


def _token_rows(stay: Stay, guest: Guest) -> list[dict[str, Any]]:
    """Every spelling by which the guest is found."""
    found = name_tokens(guest.surname, guest.given_names, guest.native_name)
    return [
        {
            "property_id": stay.property_id,
            "stay_id": stay.id,
            "office_id": stay.office_id,
            "token": token,
        }
        for token in sorted({token[:LONGEST_TOKEN] for token in found})
    ]


def _forget_tokens(stay: Stay) -> None:
    session().execute(
        delete(StayNameToken).where(
            StayNameToken.property_id == stay.property_id, StayNameToken.stay_id == stay.id
        )
    )
