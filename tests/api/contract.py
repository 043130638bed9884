"""Holds an answer of the API against the published document."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from werkzeug.test import TestResponse

from apoa.api.blueprint import PREFIX
from apoa.api.code_lists import LISTS
from apoa.api.openapi.document import document
from apoa.api.openapi.headers import ACCEPTED_TYPES, ALWAYS, CODE_HEADERS, HEADERS, STATUS_HEADERS

DOCUMENT: dict[str, Any] = document("https://apoa.example")
PROBLEM_TYPE = "application/problem+json"
# While the database is away, the quota is not known.
_MAY_LACK_QUOTA = (500, 503)
_UNCOUNTED = f"{PREFIX}/health"
_METHOD_NOT_ALLOWED = DOCUMENT["components"]["responses"]["MethodNotAllowed"]


def resolved(part: dict[str, Any]) -> dict[str, Any]:
    """The part itself, or the one that it refers to."""
    if "$ref" not in part:
        return part
    found: Any = DOCUMENT
    for name in part["$ref"].removeprefix("#/").split("/"):
        found = found[name]
    return resolved(found)


def validator_for(schema: dict[str, Any]) -> Draft202012Validator:
    """Validates against a schema that may refer to the document's own."""
    whole = schema | {"components": DOCUMENT["components"]}
    return Draft202012Validator(whole, format_checker=FormatChecker())


def contract_faults(method: str, path: str, response: TestResponse) -> list[str]:
    """What of an answer the document does not say. `path` is below `/api/v1`."""
    operation = find_operation(method, path)
    if operation is None and response.status_code == 405:
        operation = {"responses": {"405": _METHOD_NOT_ALLOWED}}
    if operation is None:
        # Nothing is at that address, or test_openapi_document.py says that it is not described.
        return []
    described = operation["responses"].get(str(response.status_code))
    if described is None:
        return [f"{method} {path}: {response.status_code} is not described"]
    return [
        f"{method} {path} {response.status_code}: {fault}"
        for fault in (*_header_faults(described, response), *_body_faults(described, response))
    ]


def find_operation(method: str, path: str) -> dict[str, Any] | None:
    """The described operation that a request meets; a fixed path goes before a pattern."""
    plain = path.partition("?")[0].removeprefix(PREFIX)
    for described in sorted(DOCUMENT["paths"], key=lambda one: one.count("{")):
        if _pattern(described).fullmatch(plain):
            found: dict[str, Any] | None = DOCUMENT["paths"][described].get(method.lower())
            return found
    return None


@cache
def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"\{\w+\}", path)
    return re.compile("[^/]+".join(re.escape(part) for part in parts))


def _header_faults(described: dict[str, Any], response: TestResponse) -> list[str]:
    faults = []
    headers = {name: resolved(one) for name, one in described.get("headers", {}).items()}
    counted = response.status_code not in _MAY_LACK_QUOTA and response.request.path != _UNCOUNTED
    for name, header in headers.items():
        value: Any = response.headers.get(name)
        if value is None:
            needed = name in _needed_headers(response) and counted
            faults += [f"no header {name}"] if needed else []
            continue
        if header["schema"].get("type") == "integer" and value.isdigit():
            value = int(value)
        if not validator_for(header["schema"]).is_valid(value):
            faults.append(f"header {name}: {value}")
    for name in HEADERS:
        if name in response.headers and name not in headers:
            faults.append(f"header {name} is not described")
    return faults


def _needed_headers(response: TestResponse) -> set[str]:
    """Optional in the document only because a header cannot be needed under a condition there."""
    needed = {*ALWAYS, *STATUS_HEADERS.get(response.status_code, ())}
    if response.mimetype == PROBLEM_TYPE:
        code = response.get_json(force=True)["code"]
        needed |= {"Content-Language", "Vary", *CODE_HEADERS.get(code, ())}
        if code == "unsupported-media-type":
            needed.add(ACCEPTED_TYPES[response.request.method])
    return needed


def _body_faults(described: dict[str, Any], response: TestResponse) -> list[str]:
    content = described.get("content", {})
    body = response.get_data()
    if not content:
        return ["it has a body"] if body else []
    if response.mimetype not in content:
        return [f"the content type {response.mimetype} is not described"]
    if "json" not in response.mimetype:
        return []
    value = response.get_json(force=True)
    schema = content[response.mimetype]["schema"]
    faults = [f"{e.json_path}: {e.message}" for e in validator_for(schema).iter_errors(value)]
    if response.mimetype == PROBLEM_TYPE and value["code"] not in described["x-codes"]:
        faults.append(f"the code {value['code']} is not described")
    unknown = set(_codes_in(value)) - published_codes()
    return faults + [f"the code {code} is in no code list" for code in sorted(unknown)]


def _codes_in(value: Any) -> Iterator[str]:
    """The codes of all faults and warnings, however deep."""
    if isinstance(value, dict):
        # The description itself holds the three as names of properties.
        if value.keys() == {"pointer", "code", "detail"} and isinstance(value["code"], str):
            yield value["code"]
        for inner in value.values():
            yield from _codes_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _codes_in(inner)


@cache
def published_codes() -> set[str]:
    """What GET /code-lists/error-codes names."""
    return {entry["code"] for entry in LISTS["error-codes"]()}
