"""Nobody of a lodging sees or writes a permit: by the ORM alone, by row-level security alone."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, event, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased

from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db import row_filter
from apoa.db.base import Base, db
from apoa.db.row_filter import ForeignRow, OfficersOnly, scoped_classes
from apoa.db.scope import NOTHING, Scope, scope, set_scope
from apoa.permits.feed.models import PermitFeed
from apoa.permits.models import Permit, PermitDocument, PermitHistory
from apoa.permits.queries import (
    find_permit,
    list_permits_by_document,
    list_permits_by_number,
    permit_facts,
)
from apoa.start.embedded import ADMIN, EmbeddedPostgres
from tests.cast import EVERYWHERE, Cast
from tests.permits.support import permit, store

TABLES = [Permit, PermitDocument, PermitHistory, PermitFeed]
ALIAS = aliased(Permit)
# Reached by the ORM's filter.
BY_ORM: dict[str, Callable[[Session], Any]] = {
    "entity": lambda s: s.scalars(select(Permit)).all(),
    "column": lambda s: s.execute(select(Permit.id)).all(),
    "alias": lambda s: s.execute(select(ALIAS.id)).all(),
    "documents": lambda s: s.scalars(select(PermitDocument)).all(),
    "history": lambda s: s.scalars(select(PermitHistory)).all(),
    "feeds": lambda s: s.scalars(select(PermitFeed)).all(),
    "join": lambda s: s.execute(
        select(PermitDocument.number_blind).join(Permit, Permit.id == PermitDocument.permit_id)
    ).all(),
    "count": lambda s: [1] * (s.scalar(select(func.count()).select_from(Permit)) or 0),
    "update": lambda s: [1] * s.execute(update(Permit).values(sponsor="X")).rowcount,
}
BEYOND_ORM: dict[str, Callable[[Session], Any]] = {
    "core": lambda s: s.execute(select(Permit.__table__.c.id)).all(),
    "text": lambda s: s.execute(text("SELECT id FROM permits")).all(),
    "text of documents": lambda s: s.execute(text("SELECT * FROM permit_documents")).all(),
    "text of history": lambda s: s.execute(text("SELECT * FROM permit_history")).all(),
    "text of feeds": lambda s: s.execute(text("SELECT * FROM permit_feeds")).all(),
    "text update": lambda s: [1] * s.execute(text("UPDATE permits SET sponsor = 'X'")).rowcount,
    "text update of documents": (
        lambda s: [1] * s.execute(text("UPDATE permit_documents SET learnt = true")).rowcount
    ),
}
SHAPES = BY_ORM | BEYOND_ORM
LODGING = ["clerk_a", "manager_ab", "stranger"]
READERS = ["insarkom_bengkulu", "supervisor_blitar", "head_bengkulu", "directorate", "auditor"]


@pytest.fixture
def stored(cast: Cast) -> UUID:
    [done] = store(permit())
    with scope(EVERYWHERE):
        feed = PermitFeed(
            id=new_id(),
            state="done",
            kind="csv",
            source="page",
            is_dry_run=False,
            file_bytes=1,
            file_digest=b"x" * 32,
            reading={},
            mapping={},
            created_at=now(),
        )
        db.session.add(feed)
        db.session.commit()
    return done.permit_id


@pytest.fixture
def without_orm_filter() -> Iterator[None]:
    event.remove(Session, "do_orm_execute", row_filter._add_scope)
    yield
    event.listen(Session, "do_orm_execute", row_filter._add_scope)


@pytest.fixture
def unbound(postgres: EmbeddedPostgres) -> Iterator[Session]:
    """A session that row-level security does not bind."""
    engine = create_engine(postgres.url(ADMIN, "tests").replace("postgresql", "postgresql+psycopg"))
    with Session(engine) as session:
        yield session
        session.rollback()
    engine.dispose()


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", LODGING)
def test_a_lodging_sees_and_changes_nothing(
    stored: UUID, cast: Cast, name: str, shape: str
) -> None:
    cast.act_as(name)
    assert list(SHAPES[shape](db.session())) == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.usefixtures("without_orm_filter")
def test_nor_under_row_level_security_alone(stored: UUID, cast: Cast, shape: str) -> None:
    cast.act_as("manager_ab")
    assert list(SHAPES[shape](db.session())) == []


@pytest.mark.parametrize("shape", BY_ORM)
def test_nor_under_the_orm_filter_alone(
    stored: UUID, cast: Cast, unbound: Session, shape: str
) -> None:
    cast.act_as("manager_ab")
    assert list(BY_ORM[shape](unbound)) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_no_scope_shows_nothing(stored: UUID, shape: str) -> None:
    db.session.rollback()
    set_scope(NOTHING)
    assert list(SHAPES[shape](db.session())) == []


@pytest.mark.parametrize("shape", [name for name in SHAPES if "update" not in name])
@pytest.mark.parametrize("name", READERS)
def test_every_officer_reads_the_whole_register(
    stored: UUID, cast: Cast, name: str, shape: str
) -> None:
    cast.act_as(name)
    assert len(list(SHAPES[shape](db.session()))) == 1


@pytest.mark.parametrize("shape", [name for name in SHAPES if "update" in name])
@pytest.mark.parametrize("name", ["directorate", "auditor"])
def test_who_reads_nationally_writes_nothing_without_saying_so(
    stored: UUID, cast: Cast, name: str, shape: str
) -> None:
    cast.act_as(name)
    assert list(SHAPES[shape](db.session())) == []


def test_queries_find_nothing_for_a_lodging(stored: UUID, cast: Cast) -> None:
    cast.act_as("clerk_a")
    assert permit_facts([stored]) == {}
    assert find_permit("2C11JE0001X", "SWE") is None
    assert list_permits_by_number("2C11JE0001X") == []
    assert list_permits_by_document("L898902C3") == []
    assert db.session.get(Permit, stored) is None


def test_a_lodging_cannot_insert(stored: UUID, cast: Cast) -> None:
    cast.act_as("manager_ab")
    row = {
        "permit_id": stored,
        "number_blind": b"x" * 32,
        "number_sealed": b"x",
        "is_current": False,
        "learnt": True,
        "added_at": now(),
    }
    with pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(insert(PermitDocument.__table__), [row])
    db.session.rollback()
    db.session.add(PermitDocument(**row, issuing_state=None, expires_on=None))
    with pytest.raises(ForeignRow):
        db.session.flush()


def test_who_reads_nationally_is_refused_by_the_flush_guard() -> None:
    national = Scope(reads_all=True)
    assert not Permit().is_writable_in(national)
    assert Permit().is_writable_in(Scope(office_ids=frozenset({new_id()})))


def test_every_table_of_permits_is_for_officers_only() -> None:
    guarded = {cls.__table__.name for cls in scoped_classes() if issubclass(cls, OfficersOnly)}
    of_permits = {name for name in Base.metadata.tables if name.startswith("permit")}
    assert of_permits - guarded == {"permit_kinds", "permit_indexes"}
