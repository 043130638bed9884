"""How common each word of a name is among permit holders: counted at night, kept in the process."""

import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from apoa.base.clock import now
from apoa.crosscheck.matching.frequencies import NameFrequencies, counted_words
from apoa.crosscheck.matching.person import Person
from apoa.crosscheck.models import NameCount
from apoa.db.base import session
from apoa.db.bulk import NewRows, insert_rows
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.permits.models import Permit

_KEEP_SECONDS = 120.0
_LOOK_SECONDS = 60.0
_SMALLEST = 500
_EVERYBODY = ""
# A word that only one bears is as good as unknown, and most words are such.
_FEWEST = 2
_MANY = 0.3
_AT_ONCE = 5000
_LONGEST = 150


@dataclass
class _Kept:
    frequencies: NameFrequencies | None = None
    read_at: float = 0.0
    looked_at: float = -_LOOK_SECONDS


_kept = _Kept()


def name_frequencies() -> NameFrequencies:
    """The counts as they were at most two minutes ago. The scope must show them."""
    moment = time.monotonic()
    if _kept.frequencies is None or moment - _kept.read_at > _KEEP_SECONDS:
        rows = session().execute(select(NameCount.token, NameCount.holders))
        counts = {row.token: row.holders for row in rows}
        total = counts.pop(_EVERYBODY, 0)
        found = NameFrequencies.from_counts(counts, total)
        if not total:
            return found  # Nothing is counted yet: asked again each time, till something is.
        _kept.frequencies, _kept.read_at = found, moment
    return _kept.frequencies


def forget_name_frequencies() -> None:
    """The next check reads the counts anew, and the next lot of permits looks at once."""
    _kept.frequencies, _kept.looked_at = None, -_LOOK_SECONDS


def count_names_if_grown() -> bool:
    """Counts anew when the register has twice as many holders as were counted; says whether.

    Otherwise the first feed would be judged as if every name in it were rare. For the worker,
    after each lot of permits; looks once a minute.
    """
    moment = time.monotonic()
    if moment - _kept.looked_at < _LOOK_SECONDS:
        return False
    _kept.looked_at = moment
    with unit_of_work(), scope_everywhere("cross-check"):
        counted = session().scalar(select(NameCount.holders).where(NameCount.token == _EVERYBODY))
        enough = max(2 * (counted or 0), _SMALLEST)
        some = select(Permit.id).limit(enough).subquery()
        has_grown = session().scalar(select(func.count()).select_from(some)) == enough
    if has_grown:
        count_names()
    return has_grown


def count_names_at_night() -> bool:
    """Counts anew; whether so much of the register is new that all stays need another look.

    What was checked while a large feed came in was judged by the names before it.
    """
    total = count_names()
    with unit_of_work(), scope_everywhere("cross-check"):
        since = now() - timedelta(hours=25)
        fresh = session().scalar(
            select(func.count()).select_from(Permit).where(Permit.created_at > since)
        )
    return (fresh or 0) > _SMALLEST and (fresh or 0) > total * _MANY


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
    _kept.frequencies = None
    return total
