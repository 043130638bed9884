"""How common each word of a name is among permit holders: counted at night, kept in the process."""

import time
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from apoa.crosscheck.matching.frequencies import NameFrequencies, counted_words
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.models import NameCount
from apoa.db.base import session
from apoa.db.bulk import NewRows, insert_rows
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.models import Permit

_KEEP_SECONDS = 600.0
_EVERYBODY = ""
# A word that only one bears is as good as unknown, and most words are such.
_FEWEST = 2
_AT_ONCE = 5000
_LONGEST = 150


@dataclass
class _Kept:
    frequencies: NameFrequencies | None = None
    read_at: float = 0.0


_kept = _Kept()


def name_frequencies() -> NameFrequencies:
    """The counts as they were at most ten minutes ago. The scope must show them."""
    moment = time.monotonic()
    if _kept.frequencies is None or moment - _kept.read_at > _KEEP_SECONDS:
        rows = session().execute(select(NameCount.token, NameCount.holders))
        counts = {row.token: row.holders for row in rows}
        total = counts.pop(_EVERYBODY, 0)
        _kept.frequencies = NameFrequencies.from_counts(counts, total)
        _kept.read_at = moment
    return _kept.frequencies


def forget_name_frequencies() -> None:
    """The next check reads the counts anew."""
    _kept.frequencies = None


def count_names() -> int:
    """Counts the words of all holders' names anew; gives the number of holders. For the worker."""
    counts: Counter[str] = Counter()
    with unit_of_work(), scope_everywhere("cross-check"):
        total = session().scalar(select(func.count()).select_from(Permit)) or 0
        names = session().execute(
            select(Permit.surname, Permit.given_names, Permit.nationality).execution_options(
                yield_per=_AT_ONCE
            )
        )
        for surname, given_names, nationality in names:
            person = Person(surname=surname, given_names=given_names, nationality=nationality)
            counts.update(counted_words(person))
        rows = [
            {"token": token, "holders": holders}
            for token, holders in counts.items()
            if holders >= _FEWEST and len(token) <= _LONGEST
        ]
        session().execute(delete(NameCount))
        rows.append({"token": _EVERYBODY, "holders": total})
        for start in range(0, len(rows), _AT_ONCE):
            insert_rows(NewRows(NameCount, rows[start : start + _AT_ONCE]))
    forget_name_frequencies()
    return total
