"""A report in a large lodging costs what it costs in a small one: its neighbours are looked up."""

from typing import Any

import psycopg
from sqlalchemy import text

from apoa.access.actors import Actor
from apoa.db.base import session
from apoa.stays.neighbours import read_neighbourhood
from apoa.stays.queries import get_lodging
from tests.cast import Cast
from tests.factories import make_report
from tests.stays.conftest import Reporter

STAYS, TIMES = 1500, 20
# Copies of the one stay there is, of other guests, all in house in these days.
COPIES = """
INSERT INTO stays
SELECT (jsonb_populate_record(s, jsonb_build_object(
  'id', gen_random_uuid(), 'client_ref', NULL, 'document_blind', sha256(CAST(n::text AS bytea)),
  'birth_date', '19' || (10 + n %% 80) || '-0' || (1 + n %% 9) || '-2' || (n %% 7)))).*
FROM stays s, generate_series(1, %s) n
"""
READ = text(
    "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'stays'"
)


def test_neighbours_are_not_sought_among_all_stays_of_the_lodging(
    clerk: Actor, cast: Cast, reported: Reporter, owner: psycopg.Connection[Any]
) -> None:
    first = reported()
    owner.execute(COPIES, [STAYS])
    owner.execute("ANALYZE stays")
    lodging, again = get_lodging(cast.property_a), make_report()
    before = session().execute(READ).scalar() or 0
    # The first few are planned for their values, those after them by the plan that is kept.
    for _ in range(TIMES):
        near = read_neighbourhood(lodging, [again])
        assert [one.stay_id for one in near.alike(again)] == [first.stay_id]
    assert (session().execute(READ).scalar() or 0) - before < 10 * TIMES
