"""Keeps the match keys of stays and permits: numbers that are equal where two may be one person.

A key is the first 8 bytes of a blind key, so the table tells nothing to who has only the table.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from uuid import UUID

from sqlalchemy import text

from apoa.crosscheck.matching.keys import TELLING, match_keys
from apoa.crosscheck.matching.person import Person
from apoa.db.base import session
from apoa.db.core import unnested
from apoa.db.secrets import secrets

_STAY_KEYS = text(
    f"""
WITH wanted AS (
  SELECT w.stay_id, w.key FROM {unnested(stays="uuid", keys="bigint")} AS w (stay_id, key)),
gone AS (
  DELETE FROM stay_keys k WHERE k.property_id = :property_id AND k.stay_id = ANY (:all)
  AND NOT EXISTS (SELECT FROM wanted w WHERE w.stay_id = k.stay_id AND w.key = k.key))
INSERT INTO stay_keys (property_id, stay_id, key, office_id)
SELECT :property_id, stay_id, key, :office_id FROM wanted ON CONFLICT DO NOTHING
"""  # noqa: S608 - names of our own
)
_PERMIT_KEYS = text(
    f"""
WITH wanted AS (
  SELECT w.permit_id, w.key FROM {unnested(permits="uuid", keys="bigint")} AS w (permit_id, key)),
gone AS (
  DELETE FROM permit_keys k WHERE k.permit_id = ANY (:all)
  AND NOT EXISTS (SELECT FROM wanted w WHERE w.permit_id = k.permit_id AND w.key = k.key))
INSERT INTO permit_keys (key, permit_id)
SELECT key, permit_id FROM wanted ON CONFLICT DO NOTHING
"""  # noqa: S608 - names of our own
)


def key_numbers(person: Person) -> frozenset[int]:
    """The person's keys as the database has them: signed 64-bit numbers."""
    return frozenset(_key_number(one) for one in match_keys(person))


def telling_numbers(person: Person) -> frozenset[int]:
    """The few of them by which nearly everybody is found."""
    return frozenset(_key_number(one) for one in match_keys(person) if one.startswith(TELLING))


def write_stay_keys(
    property_id: UUID, office_id: UUID, keys_of: Mapping[UUID, Collection[int]]
) -> None:
    """Makes these the keys of the lodging's stays: what is there already stays as it is."""
    stays, keys = _flat(keys_of)
    parameters = {
        "property_id": property_id,
        "office_id": office_id,
        "all": list(keys_of),
        "stays": stays,
        "keys": keys,
    }
    session().execute(_STAY_KEYS, parameters)


def write_permit_keys(keys_of: Mapping[UUID, Collection[int]]) -> None:
    """Makes these the keys of the permits; a permit without keys is found by nobody."""
    permits, keys = _flat(keys_of)
    session().execute(_PERMIT_KEYS, {"all": list(keys_of), "permits": permits, "keys": keys})


def _flat(keys_of: Mapping[UUID, Collection[int]]) -> tuple[list[UUID], list[int]]:
    # In one order for everybody, so that two writers cannot wait for each other.
    pairs = sorted((key, owner) for owner, keys in keys_of.items() for key in keys)
    return [owner for _, owner in pairs], [key for key, _ in pairs]


@lru_cache(maxsize=65536)
def _key_number(key: str) -> int:
    blind = secrets().blind_keys.blind("match", key)
    return int.from_bytes(blind[:8], "big", signed=True)
