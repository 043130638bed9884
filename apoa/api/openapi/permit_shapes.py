"""The forms of what is sent and answered about permits."""

from apoa.api.item_list import MOST_ITEMS
from apoa.api.openapi.field_schemas import JsonSchema
from apoa.api.openapi.shapes import (
    FLAG,
    ID,
    INSTANT,
    MAYBE_INSTANT,
    MAYBE_NUMBER,
    MAYBE_TEXT,
    NUMBER,
    TEXT,
    listed,
    one_of,
    optional,
    ref,
    whole,
    words,
)
from apoa.api.openapi.words import FIELD_WORDS


def permit_schemas() -> dict[str, JsonSchema]:
    """Every form by its name."""
    return dict(_FORMS)


_COUNTS = whole(new=NUMBER, changed=NUMBER, unchanged=NUMBER, refused=NUMBER)
_ANY_PERMIT: JsonSchema = {
    "description": "A PermitRow. Anything else gets its verdict too.",
    "anyOf": [ref("PermitRow"), {}],
}
_FORMS: dict[str, JsonSchema] = {
    "AnyPermit": _ANY_PERMIT,
    "PermitFeedInput": optional(
        whole(items={"type": "array", "maxItems": MOST_ITEMS, "items": ref("AnyPermit")}),
        data_as_of=words(
            {"anyOf": [INSTANT, {"type": "string", "maxLength": 0}, {"type": "null"}]},
            FIELD_WORDS["PermitFeedInput.data_as_of"],
        ),
        dry_run=words(FLAG, FIELD_WORDS["PermitFeedInput.dry_run"]),
    ),
    "PermitResult": optional(
        whole(
            "The verdict on one permit.",
            index=words(NUMBER, "The item's place, from 0."),
            status=one_of("new", "changed", "unchanged", "refused"),
        ),
        warnings=words(listed(ref("Fault")), "Unless refused."),
        problem=words(ref("Problem"), "Where refused."),
    ),
    "PermitFeedResult": whole(
        feed_id=ID, dry_run=FLAG, results=listed(ref("PermitResult")), counts=_COUNTS
    ),
    "PermitFeedFault": whole(
        row=words(NUMBER, "As the file counts; an item's number is from 1."),
        column=words(MAYBE_TEXT, "As it is called in the file; null for the whole row."),
        code=TEXT,
        detail=TEXT,
        is_warning=words(FLAG, "true: the row was taken all the same."),
    ),
    "PermitFeed": whole(
        id=ID,
        state=one_of("uploaded", "running", "stopped", "done", "failed"),
        source=one_of("page", "command", "api"),
        kind=one_of("csv", "xlsx", "json"),
        dry_run=FLAG,
        data_as_of=MAYBE_INSTANT,
        created_at=INSTANT,
        ended_at=MAYBE_INSTANT,
        total=words(MAYBE_NUMBER, "null until the rows are counted."),
        done=NUMBER,
        counts=_COUNTS,
        failure={"anyOf": [ref("Fault"), {"type": "null"}]},
        fault_count=NUMBER,
        faults=words(listed(ref("PermitFeedFault")), "The first thousand."),
    ),
}
