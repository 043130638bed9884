"""Which parts of a report the machine-readable zone fills in: those that were left out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from apoa.base.mrz import MrzUnreadable, parse_mrz, to_report_parts

_NAMES = ("surname", "given_names")
_PERSON = ("sex", "birth_date", "nationality")
_DOCUMENT = ("type", "number", "issuing_state", "expires_on")


def complete_from_mrz(mapping: Mapping[str, Any], day: date) -> Mapping[str, Any]:
    """The mapping with `guest` and `document`, or their fields that it lacks, from its `mrz`.

    What was given stands. A field that is named and empty was given as empty: a person who clears
    a box of a form must not get it back from the zone. `day` is the lodging's day of check-in,
    which decides the centuries. A zone that cannot be read changes nothing here: it has its own
    fault where it is loaded.
    """
    zone, guest, document = (mapping.get(name) for name in ("mrz", "guest", "document"))
    has_gaps = _has_gaps(guest, (*_NAMES, *_PERSON)) or _has_gaps(document, _DOCUMENT)
    if not zone or not has_gaps or not _is_text(zone):
        return mapping
    try:
        reading = parse_mrz(zone, today=day)
    except MrzUnreadable:
        return mapping
    read_guest, read_document = to_report_parts(reading)
    return {
        **mapping,
        "guest": _completed_guest(guest, read_guest),
        "document": _completed_document(document, read_document),
    }


def _has_gaps(part: Any, names: tuple[str, ...]) -> bool:
    """Whether the zone could fill in something; most senders leave nothing open."""
    if part is None:
        return True
    return isinstance(part, Mapping) and not all(name in part for name in names)


def _completed_guest(given: Any, read: Mapping[str, Any]) -> Any:
    if given is not None and not isinstance(given, Mapping):
        return given
    given = given or {}
    found = _filled(given, read, _PERSON)
    has_name = any(name in given for name in _NAMES)
    if not has_name and "mononym" not in given:
        found["mononym"] = read["mononym"]
    # A single name is whole: neither does a second one belong to it, nor it to another.
    if not has_name or not (given.get("mononym") or read["mononym"]):
        found = _filled(found, read, _NAMES)
    return found


def _completed_document(given: Any, read: Mapping[str, Any]) -> Any:
    if given is not None and not isinstance(given, Mapping):
        return given
    if given and given.get("unavailable_reason"):
        return given
    # A visa says nothing of the document: then there is still none.
    return _filled(given or {}, read, _DOCUMENT) or given


def _filled(
    given: Mapping[str, Any], read: Mapping[str, Any], names: tuple[str, ...]
) -> dict[str, Any]:
    added = {name: read[name] for name in names if name not in given and read[name] is not None}
    return {**given, **added}


def _is_text(zone: Any) -> bool:
    if isinstance(zone, str):
        return True
    return isinstance(zone, list | tuple) and all(isinstance(line, str) for line in zone)
