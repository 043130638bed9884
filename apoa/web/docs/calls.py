"""GET /api/docs/calls/...: one call with its parameters, bodies, examples and errors."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template

from apoa.web.docs import blueprint
from apoa.web.docs.reference import Call, Row, api_document, calls, resolve, rows_of


@dataclass(frozen=True)
class Content:
    """A body of one media type: its members and examples."""

    media_type: str
    rows: list[Row]
    examples: list[tuple[str, str]]


@dataclass(frozen=True)
class Outcome:
    """An answer of one status; `codes` when it is a problem."""

    status: str
    description: str
    codes: list[str]
    headers: list[tuple[str, str]]
    contents: list[Content]


@blueprint.get("/calls/<call_id>")
def call(call_id: str) -> str:
    """One call."""
    found = next((one for one in calls() if one.id == call_id), None)
    if found is None:
        abort(404)
    outcomes = [_outcome(status, one) for status, one in found.described["responses"].items()]
    return render_template(
        "docs/call.html",
        call=found,
        server=api_document()["servers"][0]["url"],
        parameters=[resolve(one) for one in found.described.get("parameters", [])],
        bodies=_contents(found.described.get("requestBody", {})),
        answers=[one for one in outcomes if not one.codes],
        problems=[one for one in outcomes if one.codes],
        example=_curl(found),
    )


def _outcome(status: str, described: Mapping[str, Any]) -> Outcome:
    headers = [
        (name, str(resolve(one).get("description", "")))
        for name, one in described.get("headers", {}).items()
    ]
    codes = list(described.get("x-codes", []))
    contents = [] if codes else _contents(described)
    return Outcome(status, described["description"], codes, headers, contents)


def _contents(described: Mapping[str, Any]) -> list[Content]:
    return [
        Content(
            media_type,
            rows_of(content["schema"]),
            [
                (name, json.dumps(resolve(one)["value"], ensure_ascii=False, indent=2))
                for name, one in content.get("examples", {}).items()
            ],
        )
        for media_type, content in described.get("content", {}).items()
    ]


def _curl(call: Call) -> str:
    """The call as a command; what is in capitals is to be filled in."""
    path = call.path
    for parameter in map(resolve, call.described.get("parameters", [])):
        if parameter["in"] == "path":
            filled = str(parameter.get("example", parameter["name"].upper()))
            path = path.replace("{" + parameter["name"] + "}", filled)
    words = ["curl"]
    if call.method != "GET":
        words.append(f"-X {call.method}")
    if call.scopes is not None:
        words.append('-H "Authorization: Bearer $KEY"')
    body = call.described.get("requestBody")
    if body:
        words.append(f'-H "Content-Type: {next(iter(body["content"]))}"')
        words.append("--data @body.json")
    words.append(api_document()["servers"][0]["url"] + path)
    return " \\\n  ".join(words)
