"""Writes the match of a stay over the one that was there."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import text

from apoa.base.clock import now
from apoa.crosscheck.judge import Verdict
from apoa.crosscheck.matching.score import METHOD_VERSION
from apoa.crosscheck.models import MatchBand
from apoa.db.base import session
from apoa.stays.models import Stay

# How the documents compare, in the words of `Reason.code`: whatever else it says, they differ.
ONE_SLIP = frozenset({"one-sign-off", "signs-swapped"})
SAME_DOCUMENT = frozenset({"same", "same-number-other-state", "missing"})

_STORE = text(
    """
INSERT INTO matches (property_id, stay_id, office_id, permit_id, band, needs_review, score,
  reasons, other_permits, runner_up, method_version, stay_version, decision, decided_by,
  decided_at, checked_at)
VALUES (:property_id, :stay_id, :office_id, :permit_id, :band, :needs_review, :score,
  CAST(:reasons AS jsonb), CAST(:other_permits AS uuid[]), CAST(:runner_up AS jsonb),
  :method_version, :stay_version, :decision, :decided_by, :decided_at, :checked_at)
ON CONFLICT (property_id, stay_id) DO UPDATE SET
  office_id = excluded.office_id, permit_id = excluded.permit_id, band = excluded.band,
  needs_review = excluded.needs_review, score = excluded.score, reasons = excluded.reasons,
  other_permits = excluded.other_permits, runner_up = excluded.runner_up,
  method_version = excluded.method_version, stay_version = excluded.stay_version,
  decision = excluded.decision, decided_by = excluded.decided_by,
  decided_at = excluded.decided_at, checked_at = excluded.checked_at
"""
)
_KEEP = text(
    "UPDATE matches SET stay_version = :stay_version, checked_at = :checked_at"
    " WHERE property_id = :property_id AND stay_id = :stay_id"
)


def needs_review(band: str, reasons: Iterable[Mapping[str, Any]], is_confirmed: bool) -> bool:
    """Whether Insarkom looks at it: not sure, or sure by all but the document."""
    if is_confirmed or band == MatchBand.NONE:
        return False
    return band == MatchBand.REVIEW or any(
        one["field"] == "document" and one["code"] not in SAME_DOCUMENT for one in reasons
    )


def write_matches(said: Sequence[tuple[Stay, Verdict]]) -> None:
    """The verdicts on these versions of the stays, instead of whatever was said before."""
    if said:
        session().execute(_STORE, [_row(stay, verdict) for stay, verdict in said])


def keep_matches(stays: Sequence[Stay]) -> None:
    """The matches stand for these versions of the stays too."""
    if stays:
        rows = [
            {
                "property_id": stay.property_id,
                "stay_id": stay.id,
                "stay_version": stay.version,
                "checked_at": now(),
            }
            for stay in stays
        ]
        session().execute(_KEEP, rows)


def _row(stay: Stay, verdict: Verdict) -> dict[str, Any]:
    said = verdict.confirmed
    return {
        "property_id": stay.property_id,
        "stay_id": stay.id,
        "office_id": stay.office_id,
        "permit_id": verdict.permit_id,
        "band": str(verdict.band),
        "needs_review": needs_review(verdict.band, verdict.reasons, said is not None),
        "score": verdict.value,
        "reasons": json.dumps(verdict.reasons),
        "other_permits": list(verdict.other_permits),
        "runner_up": json.dumps(verdict.runner_up) if verdict.runner_up else None,
        "method_version": METHOD_VERSION,
        "stay_version": stay.version,
        "decision": said.decision if said else None,
        "decided_by": said.by if said else None,
        "decided_at": said.at if said else None,
        "checked_at": now(),
    }
