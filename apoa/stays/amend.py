"""Amends a stay: a new version whose content replaces the old one; the first receipt time stays."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Problem, StateConflict, VersionConflict
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.columns import columns_of, guest_of, report_of
from apoa.stays.content import StayReport
from apoa.stays.judge import Judge, require_sound
from apoa.stays.mapping import merge_patch, report_to_mapping
from apoa.stays.models import Source, Stay, StayState
from apoa.stays.outcome import ReportedStay, problems_to_json
from apoa.stays.party import accompany_minors
from apoa.stays.queries import (
    Lodging,
    find_stay_by_client_ref,
    get_lodging,
    get_stay,
    get_version_content,
)
from apoa.stays.reasons import read_reason
from apoa.stays.schemas import schema_in
from apoa.stays.versions import (
    Change,
    NewVersion,
    is_same_report,
    outcome_of,
    write_version,
)


def amend_stay(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    report: StayReport,
    *,
    expected_version: int,
    source: Source,
    reason: str | None = None,
) -> ReportedStay:
    """Replaces the content of a stay by this report.

    What stands already is not stored again (`duplicate`), also when the version is out of date:
    then the amendment had arrived and its answer was lost. Raises NotFound, NotAllowed,
    InvalidInput, VersionConflict, and StateConflict for a cancelled stay, for taking a check-out
    away, and for a client reference that another stay has.
    """
    return _amend(
        actor,
        property_id,
        stay_id,
        lambda _stored, _lodging: report,
        expected_version=expected_version,
        source=source,
        reason=reason,
    )


def patch_stay(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    patch: Any,
    *,
    expected_version: int,
    source: Source,
) -> ReportedStay:
    """Amends by a JSON merge patch (RFC 7396) of the report as it stands; raises the same."""

    def revise(stored: StayReport, lodging: Lodging) -> StayReport:
        merged = merge_patch(report_to_mapping(stored), patch)
        return schema_in(lodging.time_zone).read(merged)

    return _amend(
        actor,
        property_id,
        stay_id,
        revise,
        expected_version=expected_version,
        source=source,
        reason=None,
    )


def _amend(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    revise: Callable[[StayReport, Lodging], StayReport],
    *,
    expected_version: int,
    source: Source,
    reason: str | None,
) -> ReportedStay:
    require(actor, Action.AMEND_STAY, property_id=property_id)
    reason = read_reason(reason)
    with unit_of_work():
        lodging = get_lodging(property_id, keep_office=True)
        stay = get_stay(property_id, stay_id, for_change=True)
        is_stale = stay.version != expected_version
        report = _revised(stay, lodging, revise, is_stale)
        if is_same_report(get_version_content(property_id, stay_id, stay.version), report):
            return outcome_of(stay, lodging, duplicate=True)
        if is_stale:
            raise _changed_meanwhile(stay)
        _require_amendable(stay, report)
        require_sound(report, lodging)
        renamed = report.guest != guest_of(stay)
        change = Change("amend", actor, source, now(), reason)
        warnings = _store(stay, lodging, report, change)
        accompany_minors(lodging, [stay])
        return write_version(NewVersion(stay, report, renamed, warnings), lodging, change)


def _revised(
    stay: Stay,
    lodging: Lodging,
    revise: Callable[[StayReport, Lodging], StayReport],
    is_stale: bool,
) -> StayReport:
    try:
        return revise(report_of(stay), lodging)
    except InvalidInput:
        if is_stale:
            raise _changed_meanwhile(stay) from None
        raise


def _changed_meanwhile(stay: Stay) -> VersionConflict:
    problem = Problem("", "changed-meanwhile", {"version": str(stay.version)})
    return VersionConflict([problem])


def _require_amendable(stay: Stay, report: StayReport) -> None:
    if stay.state == StayState.CANCELLED:
        raise StateConflict.because("stay-cancelled")
    if stay.state == StayState.DEPARTED and report.checked_out_at is None:
        raise StateConflict.because("check-out-needs-reopen", "/checked_out_at")


def _replace_content(stay: Stay, lodging: Lodging, report: StayReport) -> tuple[Problem, ...]:
    # A corrected check-in has its own deadline; whether it was met, the first report decides.
    is_same_check_in = stay.checked_in_at == report.checked_in_at
    verdict = Judge(lodging, [report]).judge(
        report,
        first_received_at=stay.first_received_at,
        due=stay.due_at if is_same_check_in else None,
        besides=stay.id,
    )
    for name, value in columns_of(report, stay.id, lodging.time_zone).items():
        setattr(stay, name, value)
    if not is_same_check_in:
        stay.due_at, stay.deadline_state = verdict.due_at, verdict.deadline_state
    stay.warnings = problems_to_json(verdict.warnings)
    stay.version += 1
    return verdict.warnings


def _store(stay: Stay, lodging: Lodging, report: StayReport, change: Change) -> tuple[Problem, ...]:
    """Writes the stay; gives its warnings.

    Raises StateConflict when another stay has its client reference.
    """
    property_id, stay_id = stay.property_id, stay.id
    try:
        with session().begin_nested():
            warnings = _replace_content(stay, lodging, report)
            stay.source, stay.updated_at = change.source, change.received_at
            return warnings
    except IntegrityError:
        other = find_stay_by_client_ref(property_id, report.client_ref or "")
        if other is None or other.id == stay_id:
            raise
        named = str(other.id)
        raise StateConflict.because("client-ref-in-use", "/client_ref", stay_id=named) from None
