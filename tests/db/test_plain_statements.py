"""What goes to the driver as it stands: rows, commands, and faults as SQLAlchemy tells them."""

import pytest
from sqlalchemy import ARRAY, any_, bindparam, column, literal, select, text
from sqlalchemy.dialects.postgresql import OID
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from apoa.db.base import db, session
from apoa.db.core import any_of, rows_of
from tests.cast import Cast

SECRET = "ERIKSSON-L898902C3"


def test_rows_and_constants_come_as_python_values(cast: Cast) -> None:
    statement = select(literal("a%b"), bindparam("given"), column("three")).select_from(
        text("(SELECT 3 AS three) AS numbers")
    )
    assert list(rows_of(statement, given="x")) == [("a%b", "x", 3)]
    assert list(rows_of(statement, given="y")) == [("a%b", "y", 3)]


def test_a_command_has_no_rows(cast: Cast) -> None:
    assert list(rows_of(text("SET LOCAL work_mem = '8MB'"))) == []


def test_it_is_part_of_the_transaction_that_is_open(cast: Cast) -> None:
    statement = text("SELECT set_config('apoa.trial', :value, true)")
    rows_of(statement, value="on")
    assert session().scalar(text("SELECT current_setting('apoa.trial')")) == "on"
    session().rollback()
    assert not session().scalar(text("SELECT current_setting('apoa.trial', true)"))


@pytest.mark.parametrize("hidden", [True, False])
def test_a_statement_for_few_values_keeps_its_plan_if_they_are_hidden(
    cast: Cast, hidden: bool
) -> None:
    seen = any_(bindparam("ids", type_=ARRAY(OID)))
    # A table of some size that is the same in every database.
    statement = (
        select(column("proname").label(f"hidden_{hidden}"))
        .select_from(text("pg_proc"))
        .where(column("oid") == (any_of("ids", OID) if hidden else seen))
    )
    for _ in range(20):
        assert list(rows_of(statement, ids=[1])) == []
    plans = text(
        "SELECT generic_plans > 0 FROM pg_prepared_statements"
        " WHERE statement LIKE :of_this_one AND generic_plans + custom_plans > 9"
    )
    # Were the second not so, hiding would be of no use any more.
    asked = {"of_this_one": f"SELECT proname AS %hidden_{hidden}%"}
    assert session().scalars(plans, asked).all() == [hidden]


def test_a_fault_is_told_as_what_it_is_and_quotes_no_value(cast: Cast) -> None:
    statement = text("INSERT INTO offices (id) VALUES (CAST(:value AS uuid))")
    with pytest.raises(DBAPIError) as caught:
        rows_of(statement, value=SECRET)
    assert not caught.value.connection_invalidated
    session().rollback()
    with pytest.raises(IntegrityError) as broken:
        rows_of(text("INSERT INTO throttles (key) VALUES (CAST(:value AS bytea))"), value=SECRET)
    assert SECRET not in str(broken.value)
    assert SECRET not in repr(broken.value)


def test_a_database_that_goes_away_is_noticed_and_the_next_one_answers(cast: Cast) -> None:
    with pytest.raises(OperationalError) as caught:
        rows_of(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert caught.value.connection_invalidated
    db.session.rollback()
    assert list(rows_of(text("SELECT 1"))) == [(1,)]
