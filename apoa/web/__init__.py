"""F8: the HTML pages."""

from flask import Flask

from apoa.web.areas import open_areas
from apoa.web.compression import register_compression
from apoa.web.error_pages import register_error_pages
from apoa.web.locale import register_locale
from apoa.web.navigation import register_navigation
from apoa.web.page_sessions import PageSessions
from apoa.web.request_actor import register_request_actor
from apoa.web.security_headers import register_security_headers
from apoa.web.site import AREAS
from apoa.web.ui import register_ui


def register_web(app: Flask, *, https: bool) -> None:
    """Everything a page needs, in the order in which a request meets it."""
    app.session_interface = PageSessions()
    register_compression(app)
    register_locale(app)
    register_request_actor(app)
    register_security_headers(app, https=https)
    register_ui(app)
    register_navigation(app)
    register_error_pages(app)
    open_areas(app, AREAS)
