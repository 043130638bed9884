"""Pages for the developers of lodgings' own systems: guides, every call, every error code."""

from flask import Blueprint

from apoa.web.docs.markdown import render_line

blueprint = Blueprint("docs", __name__)
blueprint.add_app_template_filter(render_line, "inline_markdown")

from apoa.web.docs import (  # noqa: E402, F401 - the routes need the blueprint
    calls,
    error_codes,
    guides,
)
