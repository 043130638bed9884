"""Small builders of JSON Schemas for answers: each member is there, null where nothing is."""

from typing import Any

JsonSchema = dict[str, Any]

TEXT: JsonSchema = {"type": "string"}
MAYBE_TEXT: JsonSchema = {"type": ["string", "null"]}
NUMBER: JsonSchema = {"type": "integer"}
MAYBE_NUMBER: JsonSchema = {"type": ["integer", "null"]}
FLAG: JsonSchema = {"type": "boolean"}
ID: JsonSchema = {"type": "string", "format": "uuid"}
INSTANT: JsonSchema = {"type": "string", "format": "date-time"}
MAYBE_INSTANT: JsonSchema = {"type": ["string", "null"], "format": "date-time"}
MAYBE_DAY: JsonSchema = {"type": ["string", "null"], "format": "date"}


def ref(name: str) -> JsonSchema:
    """A schema of the document by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def whole(description: str = "", /, **members: JsonSchema) -> JsonSchema:
    """An object with exactly these members. A trailing underscore is dropped ("from_")."""
    properties = {name.removesuffix("_"): schema for name, schema in members.items()}
    made: JsonSchema = {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
    }
    return made | ({"description": description} if description else {})


def optional(schema: JsonSchema, **members: JsonSchema) -> JsonSchema:
    """The same object with members that may be missing."""
    return schema | {"properties": schema["properties"] | members}


def listed(items: JsonSchema) -> JsonSchema:
    """A list of these."""
    return {"type": "array", "items": items}


def one_of(*values: str) -> JsonSchema:
    """One of these words."""
    return {"type": "string", "enum": list(values)}


def words(schema: JsonSchema, description: str) -> JsonSchema:
    """The same with a description."""
    return schema | {"description": description}
