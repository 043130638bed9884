"""No query shape leaks a foreign row: under the ORM filter, and under row-level security alone.

Each shape asks for stays (or what hangs on them) without naming a lodging. The clerk of lodging A
must get A's rows only. `reached` says whether the ORM filter reaches the shape; where it does
not, row-level security holds alone, and the test proves that it does.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import (
    bindparam,
    create_engine,
    delete,
    event,
    exists,
    func,
    insert,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased, joinedload, relationship, selectinload

from apoa.access.places import get_place, office_names
from apoa.audit.models import AuditRow
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotFound
from apoa.base.ids import SANDBOX_OFFICE_ID, new_id, sandbox_twin
from apoa.db import row_filter
from apoa.db.base import db
from apoa.db.row_filter import (
    ForeignRow,
    OfficeOwned,
    PropertyOwned,
    RowScoped,
    scoped_classes,
)
from apoa.db.scope import NOTHING, Scope, scope, set_scope
from apoa.offices.models import Office
from apoa.offices.queries import get_office, list_offices
from apoa.properties.models import Property
from apoa.start.embedded import ADMIN, EmbeddedPostgres
from apoa.stays.models import Stay, StayNameToken
from tests.cast import EVERYWHERE, Cast

STAY = Stay.__table__
Office.lodgings_for_test = relationship(Property, viewonly=True, order_by=Property.name)
Property.stays_for_test = relationship(Stay, viewonly=True)


def plant(cast: Cast) -> None:
    """One stay with a name token in each lodging."""
    with scope(EVERYWHERE):
        for key in ("property_a", "property_b", "property_c"):
            lodging = db.session.get_one(Property, cast.properties[key])
            stay = make_stay(lodging.id, lodging.office_id)
            db.session.add(stay)
            db.session.flush()
            token = StayNameToken(
                property_id=lodging.id, stay_id=stay.id, office_id=lodging.office_id, token="MAYA"
            )
            db.session.add(token)
        db.session.commit()


def make_stay(property_id: UUID, office_id: UUID) -> Stay:
    moment = now()
    return Stay(
        property_id=property_id,
        id=new_id(),
        office_id=office_id,
        given_names="MAYA",
        mononym=True,
        sex="F",
        birth_date="1990-01-01",
        nationality="MMR",
        document_unavailable_reason="lost",
        checked_in_at=moment,
        checked_in_on=moment.date(),
        expected_departure_on=moment.date(),
        due_at=moment,
        deadline_state="on_time",
        source="web",
        first_received_at=moment,
        updated_at=moment,
    )


@dataclass(frozen=True)
class Shape:
    """A way to ask; `run` gives the lodging ids that it saw."""

    name: str
    run: Callable[[Session], Any]
    reached: bool = True


def ids(rows: Any) -> set[UUID]:
    return {row if isinstance(row, UUID) else row[0] for row in rows}


def by_text(statement: str) -> Callable[[Session], set[UUID]]:
    return lambda s: ids(s.execute(text(statement)))


def lodgings_of_offices(option: Any) -> Callable[[Session], set[UUID]]:
    def run(s: Session) -> set[UUID]:
        offices = s.scalars(select(Office).options(option) if option else select(Office)).unique()
        return {one.id for office in offices for one in office.lodgings_for_test}

    return run


def stays_of_lodgings(option: Any) -> Callable[[Session], set[UUID]]:
    def run(s: Session) -> set[UUID]:
        lodgings = s.scalars(select(Property).options(option)).unique()
        return {stay.property_id for one in lodgings for stay in one.stays_for_test}

    return run


A2 = aliased(Stay)
LATERAL = select(Stay.property_id).where(Stay.office_id == Office.id).lateral("l")
RECURSIVE = select(Stay.property_id).cte("r", recursive=True)
SHAPES = [
    Shape("select entity", lambda s: {x.property_id for x in s.scalars(select(Stay))}),
    Shape("select column", lambda s: ids(s.execute(select(Stay.property_id)))),
    Shape("legacy query", lambda s: {x.property_id for x in s.query(Stay)}),
    Shape("query column", lambda s: ids(s.query(Stay.property_id))),
    Shape("alias", lambda s: ids(s.execute(select(A2.property_id)))),
    Shape("join", lambda s: ids(s.execute(
        select(Property.id).join(Stay, Stay.property_id == Property.id)))),
    Shape("outer join", lambda s: ids(s.execute(
        select(Stay.property_id).select_from(Office)
        .outerjoin(Stay, Stay.office_id == Office.id).where(Stay.id.is_not(None))))),
    Shape("exists", lambda s: ids(s.execute(
        select(Property.id).where(exists().where(Stay.property_id == Property.id))))),
    Shape("exists from unscoped", lambda s: ids(s.execute(
        select(Office.id).where(select(Stay.id).where(Stay.office_id == Office.id).exists())))),
    Shape("scalar subquery", lambda s: ids(s.execute(
        select(select(Stay.property_id).limit(1).scalar_subquery())))),
    Shape("in subquery", lambda s: ids(s.execute(
        select(Stay.property_id).where(Stay.id.in_(select(StayNameToken.stay_id)))))),
    Shape("from subquery", lambda s: ids(s.execute(
        select(select(Stay.property_id).subquery().c.property_id)))),
    Shape("cte", lambda s: ids(s.execute(select(select(Stay.property_id).cte("c").c.property_id)))),
    Shape("recursive cte", lambda s: ids(s.execute(select(RECURSIVE.union(
        select(Stay.property_id).join(RECURSIVE, Stay.property_id == RECURSIVE.c.property_id)
    ).c.property_id)))),
    Shape("lateral", lambda s: ids(s.execute(
        select(LATERAL.c.property_id).select_from(Office).join(LATERAL, literal_column("true"))))),
    Shape("union", lambda s: ids(s.execute(
        union_all(select(Stay.property_id), select(StayNameToken.property_id))))),
    Shape("from_statement of union", lambda s: {x.property_id for x in s.scalars(
        select(Stay).from_statement(union_all(select(Stay), select(Stay))))}),
    Shape("aggregate", lambda s: ids(s.execute(
        select(Stay.property_id).group_by(Stay.property_id).having(func.count() > 0)))),
    Shape("window", lambda s: ids(s.execute(
        select(func.first_value(Stay.property_id).over(partition_by=Stay.id)))), reached=False),
    Shape("count", lambda s: {"more than one"} if s.scalar(
        select(func.count()).select_from(Stay)) != 1 else set()),
    Shape("distinct on", lambda s: ids(s.execute(
        select(Stay.property_id).ext(distinct_on(Stay.id)).order_by(Stay.id)))),
    Shape("for update", lambda s: ids(s.execute(select(Stay.property_id).with_for_update()))),
    Shape("yield_per", lambda s: {x.property_id for x in s.scalars(
        select(Stay).execution_options(yield_per=1))}),
    Shape("lazy relationship", lodgings_of_offices(None)),
    Shape("selectin relationship", lodgings_of_offices(selectinload(Office.lodgings_for_test))),
    Shape("joined relationship", lodgings_of_offices(joinedload(Office.lodgings_for_test))),
    Shape("selectin from scoped", stays_of_lodgings(selectinload(Property.stays_for_test))),
    Shape("core select", lambda s: ids(s.execute(select(STAY.c.property_id))), reached=False),
    Shape("core over connection",
          lambda s: ids(s.connection().execute(select(STAY.c.property_id))), reached=False),
    Shape("text", by_text("SELECT property_id FROM stays"), reached=False),
    Shape("text join", by_text(
        "SELECT s.property_id FROM offices o JOIN stays s ON s.office_id = o.id"), reached=False),
    Shape("text with cte", by_text(
        "WITH x AS MATERIALIZED (SELECT * FROM stays) SELECT property_id FROM x"), reached=False),
    Shape("from_statement of text", lambda s: {x.property_id for x in s.scalars(
        select(Stay).from_statement(text("SELECT * FROM stays")))}, reached=False),
    Shape("text of tokens", by_text("SELECT property_id FROM stay_name_tokens"), reached=False),
    Shape("text of lodgings", by_text("SELECT id FROM properties"), reached=False),
    Shape("text with a leaking function", by_text(
        "SELECT property_id FROM stays WHERE 1 / (length(id::text) - 35) = 1"), reached=False),
]  # fmt: skip
CHANGES = [
    Shape("orm update", lambda s: s.execute(update(Stay).values(room="X")).rowcount),
    Shape("orm update by fetch", lambda s: s.execute(
        update(Stay).values(room="X").execution_options(synchronize_session="fetch")).rowcount),
    Shape("orm delete", lambda s: s.execute(delete(StayNameToken)).rowcount),
    Shape("query update", lambda s: s.query(Stay).update({"room": "X"})),
    Shape("core update", lambda s: s.execute(update(STAY).values(room="X")).rowcount,
          reached=False),
    Shape("core delete", lambda s: s.execute(delete(StayNameToken.__table__)).rowcount,
          reached=False),
    Shape("text update", lambda s: s.execute(text("UPDATE stays SET room = 'X'")).rowcount,
          reached=False),
    Shape("text update from join", lambda s: s.execute(text(
        "UPDATE stays SET room = 'X' FROM offices o WHERE o.id = stays.office_id")).rowcount,
          reached=False),
]  # fmt: skip
READING = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
CHANGING = pytest.mark.parametrize("shape", CHANGES, ids=lambda shape: shape.name)


@pytest.fixture
def planted(cast: Cast) -> Cast:
    plant(cast)
    return cast


@pytest.fixture
def without_orm_filter() -> Iterator[None]:
    event.remove(Session, "do_orm_execute", row_filter._add_scope)
    yield
    event.listen(Session, "do_orm_execute", row_filter._add_scope)


@pytest.fixture
def unbound(postgres: EmbeddedPostgres) -> Iterator[Session]:
    """A session that row-level security does not bind: only the ORM filter is left."""
    engine = create_engine(postgres.url(ADMIN, "tests").replace("postgresql", "postgresql+psycopg"))
    with Session(engine) as session:
        yield session
        session.rollback()
    engine.dispose()


def own(cast: Cast) -> set[UUID]:
    """What the clerk of A may come across: A itself, and A's office where offices are asked."""
    return {cast.property_a, cast.office_bengkulu}


def test_there_are_enough_shapes() -> None:
    assert len(SHAPES) + len(CHANGES) >= 25


@READING
def test_reading_shows_own_rows_only(planted: Cast, shape: Shape) -> None:
    planted.act_as("clerk_a")
    assert shape.run(db.session()) <= own(planted)


@READING
@pytest.mark.usefixtures("without_orm_filter")
def test_reading_under_row_level_security_alone(planted: Cast, shape: Shape) -> None:
    planted.act_as("clerk_a")
    assert shape.run(db.session()) <= own(planted)


@READING
def test_reading_under_the_orm_filter_alone(planted: Cast, unbound: Session, shape: Shape) -> None:
    planted.act_as("clerk_a")
    seen = shape.run(unbound)
    if shape.reached:
        assert seen <= own(planted)
    else:
        assert not seen <= own(planted), "the filter reaches it now: say so in the table"


@READING
def test_reading_without_a_scope_shows_nothing(planted: Cast, shape: Shape) -> None:
    db.session.rollback()
    set_scope(NOTHING)
    assert not shape.run(db.session()) - {None, "more than one"}


@READING
def test_an_officer_sees_their_office_only(planted: Cast, shape: Shape) -> None:
    planted.act_as("supervisor_blitar")
    assert shape.run(db.session()) <= {planted.property_c, planted.office_blitar}


def plant_sandbox(cast: Cast) -> UUID:
    """A sandbox of lodging A with one stay and one audit row; gives its id."""
    with scope(EVERYWHERE):
        real = db.session.get_one(Property, cast.property_a)
        values = {column.name: getattr(real, column.name) for column in Property.__table__.columns}
        twin = Property(**values)
        twin.id, twin.sandbox_of = sandbox_twin(real.id), real.id
        twin.office_id = SANDBOX_OFFICE_ID
        db.session.add(twin)
        db.session.flush()
        stay = make_stay(twin.id, SANDBOX_OFFICE_ID)
        db.session.add(stay)
        db.session.flush()
        db.session.add(
            StayNameToken(
                property_id=twin.id, stay_id=stay.id, office_id=SANDBOX_OFFICE_ID, token="MAYA"
            )
        )
        record("report_stay", property_id=twin.id, office_id=SANDBOX_OFFICE_ID)
        db.session.commit()
        return sandbox_twin(cast.property_a)


def shown_to(cast: Cast, name: str, shape: Shape) -> set[Any]:
    cast.act_as(name)
    seen: set[Any] = shape.run(db.session())
    return seen


NATIONAL = pytest.mark.parametrize("name", ["directorate", "auditor", "head_bengkulu"])


@READING
@NATIONAL
def test_no_officer_sees_a_sandbox(planted: Cast, shape: Shape, name: str) -> None:
    plant_sandbox(planted)
    real = {*planted.properties.values(), *planted.offices.values(), None, "more than one"}
    assert shown_to(planted, name, shape) <= real


@READING
@NATIONAL
@pytest.mark.usefixtures("without_orm_filter")
def test_no_officer_sees_a_sandbox_under_row_level_security_alone(
    planted: Cast, shape: Shape, name: str
) -> None:
    plant_sandbox(planted)
    real = {*planted.properties.values(), *planted.offices.values(), None, "more than one"}
    assert shown_to(planted, name, shape) <= real


def test_no_officer_counts_a_sandbox(planted: Cast) -> None:
    plant_sandbox(planted)
    planted.act_as("auditor")
    for table in (Stay, Property, StayNameToken):
        counted = select(func.count()).select_from(table)
        assert db.session.scalar(counted) == 3
        assert db.session.scalar(select(func.count()).select_from(table.__table__)) == 3
    assert db.session.scalar(text("SELECT count(*) FROM audit_rows")) == 0
    assert db.session.scalars(select(AuditRow)).all() == []


def test_nobody_of_the_real_lodging_sees_its_sandbox(planted: Cast) -> None:
    twin = plant_sandbox(planted)
    planted.act_as("manager_ab")
    assert twin not in set(db.session.scalars(text("SELECT property_id FROM stays")))


def test_the_sandbox_office_is_on_no_list(planted: Cast) -> None:
    assert SANDBOX_OFFICE_ID not in {office.id for office in list_offices()} | set(office_names())
    for get in (get_office, lambda office_id: get_place(None, office_id)):
        with pytest.raises(NotFound):
            get(SANDBOX_OFFICE_ID)


@CHANGING
def test_changing_touches_own_rows_only(planted: Cast, shape: Shape) -> None:
    planted.act_as("clerk_a")
    assert shape.run(db.session()) == 1


@CHANGING
@pytest.mark.usefixtures("without_orm_filter")
def test_changing_under_row_level_security_alone(planted: Cast, shape: Shape) -> None:
    planted.act_as("clerk_a")
    assert shape.run(db.session()) == 1


@CHANGING
def test_changing_under_the_orm_filter_alone(planted: Cast, unbound: Session, shape: Shape) -> None:
    planted.act_as("clerk_a")
    assert shape.run(unbound) == (1 if shape.reached else 3)


@CHANGING
@pytest.mark.parametrize("name", ["supervisor_bengkulu", "directorate", "auditor", "stranger"])
def test_who_only_reads_changes_no_stay(planted: Cast, shape: Shape, name: str) -> None:
    planted.act_as(name)
    assert shape.run(db.session()) == 0


def test_get_of_a_foreign_row_finds_nothing(planted: Cast) -> None:
    with scope(EVERYWHERE):
        key = db.session.execute(
            select(Stay.property_id, Stay.id).where(Stay.property_id == planted.property_c)
        ).one()
    planted.act_as("clerk_a")
    assert db.session.get(Stay, tuple(key)) is None


def test_get_of_a_loaded_row_is_asked_again_when_the_scope_narrows(planted: Cast) -> None:
    set_scope(Scope(property_ids=frozenset({planted.property_a})))
    with scope(EVERYWHERE):
        loaded = db.session.scalars(
            select(Stay).where(Stay.property_id == planted.property_c)
        ).one()
        key = (loaded.property_id, loaded.id)
    assert db.session.get(Stay, key) is None


def test_refresh_of_a_foreign_row_fails(planted: Cast) -> None:
    set_scope(Scope(property_ids=frozenset({planted.property_a})))
    with scope(EVERYWHERE):
        loaded = db.session.scalars(
            select(Stay).where(Stay.property_id == planted.property_c)
        ).one()
    with pytest.raises(Exception, match=r"refresh|deleted"):
        db.session.refresh(loaded)


def test_bulk_update_by_primary_key_does_not_reach_foreign_rows(planted: Cast) -> None:
    with scope(EVERYWHERE):
        keys = [tuple(row) for row in db.session.execute(select(Stay.property_id, Stay.id))]
    planted.act_as("clerk_a")
    rows = [{"property_id": p, "id": i, "room": "X"} for p, i in keys]
    with pytest.raises(Exception, match="expected to update 3 row"):
        db.session.execute(update(Stay), rows)
    db.session.rollback()
    with scope(EVERYWHERE):
        assert set(db.session.scalars(select(Stay.room))) == {None}


def test_flush_refuses_a_foreign_row(planted: Cast) -> None:
    planted.act_as("clerk_a")
    db.session.add(make_stay(planted.property_b, planted.office_bengkulu))
    with pytest.raises(ForeignRow):
        db.session.flush()


INSERTS: dict[str, Callable[[Session, dict[str, Any]], Any]] = {
    "orm bulk": lambda s, row: s.execute(insert(Stay), [row]),
    "core": lambda s, row: s.execute(insert(STAY).values(**row)),
    "core many": lambda s, row: s.connection().execute(insert(STAY), [row]),
    "bulk_save": lambda s, row: s.bulk_insert_mappings(Stay.__mapper__, [row]),
    "insert from select": lambda s, row: s.execute(
        insert(STAY).from_select(list(row), select(*(bindparam(k, v) for k, v in row.items())))
    ),
}


@pytest.mark.parametrize("way", INSERTS)
def test_the_database_refuses_to_insert_a_foreign_row(planted: Cast, way: str) -> None:
    planted.act_as("clerk_a")
    stay = make_stay(planted.property_c, planted.office_blitar)
    row = {
        column.name: getattr(stay, column.name)
        for column in STAY.columns
        if getattr(stay, column.name) is not None
    }
    row |= {"state": "in_house", "version": 1, "warnings": []}
    with pytest.raises(DBAPIError, match="row-level security"):
        INSERTS[way](db.session(), row)


def test_a_row_cannot_be_moved_to_another_lodging(planted: Cast) -> None:
    planted.act_as("clerk_a")
    with pytest.raises(DBAPIError, match="row-level security"):
        db.session.execute(
            text("UPDATE stays SET property_id = :other"), {"other": planted.property_b}
        )


def test_every_table_with_a_lodging_is_under_forced_row_level_security(
    clean: None, postgres: EmbeddedPostgres
) -> None:
    with psycopg.connect(postgres.url(ADMIN, "tests")) as connection:
        rows = connection.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity, r.rolname"
            " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_roles r"
            " ON r.oid = c.relowner WHERE c.relkind = 'r' AND a.attname = 'property_id'"
        ).fetchall()
        forced_anywhere = connection.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        ).fetchall()
    secured = {name for name, forced, _owner in rows if forced}
    assert {name for name, _forced, _owner in rows} - secured <= {"invitations"}
    assert {owner for _name, _forced, owner in rows} == {"apoa_owner"}
    assert {cls.__table__.name for cls in scoped_classes()} <= {name for (name,) in forced_anywhere}


# An invitation may be of no lodging, a call of the API too: row-level security holds alone.
BY_POLICY_ALONE = {"Invitation", "ApiCall"}


def test_every_model_of_a_lodging_is_scoped() -> None:
    for mapper in Stay.registry.mappers:
        columns = {column.name for column in mapper.local_table.columns}
        if "property_id" in columns and mapper.class_.__name__ not in BY_POLICY_ALONE:
            assert issubclass(mapper.class_, RowScoped), mapper.class_.__name__
            owned = issubclass(mapper.class_, PropertyOwned | OfficeOwned)
            assert owned or mapper.class_.__name__ == "AuditRow"


def test_the_application_role_is_bound_and_owns_nothing(clean: None) -> None:
    row = db.session.execute(
        text(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, (SELECT count(*) FROM pg_class WHERE"
            " relowner = r.oid) FROM pg_roles r WHERE rolname = current_user"
        )
    ).one()
    assert tuple(row) == (False, False, False, 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_rows SET action = 'x'",
        "DELETE FROM audit_rows",
        "TRUNCATE audit_rows",
        "DELETE FROM stays",
        "DELETE FROM stay_versions",
        "UPDATE stay_versions SET act = 'x'",
        "UPDATE receipts SET number = 'x'",
        "DELETE FROM receipts",
        "DELETE FROM properties",
        "DELETE FROM permits",
        "UPDATE permit_history SET act = 'x'",
        "DELETE FROM permit_history",
        "DELETE FROM permit_indexes",
        "UPDATE permit_kinds SET code = 'x'",
        "ALTER TABLE stays DISABLE ROW LEVEL SECURITY",
        "DROP POLICY stays_read ON stays",
        "CREATE TABLE mine (id int)",
        "SET ROLE apoa_owner",
    ],
)
def test_the_application_role_may_not(clean: None, statement: str) -> None:
    with pytest.raises(DBAPIError, match=r"permission denied|must be owner"):
        db.session.execute(text(statement))
