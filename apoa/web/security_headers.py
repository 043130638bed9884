"""The headers of every answer: no inline code, no framing, no caching of personal data."""

from flask import Flask, g, request
from werkzeug.wrappers import Response

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


def register_security_headers(app: Flask, *, https: bool) -> None:
    """Adds the headers after each request."""

    def add(response: Response) -> Response:
        headers = response.headers
        headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
        headers["X-Content-Type-Options"] = "nosniff"
        headers["X-Frame-Options"] = "DENY"
        headers.setdefault("Referrer-Policy", "same-origin")
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=()"
        headers["X-Request-Id"] = g.get("request_id", "")
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
