"""Reads the reason of an act: clean text, needed where an act asks for one."""

from apoa.base.errors import InvalidInput
from apoa.base.names import clean_text

LONGEST_REASON = 500


def read_reason(text: str | None, *, needed: bool = False) -> str | None:
    """The reason as it is kept; None for nothing. Raises InvalidInput at "/reason"."""
    try:
        reason = clean_text(text or "")
    except ValueError:
        raise InvalidInput.because("control-character", "/reason") from None
    if needed and not reason:
        raise InvalidInput.because("required", "/reason")
    if len(reason) > LONGEST_REASON:
        raise InvalidInput.because("too-long", "/reason", max=str(LONGEST_REASON))
    return reason or None
