"""Reads the tables of permits: lengths of index codes, names of kinds, lists of nationalities."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from apoa.db.base import session
from apoa.db.core import rows_of
from apoa.permits.rules import LengthRule
from apoa.permits.table_models import NationalityListEntry, PermitIndex, PermitKindName

Span = tuple[date, date | None]
_SPANS = select(
    NationalityListEntry.list,
    NationalityListEntry.nationality,
    NationalityListEntry.effective_from,
    NationalityListEntry.effective_until,
).order_by(NationalityListEntry.effective_from)


def length_rules() -> list[LengthRule]:
    """Every row of the table of index codes."""
    return [
        LengthRule(
            code=row.code,
            kind=row.kind,
            effective_from=row.effective_from,
            effective_until=row.effective_until,
            first_days=row.first_days,
            first_months=row.first_months,
            extension_days=row.extension_days,
            extension_months=row.extension_months,
            most_extensions=row.most_extensions,
            most_days=row.most_days,
        )
        for row in session().scalars(select(PermitIndex))
    ]


def kind_of_index() -> dict[str, str]:
    """For each index code the kind of permit that it is of, by its latest row."""
    rows = session().execute(
        select(PermitIndex.code, PermitIndex.kind).order_by(PermitIndex.effective_from)
    )
    return {row.code: row.kind for row in rows}


def list_kinds() -> Sequence[PermitKindName]:
    """The kinds of permit with their names, as stored."""
    return session().scalars(select(PermitKindName).order_by(PermitKindName.code)).all()


def nationality_spans() -> dict[tuple[str, str], tuple[Span, ...]]:
    """By list and nationality: from which day to which last day (inclusive) it was listed."""
    session().flush()
    spans: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for name, nationality, effective_from, effective_until in rows_of(_SPANS):
        spans[name, nationality].append((effective_from, effective_until))
    return {key: tuple(found) for key, found in spans.items()}
