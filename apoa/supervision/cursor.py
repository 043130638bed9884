"""Where a page of hits begins: a place in the order, so that new reports shift nothing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from apoa.base.errors import NotFound

_LENGTH = len("n20261121") + 32


@dataclass(frozen=True)
class Cursor:
    """The hits after (or, with `backwards`, before) the stay with this arrival day and id."""

    backwards: bool
    checked_in_on: date
    stay_id: UUID

    def __str__(self) -> str:
        """The form that stands in an address: a direction, a day and a stay's id, no person."""
        direction = "p" if self.backwards else "n"
        return f"{direction}{self.checked_in_on:%Y%m%d}{self.stay_id.hex}"


def read_cursor(text: str | None) -> Cursor | None:
    """The cursor of an address; None for the first page. Raises NotFound for anything else."""
    if not text:
        return None
    try:
        if len(text) != _LENGTH or text[0] not in "np":
            raise ValueError
        day = date(int(text[1:5]), int(text[5:7]), int(text[7:9]))
        return Cursor(text[0] == "p", day, UUID(hex=text[9:]))
    except ValueError:
        raise NotFound("cursor") from None
