"""Puts the published description together: OpenAPI 3.1, complete, for one address of the system."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from apoa.access.api_scopes import ALL_SCOPES
from apoa.api.blueprint import ANY_KEY, OPEN, PREFIX
from apoa.api.openapi import failures, headers
from apoa.api.openapi.components import schemas
from apoa.api.openapi.operation import Answer, Operation, Parameter
from apoa.api.openapi.paths import OPERATIONS
from apoa.api.openapi.webhook_shapes import sent_webhooks
from apoa.api.openapi.words import DESCRIPTION, SCOPE_WORDS, TAGS
from apoa.api.problems import API_PROBLEMS

JsonSchema = dict[str, Any]
API_VERSION = "1.0.0"


@lru_cache(maxsize=4)
def document(base_url: str) -> JsonSchema:
    """The document for a system at this address. It is kept: do not change it."""
    paths: dict[str, JsonSchema] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": "APOA",
            "version": API_VERSION,
            "summary": "A lodging's own system reports its foreign guests, with certainty.",
            "description": DESCRIPTION,
        },
        "externalDocs": {"url": f"{base_url}/api/docs", "description": "Guides and error codes"},
        "servers": [{"url": f"{base_url}{PREFIX}"}],
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": paths,
        "webhooks": sent_webhooks(),
        "components": {
            "schemas": schemas(),
            "headers": headers.HEADERS,
            "parameters": {"Idempotency-Key": _parameter(failures.IDEMPOTENCY_KEY)},
            # No operation answers so: it is what an address says to a method that it lacks.
            "responses": {"MethodNotAllowed": _problem("", 405, ["method-not-allowed"])},
            "examples": {
                code: {"value": failures.example_of(code, base_url)}
                for code in sorted(API_PROBLEMS)
            },
            "securitySchemes": _security_schemes(base_url),
        },
    }


def _security_schemes(base_url: str) -> JsonSchema:
    return {
        "key": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key (apoa_live_… or apoa_test_…) or a token of one hour.",
        },
        "token": {
            "type": "oauth2",
            "description": "A token of one hour for a key's client id and secret.",
            "flows": {
                "clientCredentials": {
                    "tokenUrl": f"{base_url}{PREFIX}/oauth/token",
                    "scopes": {scope: SCOPE_WORDS[scope] for scope in ALL_SCOPES},
                }
            },
        },
    }


def _operation(operation: Operation) -> JsonSchema:
    made: JsonSchema = {
        "operationId": operation.operation_id,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
        "security": _security(operation.needs),
        "responses": _responses(operation),
    }
    parameters: list[JsonSchema] = [_parameter(one) for one in operation.parameters]
    if operation.takes_idempotency_key:
        parameters.append({"$ref": "#/components/parameters/Idempotency-Key"})
    if parameters:
        made["parameters"] = parameters
    if operation.body is not None:
        examples = {name: {"value": one} for name, one in operation.body.examples.items()}
        content = {"schema": dict(operation.body.schema), "examples": examples}
        made["requestBody"] = {
            "required": operation.body.required,
            "content": dict.fromkeys(operation.body.media_types, content),
        }
    return made


def _security(needs: str) -> list[JsonSchema]:
    if needs == OPEN:
        return []
    scopes = [] if needs == ANY_KEY else [needs]
    return [{"key": scopes}, {"token": scopes}]


def _parameter(parameter: Parameter) -> JsonSchema:
    made: JsonSchema = {
        "name": parameter.name,
        "in": parameter.where,
        "required": parameter.required,
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }
    if parameter.example is not None:
        made["example"] = parameter.example
    return made


def _responses(operation: Operation) -> JsonSchema:
    made = {str(one.status): _answer(operation, one) for one in operation.answers}
    for status, codes in failures.by_status(failures.codes_of(operation)).items():
        made[str(status)] = _problem(operation.method, status, codes)
    return dict(sorted(made.items()))


def _answer(operation: Operation, answer: Answer) -> JsonSchema:
    names = list(answer.headers)
    if answer.status == 200 and answer.content:
        names += headers.DATA_HEADERS
    elif answer.status < 300 and answer.content:
        # Packed only with 200; the words of warnings are in the caller's language on both.
        names.append("Vary")
    if operation.takes_idempotency_key and answer.status < 300:
        names.append("Idempotency-Replayed")
    made: JsonSchema = {
        "description": answer.description,
        "headers": _headers(names),
    }
    if answer.content:
        made["content"] = {
            media_type: {"schema": dict(schema)} | _examples(media_type, answer.examples)
            for media_type, schema in answer.content.items()
        }
    if answer.links:
        made["links"] = {
            name: {
                "operationId": link.operation_id,
                "parameters": dict(link.parameters),
                "description": link.description,
            }
            for name, link in answer.links.items()
        }
    return made


def _examples(media_type: str, examples: Mapping[str, Any]) -> JsonSchema:
    if "json" not in media_type or not examples:
        return {}
    return {"examples": {name: {"value": value} for name, value in examples.items()}}


def _problem(method: str, status: int, codes: list[str]) -> JsonSchema:
    names = headers.headers_of_problem(method, status, codes)
    title = API_PROBLEMS[codes[0]].title.english
    return {
        "description": f"{title}: {', '.join(codes)}.",
        "headers": _headers(names),
        "content": {
            failures.PROBLEM_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {code: {"$ref": f"#/components/examples/{code}"} for code in codes},
            }
        },
        "x-codes": codes,
    }


def _headers(names: Iterable[str]) -> JsonSchema:
    every = (*headers.ALWAYS, *names)
    return {name: {"$ref": f"#/components/headers/{name}"} for name in every}
