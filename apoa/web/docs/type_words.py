"""Says a JSON Schema's type and limits in a few words."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

JsonSchema = Mapping[str, Any]
_MOST_CODES = 16


def type_words(schema: JsonSchema, resolve: Callable[[JsonSchema], JsonSchema]) -> str:
    """`text, at most 150 characters, or null`."""
    schema = resolve(schema)
    choices = [resolve(one) for one in schema.get("anyOf", schema.get("oneOf", []))]
    parts = [part for one in choices or [schema] for part in _kinds(one)]
    return _(" atau ").join(dict.fromkeys(parts))


def _kinds(schema: JsonSchema) -> list[str]:
    if "enum" in schema:
        return _codes(schema["enum"])
    if "const" in schema:
        return [str(schema["const"])]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return [_kind(kind, schema) for kind in kinds]


def _codes(values: list[Any]) -> list[str]:
    codes = [str(one) for one in values if one]
    shown = ", ".join(codes)
    if len(codes) > _MOST_CODES:
        shown = _("satu dari %(count)s kode", count=len(codes))
    return [shown, "null"] if None in values else [shown]


def _kind(kind: str, schema: JsonSchema) -> str:
    if kind == "string":
        return _text(schema)
    words = {
        "integer": _("bilangan bulat"),
        "number": _("bilangan"),
        "boolean": _("true atau false"),
        "object": _("objek"),
        "array": _("daftar"),
        "null": "null",
    }
    if kind == "array" and "maxItems" in schema:
        return _("daftar, paling banyak %(count)s", count=schema["maxItems"])
    return words[kind]


def _text(schema: JsonSchema) -> str:
    formats = {
        "date": _("tanggal (2026-11-24)"),
        "date-time": _("waktu dengan zona (2026-11-21T14:05:00+07:00)"),
        "partial-date": _("tanggal, mungkin sebagian (1974-08-00)"),
        "uuid": "UUID",
        "uri": "URL",
    }
    if schema.get("format") in formats:
        return formats[schema["format"]]
    if schema.get("maxLength") == 0:
        return '""'
    if "maxLength" in schema:
        return _("teks, paling banyak %(count)s karakter", count=schema["maxLength"])
    return _("teks")
