"""Reads stays as the rules see them, each with its lodging's place and its match."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from sqlalchemy import text

from apoa.base.crypto import CannotDecrypt
from apoa.base.document_number import normalize_document_number
from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.crosscheck.matching.person import Document, Person
from apoa.crosscheck.rules.facts import StayFacts
from apoa.db.base import session
from apoa.db.core import unnested
from apoa.stays.sealing import unseal

StayKey = tuple[UUID, UUID]
_LAST_SIGNS = 3
# The columns are in the order of the fields of StayFacts.
_FACTS = 17
# More stays of one person than anybody has; a number that everybody writes must not cost the day.
MOST_OTHERS = 300
_COLUMNS = """
  s.property_id, s.id, s.office_id, p.region_code, p.time_zone, s.state, s.checked_in_at,
  s.checked_in_on, s.checked_out_on, s.expected_departure_on, s.nationality, s.first_received_at,
  s.due_at, s.deadline_state, s.permit_kind, s.entered_on, s.document_expires_on
"""
_WANTED = f"""
WITH wanted AS (
  SELECT w.property_id, w.stay_id, w.place
  FROM {unnested(properties="uuid", stays="uuid")} WITH ORDINALITY
    AS w (property_id, stay_id, place))
"""  # noqa: S608 - names of our own
_STAYS = text(
    f"""{_WANTED}
SELECT {_COLUMNS}, s.surname, s.given_names, s.native_name, s.sex, s.birth_date,
  s.document_number_sealed, s.document_blind, s.document_issuing_state,
  m.band, m.score, m.permit_id, m.other_permits, m.reasons, m.decision
FROM wanted w
JOIN stays s ON s.property_id = w.property_id AND s.id = w.stay_id
JOIN properties p ON p.id = s.property_id
LEFT JOIN matches m ON m.property_id = s.property_id AND m.stay_id = s.id
WHERE s.office_id <> :sandbox
ORDER BY w.place
"""  # noqa: S608 - columns of our own
)
_OTHERS = text(
    f"""
WITH links AS (
  SELECT l.place, l.permit_id
  FROM {unnested(permit_places="int", permits="uuid")} AS l (place, permit_id)),
papers AS (
  SELECT d.place, d.blind, d.state
  FROM {unnested(paper_places="int", blinds="bytea", states="text")}
    AS d (place, blind, state)),
found AS (
  SELECT links.place, m.property_id, m.stay_id FROM links
  CROSS JOIN LATERAL (
    SELECT property_id, stay_id FROM matches
    WHERE permit_id = links.permit_id AND band = 'linked'
    ORDER BY stay_id DESC LIMIT :most) m
  UNION
  SELECT papers.place, k.property_id, k.id FROM papers
  CROSS JOIN LATERAL (
    SELECT property_id, id FROM stays
    WHERE document_blind = papers.blind AND document_issuing_state IS NOT DISTINCT FROM papers.state
    ORDER BY id DESC LIMIT :most) k)
SELECT found.place, {_COLUMNS}
FROM found
JOIN stays s ON s.property_id = found.property_id AND s.id = found.stay_id
JOIN properties p ON p.id = s.property_id
WHERE s.office_id <> :sandbox
"""  # noqa: S608 - columns of our own
)


@dataclass(frozen=True)
class StayRow:
    """A stay, and what of it leads to its person: names and document for scoring, the match.

    `permit_ids` are all permits of the holder that the match knows, the matched one first.
    """

    facts: StayFacts
    person: Person = field(repr=False)
    document_blind: bytes | None = field(repr=False)
    document_issuing_state: str | None
    band: str | None
    score: float | None
    permit_ids: tuple[UUID, ...]
    reasons: Sequence[Mapping[str, Any]]
    is_confirmed: bool


def read_stays(keys: Sequence[StayKey]) -> list[StayRow]:
    """These stays in this order; what is not there, or a sandbox's, is left out."""
    values = {
        "properties": [property_id for property_id, _ in keys],
        "stays": [stay_id for _, stay_id in keys],
        "sandbox": SANDBOX_OFFICE_ID,
    }
    return [_stay_row(row) for row in session().execute(_STAYS, values)]


def read_others(
    rows: Sequence[StayRow], permits_of: Mapping[StayKey, Iterable[UUID]]
) -> dict[StayKey, tuple[StayFacts, ...]]:
    """By stay the other stays of its person: linked to the same holder, or with that document."""
    links = [
        (place, permit_id)
        for place, row in enumerate(rows)
        for permit_id in permits_of.get(row.facts.key, ())
    ]
    papers = [
        (place, row.document_blind, row.document_issuing_state)
        for place, row in enumerate(rows)
        if row.document_blind is not None
    ]
    found: dict[StayKey, dict[StayKey, StayFacts]] = defaultdict(dict)
    if not links and not papers:
        return {}
    values = {
        "permit_places": [place for place, _ in links],
        "permits": [permit_id for _, permit_id in links],
        "paper_places": [place for place, _, _ in papers],
        "blinds": [blind for _, blind, _ in papers],
        "states": [state for _, _, state in papers],
        "most": MOST_OTHERS,
        "sandbox": SANDBOX_OFFICE_ID,
    }
    for place, *columns in session().execute(_OTHERS, values):
        one = StayFacts(*columns)
        if one.key != rows[place].facts.key:
            found[rows[place].facts.key][one.key] = one
    return {key: tuple(others.values()) for key, others in found.items()}


def _stay_row(row: Any) -> StayRow:
    number = _number(row.id, row.document_number_sealed)
    documents = (Document(number, row.document_issuing_state),) if number else ()
    return StayRow(
        facts=replace(StayFacts(*row[:_FACTS]), document_last=_last_signs(number)),
        person=Person(
            surname=row.surname,
            given_names=row.given_names,
            birth_date=row.birth_date,
            nationality=row.nationality,
            sex=row.sex,
            documents=documents,
            native_name=row.native_name,
        ),
        document_blind=row.document_blind,
        document_issuing_state=row.document_issuing_state,
        band=row.band,
        score=row.score,
        permit_ids=(row.permit_id, *row.other_permits) if row.permit_id is not None else (),
        reasons=row.reasons or (),
        is_confirmed=row.decision == "confirmed",
    )


def _last_signs(number: str | None) -> str | None:
    return number[-_LAST_SIGNS:] if number else None


def _number(stay_id: UUID, sealed: bytes | None) -> str | None:
    try:
        number = unseal("document_number_sealed", stay_id, sealed)
    except CannotDecrypt:
        # The check of this stay fails by itself and is noted; the rules go without the number.
        return None
    return normalize_document_number(number) if number else None
