"""Whether a guest's name could stand in a machine-readable zone as it was read there."""

from collections.abc import Iterator
from unicodedata import name as name_of

from apoa.base.errors import Problem
from apoa.base.mrz import MrzReading
from apoa.base.names import spellings
from apoa.stays.content import Guest


def disagreement(pointer: str, given: str, read: str) -> Problem:
    """The warning that a field of the report says one thing and the zone another."""
    field = pointer.rpartition("/")[2]
    return Problem(pointer, "mrz-disagrees", {"field": field, "given": given, "read": read})


def check_mrz_names(guest: Guest, reading: MrzReading) -> Iterator[Problem]:
    """Where the names differ in every spelling, and whether the zone may have cut them."""
    differ = [
        (pointer, given, read)
        for pointer, given, read in _name_pairs(guest, reading)
        if given and read and not _same_name(given, read, reading.name_truncated)
    ]
    yield from (disagreement(*one) for one in differ)
    if reading.name_truncated and not differ and _is_as_short(guest, reading):
        yield Problem("/guest", "mrz-name-truncated")


def _name_pairs(
    guest: Guest, reading: MrzReading
) -> tuple[tuple[str, str | None, str | None], ...]:
    pairs = (
        ("/guest/surname", guest.surname, reading.surname),
        ("/guest/given_names", guest.given_names, reading.given_names),
    )
    if not guest.mononym and not reading.mononym:
        return pairs
    # A single name stands in either box, so only the whole can be compared.
    pointer = "/guest/surname" if guest.surname else "/guest/given_names"
    given, read = (" ".join(filter(None, parts)) for parts in list(zip(*pairs, strict=True))[1:])
    return ((pointer, given, read),)


def _same_name(given: str, read: str, truncated: bool) -> bool:
    """Whether a name could stand so in a zone, in any of the spellings that states use."""
    written = {one for one in spellings("".join(given.split())) if one.isascii()}
    # Nothing can be said of scripts that the standard's tables do not spell as states do.
    if not written or any("ARABIC" in name_of(char, "") for char in given):
        return True
    if written & spellings("".join(read.split())):
        return True
    return truncated and _could_be_cut(given, read)


def _could_be_cut(given: str, read: str) -> bool:
    """Whether each word read is the beginning of a word given, in the same order."""
    words = iter(given.replace("-", " ").split())
    # The search for each word goes on behind the one where the last was found.
    return all(
        any(spelling.startswith(cut) for word in words for spelling in spellings(word))
        for cut in read.split()
    )


def _is_as_short(guest: Guest, reading: MrzReading) -> bool:
    given = f"{guest.surname or ''}{guest.given_names or ''}"
    read = f"{reading.surname or ''}{reading.given_names or ''}"
    return len(given.replace(" ", "")) <= len(read.replace(" ", ""))
