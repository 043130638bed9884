"""What each kind of field takes in a request, and how an answer shows it, in JSON Schema 2020-12.

A kind of field that is not in here cannot be published: its rules would be hidden.
"""

from collections.abc import Callable
from typing import Any

from marshmallow import Schema, fields

from apoa.api.openapi.operation import Parameter
from apoa.api.openapi.words import FIELD_WORDS
from apoa.base.countries import COUNTRIES, is_foreign, is_nationality, normalize_country
from apoa.base.schema import Text
from apoa.permits.feed import days as permit_days
from apoa.stays.act_schemas import Count
from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES, SEXES, STATES
from apoa.stays.schema_fields import (
    EMAIL_PATTERN,
    PHONE_PATTERN,
    Choice,
    CountryCode,
    Day,
    Email,
    Flag,
    Instant,
    MrzLines,
    Phone,
)

JsonSchema = dict[str, Any]
# What apoa.base.names.clean_text refuses: control characters, line separators, turns of direction.
_REFUSED = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"
PLAIN_TEXT = f"^[^{_REFUSED}]*$"
SOME_TEXT = rf"^[^{_REFUSED}]*[^\s{_REFUSED}][^{_REFUSED}]*$"
_OTHER_WRITINGS = ("D", "XKX")
# A list of codes is known by its codes; one without a name stands where it is used.
_LIST_NAMES = {
    frozenset(one.code for one in codes): name
    for name, codes in (
        ("Sex", SEXES),
        ("DocumentType", DOCUMENT_TYPES),
        ("PermitKind", PERMIT_KINDS),
        ("Purpose", PURPOSES),
        ("StayState", STATES),
    )
}
_NOTHING: JsonSchema = {"type": "string", "maxLength": 0, "description": 'The same as "null".'}
_NULL: JsonSchema = {"type": "null"}


def sent_field(field: fields.Field[Any]) -> JsonSchema:
    """What a request may hold in this field. Raises TypeError for an unknown kind of field."""
    return _made_by(_SENT, field)(field)


def shown_field(field: fields.Field[Any]) -> JsonSchema:
    """How an answer shows the field: without limits, which may change. Raises TypeError."""
    return _made_by(_SHOWN, field)(field)


def query_parameters(schema: Schema) -> tuple[Parameter, ...]:
    """The fields as parameters of a query, where nothing is written by leaving the name out."""
    return tuple(
        Parameter(
            name,
            "query",
            _in_query(sent_field(field)),
            FIELD_WORDS[f"{schema_name(schema)}.{name}"],
            field.required,
        )
        for name, field in schema.fields.items()
    )


def _in_query(schema: JsonSchema) -> JsonSchema:
    """The same where there is neither null nor an empty text."""
    if "anyOf" in schema:
        return dict(schema["anyOf"][0])
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    [kind] = [one for one in kinds if one != "null"]
    made = schema | {"type": kind}
    return made | {"minLength": 1} if kind == "string" else made


def reference(schema: Schema | type[Schema], *, shown: bool = False) -> JsonSchema:
    """The place in the document where a schema stands."""
    return {"$ref": f"#/components/schemas/{schema_name(schema, shown=shown)}"}


def schema_name(schema: Schema | type[Schema], *, shown: bool = False) -> str:
    """`GuestSchema` is published as `Guest`, and as `GuestShown` in answers."""
    cls = schema if isinstance(schema, type) else type(schema)
    return cls.__name__.removesuffix("Schema") + ("Shown" if shown else "")


def _made_by(makers: dict[type, Callable[[Any], JsonSchema]], field: Any) -> Any:
    for cls in type(field).__mro__:
        if cls in makers:
            return makers[cls]
    raise TypeError(f"{type(field).__name__} has no JSON Schema")


def _may_lack(field: Any) -> bool:
    return bool(field.allow_none) or not field.required


def _nullable(field: Any, schema: JsonSchema) -> JsonSchema:
    return schema | {"type": [schema["type"], "null"]} if field.allow_none else schema


def _text(field: Text) -> JsonSchema:
    needed = field.required and not field.allow_none
    schema: JsonSchema = {"type": "string", "maxLength": field.max_length}
    if needed or field.min_length:
        schema["minLength"] = max(1, field.min_length)
    schema["pattern"] = SOME_TEXT if needed else PLAIN_TEXT
    return _nullable(field, schema)


def _matching(field: Text, pattern: str) -> JsonSchema:
    pattern = pattern.replace(r"\s", rf"\s{_REFUSED}")
    optional = "?" if _may_lack(field) else ""
    schema = {
        "type": "string",
        "maxLength": field.max_length,
        "pattern": f"^(?:{pattern}){optional}$",
    }
    return _nullable(field, schema)


def code_schemas() -> dict[str, JsonSchema]:
    """The closed lists of codes, each under its name."""
    lists = {name: sorted(codes) for codes, name in _LIST_NAMES.items()}
    lists["Country"] = sorted([*COUNTRIES, *_OTHER_WRITINGS])
    lists["Nationality"] = [one for one in lists["Country"] if is_reported(normalize_country(one))]
    return {name: {"type": "string", "enum": codes} for name, codes in lists.items()}


def _choice(field: Choice) -> JsonSchema:
    name = _LIST_NAMES.get(field.codes)
    if name is None:
        return _or_nothing(field, {"type": "string", "enum": sorted(field.codes)})
    return _or_nothing(field, {"$ref": f"#/components/schemas/{name}"})


def _or_nothing(field: Any, target: JsonSchema) -> JsonSchema:
    return {"anyOf": [target, _NOTHING, _NULL]} if _may_lack(field) else target


def _country(field: CountryCode) -> JsonSchema:
    """Every writing that documents use; of nationalities, those that are reported."""
    is_guest = field.name == "nationality" and schema_name(field.parent) == "Guest"
    name = "Nationality" if is_guest else "Country"
    return _or_nothing(field, {"$ref": f"#/components/schemas/{name}"})


def is_reported(code: str) -> bool:
    """Whether a guest of this canonical nationality is to be reported."""
    return is_nationality(code) and is_foreign(code)


def _formatted(field: Any, form: str) -> JsonSchema:
    schema: JsonSchema = {"type": "string", "format": form}
    if not field.allow_none:
        return schema
    return {"anyOf": [schema, _NOTHING, _NULL]}


def _mrz(_field: MrzLines) -> JsonSchema:
    lines: JsonSchema = {"type": "array", "items": {"type": "string"}}
    return {"anyOf": [lines, {"type": "string", "maxLength": 1000}, _NULL]}


def _count(field: Count) -> JsonSchema:
    return {"type": "integer", "minimum": 1, "maximum": field.largest}


def _whole_number(field: fields.Integer) -> JsonSchema:
    schema: JsonSchema = {"type": "integer"}
    for validator in field.validators:
        for name, keyword in (("min", "minimum"), ("max", "maximum")):
            if getattr(validator, name, None) is not None:
                schema[keyword] = getattr(validator, name)
    return _nullable(field, schema)


def _nested(field: Any, *, shown: bool) -> JsonSchema:
    target = reference(field.schema, shown=shown)
    return {"anyOf": [target, _NULL]} if field.allow_none else target


def _shown_as(schema: JsonSchema) -> Callable[[Any], JsonSchema]:
    return lambda field: _nullable(field, schema)


_SENT: dict[type, Callable[[Any], JsonSchema]] = {
    CountryCode: _country,
    Choice: _choice,
    Email: lambda field: _matching(field, EMAIL_PATTERN),
    Phone: lambda field: _matching(field, PHONE_PATTERN),
    Text: _text,
    Day: lambda field: _formatted(field, "date"),
    permit_days.Day: _shown_as({"type": "string"}),
    permit_days.BirthDay: _shown_as({"type": "string"}),
    Instant: lambda field: _formatted(field, "date-time"),
    MrzLines: _mrz,
    Flag: _shown_as({"type": "boolean"}),
    Count: _count,
    fields.Integer: _whole_number,
    fields.Nested: lambda field: _nested(field, shown=False),
}
_SHOWN: dict[type, Callable[[Any], JsonSchema]] = {
    Text: _shown_as({"type": "string"}),
    Day: _shown_as({"type": "string", "format": "date"}),
    Instant: _shown_as({"type": "string", "format": "date-time"}),
    MrzLines: lambda _field: {"type": ["array", "null"], "items": {"type": "string"}},
    Flag: _shown_as({"type": "boolean"}),
    fields.Integer: _shown_as({"type": "integer"}),
    fields.Nested: lambda field: _nested(field, shown=True),
}
