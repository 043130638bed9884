"""Where a page of findings begins: a place in their order, so that new ones shift nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from apoa.base.errors import NotFound

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ID = 32
_LONGEST = _ID + 18


@dataclass(frozen=True)
class FindingCursor:
    """The findings that were opened before this one."""

    opened_at: datetime
    finding_id: UUID

    def __str__(self) -> str:
        """The form that stands in an address: an instant and a finding's id."""
        return f"{(self.opened_at - _EPOCH) // _MICROSECOND}-{self.finding_id.hex}"


def read_finding_cursor(text: str | None) -> FindingCursor | None:
    """The cursor of an address; None for the first page. Raises NotFound for anything else."""
    if not text:
        return None
    instant, _, finding_id = text.partition("-")
    if not (instant.isascii() and instant.isdigit() and len(finding_id) == _ID):
        raise NotFound("cursor")
    if len(text) > _LONGEST:
        raise NotFound("cursor")
    try:
        return FindingCursor(_EPOCH + int(instant) * _MICROSECOND, UUID(hex=finding_id))
    except (ValueError, OverflowError):
        raise NotFound("cursor") from None
