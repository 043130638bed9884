"""Decides how a region is found by typing part of its name.

Words of names are found through a full-text index of PostgreSQL (`ix_regions_words`), which every
server has. A plain index finds only how a name begins, and an index in memory would be built, kept
and become stale in every web worker. A search takes one or two milliseconds on all 91,599 regions,
a few for two letters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    func,
    literal_column,
    select,
    true,
)
from sqlalchemy.orm import aliased

from apoa.db.base import session
from apoa.offices.models import Region
from apoa.offices.queries import find_region_paths
from apoa.offices.regions import RegionLevel, fold_region_name, is_region_code, region_level

LONGEST_QUERY = 100
_MOST_WORDS = 8
_SIMPLE: ColumnElement[str] = literal_column("'simple'::regconfig")
_LEVEL_NUMBER = {level: number for number, level in enumerate(RegionLevel, start=1)}
_AROUND = (2, 5, 8)  # how long the codes of province, regency and district are


@dataclass(frozen=True)
class FoundRegion:
    """A region as it is offered for choosing; `path` has the names from the province down."""

    code: str
    level: RegionLevel
    path: tuple[str, ...]

    @property
    def label(self) -> str:
        """The region's own name, then those around it: "Anggut Atas, Ratu Samban, ..."."""
        return ", ".join(reversed(self.path))


def search_regions(
    text: str, *, levels: Iterable[RegionLevel] = RegionLevel, limit: int = 20
) -> list[FoundRegion]:
    """The regions that have a word beginning as typed; of several words, each must be found.

    One of the words must be of the region's own name, the others may be of a region around it
    ("sukajadi bandung"). Whole names come first, then names that begin with the text, then wider
    regions before narrower ones. A code finds its region.
    """
    typed = text.strip()[:LONGEST_QUERY]
    wanted = set(levels)
    if is_region_code(typed):
        return _described([typed] if region_level(typed) in wanted else [])
    words = fold_region_name(typed).split()[:_MOST_WORDS]
    if not words:
        return []
    numbers = sorted(_LEVEL_NUMBER[level] for level in wanted)
    return _described(session().scalars(_statement(words, numbers).limit(limit)).all())


def _statement(words: Sequence[str], levels: Sequence[int]) -> Select[str]:
    own_words = func.to_tsvector(_SIMPLE, Region.name_folded)
    any_word = func.to_tsquery(_SIMPLE, " | ".join(f"'{word}':*" for word in words))
    typed = " ".join(words)
    statement = select(Region.code).where(own_words.op("@@")(any_word), Region.level.in_(levels))
    if len(words) > 1:
        statement = _with_every_word(statement, words)
    return statement.order_by(
        (Region.name_folded == typed).desc(),
        Region.name_folded.startswith(typed, autoescape=True).desc(),
        Region.level,
        func.length(Region.name_folded),
        Region.code,
    )


def _with_every_word(statement: Select[str], words: Sequence[str]) -> Select[str]:
    names: list[SQLColumnExpression[str]] = [Region.name_folded]
    for length in _AROUND:
        around = aliased(Region)
        # A lateral lookup by key for each hit: hashing all regions would take far longer.
        name = (
            select(around.name_folded)
            .where(around.code == func.left(Region.code, length))
            .offset(0)
            .lateral()
        )
        statement = statement.outerjoin(name, true())
        names.append(name.c.name_folded)
    whole = func.concat_ws(" ", "", *names)
    return statement.where(*(whole.contains(f" {word}", autoescape=True) for word in words))


def _described(codes: Sequence[str]) -> list[FoundRegion]:
    paths = find_region_paths(codes)
    return [FoundRegion(code, region_level(code), paths[code]) for code in codes if code in paths]
