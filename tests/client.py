"""A test browser that parses every page strictly and can sign in and post forms."""

import re
from typing import Any
from uuid import UUID

import html5lib
from flask import has_app_context
from flask.testing import FlaskClient
from flask_babel import refresh
from sqlalchemy import select
from werkzeug.test import TestResponse

from apoa.access.models import User
from apoa.access.sessions import open_session
from apoa.db.base import db

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
# What the HTML parser may grumble about without a person noticing.
_TOLERATED: frozenset[str] = frozenset()


class PageClient(FlaskClient):
    """Each answered page must be HTML without a fault, in a language, with one main heading."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Any request."""
        if has_app_context():
            # A test holds one application context open, and the language is kept in it.
            refresh()
        response = super().open(*args, **kwargs)
        packed = "Content-Encoding" in response.headers
        if (
            response.mimetype == "text/html"
            and not packed
            and response.status_code not in (301, 302, 303, 308)
        ):
            check_page(response.get_data(as_text=True), partial=_is_partial(kwargs))
        return response

    def sign_in_as(self, user_id: UUID) -> None:
        """Gives this browser a session of the person, without the sign-in page."""
        user = db.session.scalars(select(User).where(User.id == user_id)).one()
        token = open_session(user, absolute_hours=1, user_agent="test", address="127.0.0.1")
        self.set_cookie("apoa", token, domain="localhost")

    def post_form(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """Posts fields with the CSRF token of this browser."""
        return self.post(path, data={"csrf_token": self.csrf_token(), **(data or {})}, **kwargs)

    def csrf_token(self) -> str:
        """A CSRF token of this browser's form session."""
        found = _TOKEN.search(self.get("/receipts/").get_data(as_text=True))
        assert found is not None, "no page gave a CSRF token"
        return found.group(1)


def _is_partial(kwargs: dict[str, Any]) -> bool:
    headers = kwargs.get("headers") or {}
    return "HX-Request" in dict(headers)


def check_page(page: str, *, partial: bool = False) -> None:
    """Fails on faulty HTML, inline code, a missing language, title or main heading."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parseFragment(page) if partial else parser.parse(page)
    faults = [str(error[1]) for error in parser.errors if error[1] not in _TOLERATED]
    assert not faults, f"faulty HTML: {faults[:5]}"
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page), "inline style or handler"
    assert not re.search(r"<script(?![^>]*\ssrc=)", page), "inline script"
    if not partial:
        assert re.search(r'<html lang="(id|en)"', page)
        assert len(re.findall(r"<h1[\s>]", page)) == 1, "a page has one main heading"
        assert re.search(r"<title>\s*\S", page)
