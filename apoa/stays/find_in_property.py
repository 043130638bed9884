"""Finds a lodging's own guests by name, document number or party, as typed in one box."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.document_number import normalize_document_number
from apoa.base.errors import InvalidInput
from apoa.base.names import clean_text, query_tokens
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.lines import StayLine, list_lines, select_lines
from apoa.stays.models import Stay, StayNameToken
from apoa.stays.queries import get_lodging
from apoa.stays.sealing import find_document_blind

LONGEST_TEXT = 150
# Sorts behind every character of a name.
_BEHIND_ALL = "\U0010ffff"


def find_in_property(
    actor: Actor, property_id: UUID, text: str, *, limit: int = 100
) -> list[StayLine]:
    """The stays that the text fits, newest arrival first; every word must begin a name's word.

    The look is audited. Raises NotFound, NotAllowed, and InvalidInput at "/text".
    """
    require(actor, Action.VIEW_STAY, property_id=property_id)
    conditions = _conditions(_read_text(text))
    with unit_of_work():
        lodging = get_lodging(property_id)
        lines = list_lines(
            select_lines()
            .where(Stay.property_id == property_id, or_(*conditions))
            .order_by(Stay.checked_in_at.desc(), Stay.id.desc())
            .limit(limit)
        )
        record(
            "find_in_property",
            property_id=property_id,
            office_id=lodging.office_id,
            found=len(lines),
        )
        return lines


def _read_text(text: str) -> str:
    try:
        cleaned = clean_text(text)
    except ValueError:
        raise InvalidInput.because("control-character", "/text") from None
    if not cleaned:
        raise InvalidInput.because("required", "/text")
    if len(cleaned) > LONGEST_TEXT:
        raise InvalidInput.because("too-long", "/text", max=str(LONGEST_TEXT))
    return cleaned


def _conditions(text: str) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Stay.party_ref == text]
    if normalize_document_number(text):
        found.append(Stay.document_blind == find_document_blind(text))
    words = query_tokens(text)
    if words:
        found.append(and_(*(_has_word(beginnings) for beginnings in words)))
    return found


def _has_word(beginnings: frozenset[str]) -> ColumnElement[bool]:
    # Comparisons, not LIKE: below row-level security only these may use the index.
    return exists().where(
        StayNameToken.property_id == Stay.property_id,
        StayNameToken.stay_id == Stay.id,
        or_(
            *(
                and_(
                    StayNameToken.token.op("~>=~")(beginning),
                    StayNameToken.token.op("~<~")(beginning + _BEHIND_ALL),
                )
                for beginning in sorted(beginnings)
            )
        ),
    )
