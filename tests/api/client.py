"""A caller of the API under test."""

from typing import Any
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from apoa.access.key_text import KeyText
from apoa.api.blueprint import PREFIX

PROBLEM_TYPE = "application/problem+json"


class ApiClient:
    """Sends requests with a key; paths are below `/api/v1`.

    `lodging` is the path of lodging A. `headers` are sent with each request and may be changed.
    """

    def __init__(self, app: Flask, key: KeyText | None, property_id: UUID) -> None:
        self.app = app
        self.key = key
        self.property_id = property_id
        self.lodging = f"/properties/{property_id}"
        self.headers = {"Accept-Language": "en"}
        if key is not None:
            self.headers["Authorization"] = f"Bearer {key.text}"

    def send(self, method: str, path: str, **kwargs: Any) -> TestResponse:
        """Any request; headers given as None are left out."""
        headers = self.headers | (kwargs.pop("headers", None) or {})
        kept = {name: value for name, value in headers.items() if value is not None}
        client = self.app.test_client(use_cookies=False)
        answer: TestResponse = client.open(PREFIX + path, method=method, headers=kept, **kwargs)
        return answer

    def get(self, path: str, **kwargs: Any) -> TestResponse:
        """A GET."""
        return self.send("GET", path, **kwargs)

    def post(self, path: str, json: Any = None, **kwargs: Any) -> TestResponse:
        """A POST of a JSON value."""
        if json is not None:
            kwargs["json"] = json
        return self.send("POST", path, **kwargs)

    def patch(self, path: str, json: Any = None, **kwargs: Any) -> TestResponse:
        """A PATCH with a JSON value."""
        return self.send("PATCH", path, json=json, **kwargs)

    def delete(self, path: str, **kwargs: Any) -> TestResponse:
        """A DELETE."""
        return self.send("DELETE", path, **kwargs)


def assert_problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """It is a whole problem of this code; gives its body."""
    body: dict[str, Any] = response.get_json(force=True)
    assert (response.status_code, body.get("code")) == (status, code), body
    assert response.mimetype == PROBLEM_TYPE
    assert body["status"] == status
    assert body["type"].endswith(f"/api/docs/errors/{code}")
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response.headers["X-Request-Id"]
    assert "Content-Language" in response.headers
    return body
