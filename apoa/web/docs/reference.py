"""Reads the published document for the pages: calls by subject, and schemas as flat tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app

from apoa.web.docs.type_words import type_words

JsonSchema = Mapping[str, Any]
_DEEPEST = 4


@dataclass(frozen=True)
class Call:
    """One operation as the document describes it."""

    id: str
    method: str
    path: str
    described: JsonSchema

    @property
    def scopes(self) -> list[str] | None:
        """The scopes that a key needs: [] for any key, None where no key is needed."""
        security = self.described["security"]
        return list(security[0]["key"]) if security else None


@dataclass(frozen=True)
class Row:
    """One member of a schema. `name` is the way to it: `guest.surname`, `items[].index`."""

    name: str
    kind: str
    needed: bool
    description: str


def api_document() -> JsonSchema:
    """The document for the address of this system."""
    settings = current_app.extensions["apoa_settings"]
    reference = current_app.extensions["apoa_api_reference"]
    found: JsonSchema = reference.document(settings.base_url)
    return found


def calls() -> list[Call]:
    """Every operation, in the order of the document."""
    return [
        Call(described["operationId"], method.upper(), path, described)
        for path, methods in api_document()["paths"].items()
        for method, described in methods.items()
    ]


def calls_by_tag() -> list[tuple[JsonSchema, list[Call]]]:
    """Each subject with its operations."""
    every = calls()
    return [
        (tag, [one for one in every if tag["name"] in one.described["tags"]])
        for tag in api_document()["tags"]
    ]


def resolve(part: JsonSchema) -> JsonSchema:
    """The part itself, or what it refers to."""
    while "$ref" in part:
        found: Any = api_document()
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def rows_of(schema: JsonSchema) -> list[Row]:
    """The members of a schema, those of inner objects after the object itself."""
    return list(_rows(schema, "", 0, {}))


def _rows(schema: JsonSchema, way: str, depth: int, asked: JsonSchema) -> Iterator[Row]:
    """`asked` is what the schema around asks of this one besides."""
    whole = _object_in(schema)
    if whole is None or depth > _DEEPEST:
        return
    needed = _needed(whole) | _needed(asked)
    asked_inside = whole.get("else", {}).get("properties", {})
    for name, part in whole.get("properties", {}).items():
        own = f"{way}{name}"
        yield Row(own, type_words(part, resolve), name in needed, _description(part))
        inner = _list_in(part)
        if inner is not None:
            yield from _rows(inner, f"{own}[].", depth + 1, {})
        else:
            yield from _rows(part, f"{own}.", depth + 1, asked_inside.get(name, {}))


def _choices(schema: JsonSchema) -> list[JsonSchema]:
    schema = resolve(schema)
    return [resolve(one) for one in schema.get("anyOf", schema.get("oneOf", [schema]))]


def _object_in(schema: JsonSchema) -> JsonSchema | None:
    return next((one for one in _choices(schema) if "properties" in one), None)


def _list_in(schema: JsonSchema) -> JsonSchema | None:
    return next((one["items"] for one in _choices(schema) if "items" in one), None)


def _needed(schema: JsonSchema) -> set[str]:
    """What must be there, also what must only where a condition does not hold."""
    return {*schema.get("required", []), *schema.get("else", {}).get("required", [])}


def _description(part: JsonSchema) -> str:
    return str(part.get("description") or resolve(part).get("description", ""))
