"""The error by which a view or the belt ends a request with a problem of its own."""

from collections.abc import Mapping
from typing import Any

from apoa.base.errors import ApoaError


class ApiFault(ApoaError):
    """A problem by its code (api/problems.py); `params` fill its words.

    `headers` and `members` are added to the answer and to its body.
    """

    def __init__(
        self,
        code: str,
        *,
        headers: Mapping[str, str] | None = None,
        members: Mapping[str, Any] | None = None,
        **params: str,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.headers = dict(headers or {})
        self.members = dict(members or {})
