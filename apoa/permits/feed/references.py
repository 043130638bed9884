"""What a permit of a feed refers to: index codes, offices and regions that are known here."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.base.names import fold
from apoa.db.base import session
from apoa.offices.models import Office, Region
from apoa.permits.table_models import PermitIndex

_OFFICE_WORDS = ("KANTOR IMIGRASI ", "KANIM ")
# The digits of a code as some registers write it, without points: so many for each part.
_PARTS_OF = {2: (2,), 4: (2, 4), 6: (2, 4, 6), 10: (2, 4, 6, 10)}


class References:
    """Looked up once for each feed; regions as they come up."""

    def __init__(self) -> None:
        rows = session().execute(select(PermitIndex.code, PermitIndex.kind))
        self._kinds: dict[str, str] = {row.code: row.kind for row in rows}
        self._offices: dict[str, UUID] = {}
        offices = session().execute(
            select(Office.id, Office.code, Office.name).where(Office.id != SANDBOX_OFFICE_ID)
        )
        for office_id, code, name in offices:
            self._offices |= {_office(code): office_id, _office(name): office_id}
        self._regions: dict[str, bool] = {}

    def kind_of(self, index_code: str) -> str | None:
        """The kind of permit that an index code stands for; None for an unknown code."""
        return self._kinds.get(index_code)

    def office_of(self, text: str) -> UUID | None:
        """The office with this code or name, with or without "Kantor Imigrasi" in front."""
        return self._offices.get(_office(text))

    def region_of(self, text: str) -> str | None:
        """The region with this code, with or without its points. Ask `look_up` first."""
        code = _region(text)
        return code if self._regions.get(code) else None

    def look_up(self, regions: Iterable[str | None]) -> None:
        """Finds out which of these are regions, in one question for all that are new."""
        asked = {_region(one) for one in regions if one} - self._regions.keys()
        if asked:
            known = set(session().scalars(select(Region.code).where(Region.code.in_(asked))))
            self._regions |= {one: one in known for one in asked}


def _office(text: str) -> str:
    name = fold(text)
    for word in _OFFICE_WORDS:
        name = name.removeprefix(word)
    return name


def _region(text: str) -> str:
    digits = text.strip()
    ends = _PARTS_OF.get(len(digits)) if digits.isascii() and digits.isdigit() else None
    if ends is None:
        return digits[:13]
    starts = (0, *ends[:-1])
    return ".".join(digits[start:end] for start, end in zip(starts, ends, strict=True))
