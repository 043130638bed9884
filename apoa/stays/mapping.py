"""How a report is written as plain JSON values, and read back from what was stored."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from apoa.stays.content import Contact, Entry, Guest, PermitClaim, StayReport, TravelDocument


def report_to_mapping(report: StayReport) -> dict[str, Any]:
    """The report in the shape of the API, JSON values only; instants in UTC."""
    made: dict[str, Any] = vars(report) | {
        name: vars(part) if part is not None else None
        for name, part in (
            ("guest", report.guest),
            ("document", report.document),
            ("permit", report.permit),
            ("entry", report.entry),
            ("contact", report.contact),
        )
    }
    return {name: _plain(value) for name, value in made.items()}


def plain_values(content: Mapping[str, Any]) -> dict[str, Any]:
    """Any part of a report, as its schema reads it, in the same plain values."""
    return {name: _plain(value) for name, value in content.items()}


def report_from_mapping(stored: Mapping[str, Any]) -> StayReport:
    """The report that `report_to_mapping` wrote; no rules, so that old ones stay readable."""
    permit, entry, contact = stored["permit"], stored["entry"], stored["contact"]
    document = dict(stored["document"])
    document["expires_on"] = _date(document["expires_on"])
    return StayReport(
        client_ref=stored["client_ref"],
        party_ref=stored["party_ref"],
        room=stored["room"],
        guest=Guest(**stored["guest"]),
        document=TravelDocument(**document),
        mrz=tuple(stored["mrz"]) if stored["mrz"] else None,
        permit=PermitClaim(**permit) if permit else None,
        entry=Entry(_date(entry["entered_on"]), entry["port"]) if entry else None,
        purpose=stored["purpose"],
        contact=Contact(**contact) if contact else None,
        checked_in_at=datetime.fromisoformat(stored["checked_in_at"]),
        expected_departure_on=date.fromisoformat(stored["expected_departure_on"]),
        checked_out_at=_instant(stored["checked_out_at"]),
        late_reason=stored["late_reason"],
    )


def changed_pointers(before: Any, after: Any, pointer: str = "") -> list[str]:
    """JSON pointers of the values that differ, in the order of the content."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        names = [*after, *(name for name in before if name not in after)]
        return [
            found
            for name in names
            for found in changed_pointers(before.get(name), after.get(name), f"{pointer}/{name}")
        ]
    return [] if before == after else [pointer]


def merge_patch(content: Any, patch: Any) -> Any:
    """The content with a JSON merge patch (RFC 7396) applied; what is removed is named, as empty.

    So that nothing else fills in what the sender has cleared, and unknown names stay to be refused.
    """
    if not isinstance(patch, Mapping):
        return patch
    merged = dict(content) if isinstance(content, Mapping) else {}
    return merged | {name: merge_patch(merged.get(name), value) for name, value in patch.items()}


def value_at(content: Any, pointer: str) -> Any:
    """The value that a JSON pointer names; None where there is nothing."""
    for name in pointer.split("/")[1:]:
        content = content.get(name) if isinstance(content, Mapping) else None
    return content


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return list(value) if isinstance(value, tuple) else value


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
