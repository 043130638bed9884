"""The headers of every answer: no inline code, no framing, no caching of personal data."""

from flask import Flask, g, request
from werkzeug.wrappers import Response

from apoa.web.api_calls import is_api_call
from apoa.web.local_path import local_path

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
        "worker-src 'self'",
    )
)
# A file or JSON is no page: what only pages obey is left out, half a kilobyte on a thin line.
FILE_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'"
FILE_HEADERS = {
    "Content-Security-Policy": FILE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PAGE_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


def register_security_headers(app: Flask, *, https: bool) -> None:
    """Adds the headers after each request."""

    def add(response: Response) -> Response:
        headers = response.headers
        is_file = request.endpoint == "static" and response.status_code < 400
        is_page = not is_file and not is_api_call(request)
        headers.update(PAGE_HEADERS if is_page else FILE_HEADERS)
        if is_file:
            del headers["Content-Disposition"]  # its name stands in the address
        else:
            headers.setdefault("Referrer-Policy", "same-origin")
            headers["X-Request-Id"] = g.get("request_id", "")
        if response.location and response.location.startswith(request.host_url):
            # A path alone: the Host header, which a stranger may set, leads nobody away.
            path = response.location.removeprefix(request.host_url)
            headers["Location"] = local_path(f"/{path}", "/")
        if request.endpoint != "static":
            # Only what says aloud that it is for everybody may be kept.
            if not response.cache_control.public:
                headers["Cache-Control"] = "no-store"
        elif "v" in request.args:
            # The address carries the content's fingerprint: it never changes.
            headers["Cache-Control"] = "public, max-age=31536000, immutable"
        if https:
            headers["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
        return response

    app.after_request(add)
