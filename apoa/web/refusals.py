"""With which status a page answers what an act refused."""

from apoa.base.errors import InvalidInput, Refused


def status_of(error: Refused) -> int:
    """422 for what was typed, 409 for the state in which the thing is by now."""
    return 422 if isinstance(error, InvalidInput) else 409
