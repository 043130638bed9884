"""Decides how a registration's data stands in the lodging's row, and what an edit changed."""

from typing import Any

from apoa.properties.models import Property
from apoa.properties.rules import fold_property_name
from apoa.properties.schemas import Registration

FIELDS = (
    "type",
    "name",
    "nib",
    "no_nib_reason",
    "address",
    "region_code",
    "latitude",
    "longitude",
    "rooms",
    "phone",
    "responsible_name",
    "responsible_email",
)


def write_content(lodging: Property, registration: Registration) -> list[dict[str, Any]]:
    """Puts the data into the row, but for the region; says what changed, field by field.

    The region is left to `move`, since the office and the time zone follow from it.
    """
    changes = []
    for field in FIELDS:
        before, after = getattr(lodging, field), getattr(registration, field)
        if before != after:
            changes.append({"field": field, "before": _text(before), "after": _text(after)})
            if field != "region_code":
                setattr(lodging, field, after)
    lodging.name_folded = fold_property_name(registration.name)
    return changes


def read_content(lodging: Property) -> dict[str, str]:
    """The row as the form shows it: every field as text, "" for nothing."""
    return {field: _text(getattr(lodging, field)) or "" for field in FIELDS}


def _text(value: object) -> str | None:
    return None if value is None else str(getattr(value, "value", value))
