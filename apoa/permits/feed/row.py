"""One permit as a feed says it: what a row or an item becomes once it is read."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class PermitRow:
    """A permit and its holder. Dates are days, the last one inclusive; birth_date may be partial.

    `issuing_state` is that of the holder's document: with `number` it names the permit. At least
    one of the names is there. `kind` is empty only where `index_code` says it. `issuing_office` is
    a code or a name as it was sent; `previous_documents` are older ones of the same holder.
    """

    number: str = field(repr=False)
    issuing_state: str
    kind: str | None
    index_code: str | None
    niora: str | None = field(repr=False)
    surname: str | None = field(repr=False)
    given_names: str | None = field(repr=False)
    sex: str | None
    birth_date: str = field(repr=False)
    nationality: str
    valid_from: date | None
    valid_until: date
    entered_on: date | None
    status: str
    status_on: date | None
    sponsor: str | None = field(repr=False)
    region_code: str | None
    issuing_office: str | None
    document_number: str | None = field(repr=False)
    document_expires_on: date | None
    previous_documents: tuple[str, ...] = field(repr=False)
