"""The signed cookie of the pages: the form's token, the language, what a page says once."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from apoa.web.api_calls import is_api_call


class PageSessions(SecureCookieSessionInterface):
    """Sessions for all but the API: its callers show a key, and a cookie of theirs is not read."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """None for a call of the API: nothing can be kept there."""
        if is_api_call(request):
            return None
        return super().open_session(app, request)
