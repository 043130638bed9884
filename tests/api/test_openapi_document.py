"""The published description: valid, complete, and its examples are what it says."""

import re
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

from apoa.api.blueprint import NEEDS, PREFIX
from apoa.api.openapi.document import document
from apoa.api.openapi.paths import OPERATIONS
from apoa.api.problems import API_PROBLEMS
from tests.api.client import ApiClient
from tests.api.contract import resolved, validator_for

DOCUMENT = document("https://apoa.example")
_REPORTING = DOCUMENT["paths"]["/properties/{property_id}/stays"]["post"]["requestBody"]
REPORTS = {
    name: one["value"]
    for name, one in _REPORTING["content"]["application/json"]["examples"].items()
}
_CONVERTER = re.compile(r"<(?:[a-z]+:)?(\w+)>")
# A method that an address does not have, and what no operation should ever answer.
SAID_ONCE = {"method-not-allowed", "not-allowed", "address-too-long", "headers-too-large"}
_OF_EVERY_ROUTE = {"HEAD", "OPTIONS"}


def routes(app: Flask) -> dict[tuple[str, str], str]:
    """Method and path, as the document writes it, to the endpoint."""
    return {
        (method, _CONVERTER.sub(r"{\1}", rule.rule.removeprefix(PREFIX))): rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in set(rule.methods or ()) - _OF_EVERY_ROUTE
    }


def test_the_document_is_valid() -> None:
    validate(DOCUMENT)


def test_every_route_is_described_and_nothing_else(app: Flask) -> None:
    assert {(one.method, one.path) for one in OPERATIONS} == set(routes(app))


def test_every_operation_says_what_its_route_needs(app: Flask) -> None:
    found = routes(app)
    wrong = [
        (one.method, one.path)
        for one in OPERATIONS
        if NEEDS[found[one.method, one.path]] != one.needs
    ]
    assert wrong == []


def test_operation_ids_are_unique_and_links_lead_to_them() -> None:
    ids = [one.operation_id for one in OPERATIONS]
    assert len(ids) == len(set(ids))
    targets = {
        link.operation_id
        for one in OPERATIONS
        for answer in one.answers
        for link in answer.links.values()
    }
    assert targets <= set(ids)


def test_every_published_code_is_in_the_document() -> None:
    named = {
        code
        for path in DOCUMENT["paths"].values()
        for operation in path.values()
        for response in operation["responses"].values()
        for code in response.get("x-codes", [])
    }
    assert named | SAID_ONCE == set(API_PROBLEMS)


def examples() -> list[Any]:
    """Every example with the schema that it must fit."""
    found = []
    for path, operations in DOCUMENT["paths"].items():
        for method, operation in operations.items():
            places = [("request", operation.get("requestBody", {}))]
            places += list(operation["responses"].items())
            for parameter in map(resolved, operation.get("parameters", [])):
                if "example" in parameter:
                    name = f"{method} {path} {parameter['name']}"
                    found.append(pytest.param(parameter["schema"], parameter["example"], id=name))
            for where, place in places:
                for content in place.get("content", {}).values():
                    for title, example in content.get("examples", {}).items():
                        name = f"{method} {path} {where} {title}"
                        value = resolved(example)["value"]
                        found.append(pytest.param(content["schema"], value, id=name))
    for name, header in DOCUMENT["components"]["headers"].items():
        found.append(pytest.param(header["schema"], header["example"], id=name))
    return found


@pytest.mark.parametrize(("schema", "example"), examples())
def test_examples_fit_their_schemas(schema: dict[str, Any], example: Any) -> None:
    faults = [error.message for error in validator_for(schema).iter_errors(example)]
    assert faults == []


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_examples_of_reports_are_accepted_without_a_doubt(api: ApiClient, name: str) -> None:
    verdict = api.post(f"{api.lodging}/stays/validate", REPORTS[name]).get_json()
    assert verdict["errors"] == []
    assert not [one for one in verdict["warnings"] if one["code"].startswith("mrz-")]


def test_it_is_served_to_everybody_and_kept_by_who_has_it(anonymous: ApiClient) -> None:
    response = anonymous.get("/openapi.json")
    assert response.status_code == 200
    body = response.get_json()
    assert body["openapi"].startswith("3.1")
    assert body["servers"][0]["url"].endswith(PREFIX)
    known = {"If-None-Match": response.headers["ETag"]}
    assert anonymous.get("/openapi.json", headers=known).status_code == 304
