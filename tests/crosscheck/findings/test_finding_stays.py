"""The findings of a stay are looked up by index, and the look-up table follows the findings."""

from uuid import UUID

import pytest
from sqlalchemy import text

from apoa.crosscheck.findings.models import Finding
from apoa.crosscheck.findings.store import _about, find_findings
from apoa.db.base import db, session
from apoa.db.scope import scope
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.findings.support import make_permit, nov, on_day, register, report, work


def pairs() -> set[tuple[UUID, UUID]]:
    rows = session().execute(text("SELECT stay_id, finding_id FROM finding_stays"))
    return {(row.stay_id, row.finding_id) for row in rows}


@pytest.fixture
def two_stays(cast: Cast) -> list[UUID]:
    """One guest in two places in the same night."""
    with on_day(nov(13)):
        register(make_permit())
        stays = [report(cast), report(cast, "property_c")]
        work()
    return stays


def test_every_stay_of_a_finding_leads_to_it(two_stays: list[UUID]) -> None:
    with scope(EVERYWHERE):
        found = session().query(Finding).filter(Finding.rule == "two-places").one()
        assert set(found.stay_ids) == set(two_stays)
        for stay_id in two_stays:
            assert found in find_findings([stay_id], [])
        assert pairs() == {
            (stay_id, one.id) for one in session().query(Finding) for stay_id in one.stay_ids
        }
        session().rollback()


def test_the_table_follows_what_a_finding_becomes(two_stays: list[UUID]) -> None:
    with scope(EVERYWHERE):
        found = session().query(Finding).filter(Finding.rule == "two-places").one()
        found.stay_ids, found.stay_property_ids = [two_stays[0]], found.stay_property_ids[:1]
        session().flush()
        assert (two_stays[0], found.id) in pairs()
        assert (two_stays[1], found.id) not in pairs()
        session().rollback()


def test_under_row_security_no_finding_is_read_in_vain(two_stays: list[UUID]) -> None:
    made = _about(two_stays, [b"x" * 32]).compile(dialect=db.engine.dialect)
    with scope(EVERYWHERE):
        session().execute(text("SET LOCAL enable_seqscan = off"))
        rows = session().connection().exec_driver_sql(f"EXPLAIN {made}", made.params)
        plan = "\n".join(row[0] for row in rows)
        session().rollback()
    assert "Seq Scan" not in plan, plan
