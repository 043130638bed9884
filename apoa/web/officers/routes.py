"""What all officers share: their home, colleagues, the audit."""

from apoa.web.officers import audit, home, people  # noqa: F401 - each registers its pages
