"""Invented permits for tests, and looks behind the scope."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from apoa.base.clock import now
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.permits.content import DocumentContent, PermitContent
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import Upserted, upsert_permits
from tests.cast import EVERYWHERE

PASSPORT = DocumentContent("L898902C3", "SWE", date(2030, 4, 15))


def permit(**changes: Any) -> PermitContent:
    """A work permit of 2026 with one passport; `changes` replace what they name."""
    values: dict[str, Any] = {
        "number": "2C11 JE 0001-X",
        "issuing_state": "SWE",
        "kind": "itas",
        "index_code": "E23",
        "niora": "N000001",
        "surname": "ANDERSSON",
        "given_names": "ANNA MARIA",
        "sex": "F",
        "birth_date": "1974-08-12",
        "nationality": "SWE",
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2026, 12, 31),
        "entered_on": date(2026, 1, 1),
        "sponsor": "PT Contoh",
        "region_code": "17.71",
        "documents": (PASSPORT,),
    }
    return PermitContent(**(values | changes))


def store(
    *contents: PermitContent, as_of: Any = None, feed_id: UUID | None = None
) -> list[Upserted]:
    """Takes permits over as a feed does."""
    with scope(EVERYWHERE):
        return upsert_permits(contents, UpsertSource(feed_id, as_of or now()))


def rows(statement: str, **values: Any) -> list[Any]:
    """The rows of a statement, whoever acts."""
    with scope(EVERYWHERE):
        found = list(db.session.execute(text(statement), values))
        db.session.rollback()
    return found


def jobs() -> list[dict[str, Any]]:
    """The arguments of the waiting jobs of the cross-check of permits, oldest first."""
    found = rows(
        "SELECT args FROM procrastinate_jobs WHERE task_name = 'cross_check_permits' ORDER BY id"
    )
    return [row[0] for row in found]
