"""Finds the permits that a stay may belong to, and the stays that a permit may affect, by keys.

Both are index look-ups whose cost does not grow with the register: a key that too many share says
nothing about a person and is passed over, and only the best few candidates are looked at.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import text

from apoa.crosscheck.matching.keys import KEY_BITS
from apoa.crosscheck.persons import HOLDER_COLUMNS, HOLDERS, HolderRow, holder_row
from apoa.db.base import session
from apoa.db.core import rows_of, unnested

# Of a name that a thousand holders share no candidate is worth more than another.
MOST_OF_A_KEY = 150
MOST_STAYS_OF_A_KEY = 2000
# The candidates are ranked as matching/keys.py says; of one holder's many permits, which share the
# same keys, the newest ids stand first. OFFSET 0 keeps the list of a key's holders
# from being made once for each place where it is named.
_CANDIDATES = text(
    f"""
WITH wanted AS (
  SELECT w.place, w.key
  FROM {unnested(places="integer", keys="bigint")} AS w (place, key)),
found AS (
  SELECT w.place, k.holders, :key_bits - ln(cardinality(k.holders)) / ln(CAST(2 AS float8)) AS bits
  FROM wanted w CROSS JOIN LATERAL (SELECT ARRAY(
    SELECT permit_id FROM permit_keys WHERE key = w.key LIMIT :most_of_a_key + 1) AS holders
    OFFSET 0) k
  WHERE cardinality(k.holders) BETWEEN 1 AND :most_of_a_key),
ranked AS (
  SELECT place, permit_id, row_number() OVER (
    PARTITION BY place ORDER BY sum(bits) DESC, permit_id DESC) AS rank
  FROM found, unnest(holders) AS permit_id GROUP BY place, permit_id),
chosen AS (
  SELECT place, permit_id FROM ranked WHERE rank <= :most_candidates
  UNION
  SELECT o.place, o.permit_id
  FROM {unnested(own_places="integer", own="uuid")} AS o (place, permit_id))
SELECT c.place, {HOLDER_COLUMNS} FROM chosen c, {HOLDERS} WHERE p.id = c.permit_id
"""  # noqa: S608 - columns of our own
)
_AFFECTED = text(
    """
SELECT DISTINCT s.property_id, s.stay_id
FROM (SELECT DISTINCT key FROM permit_keys WHERE permit_id = ANY (CAST(:permits AS uuid[]))) k
CROSS JOIN LATERAL (
  SELECT property_id, stay_id FROM stay_keys WHERE key = k.key LIMIT :most_stays) s
WHERE NOT EXISTS (
  SELECT FROM permit_keys WHERE key = k.key OFFSET :most_of_a_key LIMIT 1)
UNION
SELECT property_id, stay_id FROM matches WHERE permit_id = ANY (CAST(:permits AS uuid[]))
"""
)


def find_candidates(
    keys_of: Mapping[UUID, Collection[int]], own: Mapping[UUID, Collection[UUID]], most: int
) -> dict[UUID, dict[UUID, HolderRow]]:
    """For each stay those holders, at `most`, that share the most telling keys, all in one query.

    `own` names permits that are candidates of a stay in any case.
    """
    stay_ids = list(keys_of)
    pairs = [(place, key) for place, one in enumerate(stay_ids) for key in keys_of[one]]
    sure = [(place, one) for place, stay in enumerate(stay_ids) for one in own.get(stay, ())]
    found: dict[UUID, dict[UUID, HolderRow]] = {one: {} for one in stay_ids}
    parameters = {
        "places": [place for place, _ in pairs],
        "keys": [key for _, key in pairs],
        "own_places": [place for place, _ in sure],
        "own": [permit_id for _, permit_id in sure],
        "most_of_a_key": MOST_OF_A_KEY,
        "most_candidates": most,
        "key_bits": KEY_BITS,
    }
    if pairs or sure:
        for place, *columns in rows_of(_CANDIDATES, **parameters):
            found[stay_ids[place]][columns[0]] = holder_row(columns)
    return found


def find_affected_stays(permit_ids: Sequence[UUID]) -> dict[UUID, list[UUID]]:
    """By lodging the stays that share a telling key with one of the permits or are matched to it.

    Of a key that more than 2,000 stays have in common the others are left to the next re-check.
    """
    parameters = {
        "permits": list(permit_ids),
        "most_stays": MOST_STAYS_OF_A_KEY,
        "most_of_a_key": MOST_OF_A_KEY,
    }
    by_lodging: dict[UUID, list[UUID]] = defaultdict(list)
    for property_id, stay_id in session().execute(_AFFECTED, parameters):
        by_lodging[property_id].append(stay_id)
    return by_lodging
