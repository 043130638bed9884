"""Reads the permits of holders: the one a stay is matched to, and others of that person."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import text

from apoa.crosscheck.rules.facts import PermitFacts
from apoa.db.base import session

PERMIT_COLUMNS = """
  p.id, p.kind, p.nationality, p.valid_until, p.status, p.status_on, p.valid_from, p.index_code,
  p.entered_on, p.region_code, p.issuing_office_id
"""
# Permits of one person share a document, and the date of birth that goes with it.
_PERMITS = text(
    f"""
SELECT p.id AS asked, {PERMIT_COLUMNS} FROM permits p WHERE p.id = ANY (CAST(:ids AS uuid[]))
UNION
SELECT asked.id, {PERMIT_COLUMNS}
FROM permits asked
JOIN permit_documents a ON a.permit_id = asked.id
JOIN permit_documents b ON b.number_blind = a.number_blind AND b.permit_id <> a.permit_id
JOIN permits p ON p.id = b.permit_id AND p.birth_date = asked.birth_date
WHERE asked.id = ANY (CAST(:ids AS uuid[]))
AND coalesce(b.issuing_state, '') = coalesce(a.issuing_state, '')
"""  # noqa: S608 - columns of our own
)


def read_holder_permits(permit_ids: Iterable[UUID]) -> dict[UUID, tuple[PermitFacts, ...]]:
    """By permit all permits of its holder, that one first."""
    ids = sorted(set(permit_ids))
    if not ids:
        return {}
    found: dict[UUID, list[PermitFacts]] = defaultdict(list)
    for asked, *columns in session().execute(_PERMITS, {"ids": ids}):
        found[asked].append(permit_facts(columns))
    return {
        asked: tuple(sorted(permits, key=lambda one: (one.permit_id != asked, one.permit_id)))
        for asked, permits in found.items()
        if any(one.permit_id == asked for one in permits)
    }


def permit_facts(columns: Iterable[Any]) -> PermitFacts:
    """A permit from `PERMIT_COLUMNS`, which are in the order of its fields."""
    return PermitFacts(*columns)
