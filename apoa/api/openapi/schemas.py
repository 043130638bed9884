"""Publishes the input schemas: every field with its limits, and what their own checks ask for."""

from marshmallow import Schema, fields

from apoa.api.openapi.field_schemas import (
    JsonSchema,
    schema_name,
    sent_field,
    shown_field,
)
from apoa.api.openapi.words import FIELD_WORDS

_OBJECT: JsonSchema = {"type": "object"}
_EMPTY: JsonSchema = {"enum": ["", None]}
# What the checks of a schema ask of one field.
LIMITS: dict[str, JsonSchema] = {
    "Guest.birth_date": {"format": "partial-date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
}
LIMITS["InHouseGuest.birth_date"] = {
    "format": "partial-date",
    "pattern": "^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?$",
}
# What they ask of several together, as far as JSON Schema can say it.
CHECKS: dict[str, JsonSchema] = {}
# Null is as good as left out there: the machine-readable zone fills it in.
_FILLED_IN = {"StayReport": ("guest", "document")}


def publish_sent(schema: Schema, into: dict[str, JsonSchema]) -> str:
    """Adds what a request may hold, with all nested schemas; gives the name. Raises TypeError."""
    name = schema_name(schema)
    if name in into:
        return name
    into[name] = made = _object(schema, {n: sent_field(f) for n, f in schema.fields.items()})
    required = [n for n, f in schema.fields.items() if f.required]
    if required and name not in CHECKS:
        made["required"] = required
    made |= CHECKS.get(name, {})
    for part in _FILLED_IN.get(name, ()):
        made["properties"][part] = _or_null(made["properties"][part])
    for field in schema.fields.values():
        if isinstance(field, fields.Nested):
            publish_sent(field.schema, into)
    return name


def publish_patch(schema: Schema, into: dict[str, JsonSchema]) -> None:
    """Adds what a merge patch may name: any field, whatever is needed of the whole."""
    name = schema_name(schema)
    publish_sent(schema, into)
    whole = _object(schema, {n: sent_field(f) for n, f in schema.fields.items()})
    into[f"{name.removesuffix('Report')}Patch"] = {
        "type": "object",
        "additionalProperties": False,
        "description": "A JSON merge patch: what is named changes, null takes away.",
        "properties": whole["properties"],
    }


def publish_shown(schema: Schema, into: dict[str, JsonSchema]) -> str:
    """Adds how an answer shows it: every field is there, null where nothing was given."""
    name = schema_name(schema, shown=True)
    if name in into:
        return name
    into[name] = made = _object(
        schema, {n: shown_field(f) for n, f in schema.fields.items()}, shown=True
    )
    made["required"] = list(schema.fields)
    for field in schema.fields.values():
        if isinstance(field, fields.Nested):
            publish_shown(field.schema, into)
    return name


def _object(
    schema: Schema, properties: dict[str, JsonSchema], *, shown: bool = False
) -> JsonSchema:
    base = schema_name(schema)
    made: JsonSchema = {"type": "object", "additionalProperties": False, "properties": {}}
    doc = (type(schema).__doc__ or "").strip().split("\n")[0]
    if doc:
        made["description"] = doc
    for name, one in properties.items():
        own = LIMITS.get(f"{base}.{name}", {}) if not shown else {}
        words = FIELD_WORDS.get(f"{base}.{name}")
        made["properties"][name] = one | own | ({"description": words} if words else {})
    return made


def _or_null(part: JsonSchema) -> JsonSchema:
    described = {name: value for name, value in part.items() if name == "description"}
    plain = {name: value for name, value in part.items() if name not in described}
    return {"anyOf": [plain, {"type": "null"}], **described}


def _given(*names: str) -> JsonSchema:
    """These are there and hold something."""
    return {
        "required": list(names),
        "properties": {name: {"type": "string", "pattern": r"\S"} for name in names},
    }


def _given_if_named(*names: str) -> JsonSchema:
    """These may be left out; what is named holds something."""
    return {"properties": _given(*names)["properties"]}


def _empty(*names: str) -> JsonSchema:
    return {"properties": dict.fromkeys(names, _EMPTY)}


_SINGLE_NAME: JsonSchema = {
    "required": ["mononym"],
    "properties": {"mononym": {"const": True}},
}
_ONE_NAME: JsonSchema = {"oneOf": [_given("surname"), _given("given_names")]}
_NO_DOCUMENT = _given("unavailable_reason")
_ZONE: JsonSchema = {
    "required": ["mrz"],
    "properties": {"mrz": {"type": ["array", "string"], "minItems": 1, "minLength": 1}},
}
_WHOLE_GUEST: JsonSchema = {
    "type": "object",
    "required": ["sex", "birth_date", "nationality"],
    "if": _SINGLE_NAME,
    "then": _ONE_NAME,
    "else": _given("surname", "given_names"),
}
_WHOLE_DOCUMENT: JsonSchema = {
    "type": "object",
    "if": _NO_DOCUMENT,
    "then": _empty("number"),
    "else": _given("number", "issuing_state"),
}
# The zone fills in what is left out, but not what is named and empty.
_NO_NAME: JsonSchema = {"properties": {"surname": False, "given_names": False}}
_GUEST_OF_ZONE: JsonSchema = {
    "if": _SINGLE_NAME,
    "then": {"anyOf": [_NO_NAME, _ONE_NAME]},
    "else": _given_if_named("surname", "given_names"),
}
_DOCUMENT_OF_ZONE: JsonSchema = {
    "if": _NO_DOCUMENT,
    "then": _empty("number"),
    "else": _given_if_named("number", "issuing_state"),
}
CHECKS["StayReport"] = {
    "required": ["checked_in_at", "expected_departure_on"],
    "if": _ZONE,
    "then": {"properties": {"guest": _GUEST_OF_ZONE, "document": _DOCUMENT_OF_ZONE}},
    "else": {
        "required": ["guest", "document"],
        "properties": {"guest": _WHOLE_GUEST, "document": _WHOLE_DOCUMENT},
    },
}
# What is needed of guest and document depends on the zone, so StayReport says it.
CHECKS["Guest"] = {}
CHECKS["Document"] = {}
CHECKS["InHouse"] = {
    "if": _given("client_ref"),
    "then": {},
    "else": {
        "anyOf": [
            {"required": ["document"], "properties": {"document": _OBJECT | _given("number")}},
            {
                "required": ["guest"],
                "properties": {
                    "guest": _OBJECT
                    | _given("birth_date")
                    | {"anyOf": [_given("surname"), _given("given_names")]}
                },
            },
        ]
    },
}
