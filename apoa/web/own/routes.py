"""One's own account: facts, password, address, sessions."""

from apoa.web.own import account, sessions  # noqa: F401 - each registers its pages
