"""The statements that take permits over, many at once: what is known, new, or changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.bulk import NewRows, insert_if_new, insert_rows, rows_json
from apoa.permits.incoming import (
    Incoming,
    Key,
    Known,
    UpsertSource,
    document_rows,
    history_row,
    permit_row,
)
from apoa.permits.models import Permit, PermitDocument, PermitHistory

_KNOWN = (
    "SELECT p.id, p.number_blind, p.issuing_state, p.content_mark, p.feed_mark, p.version, p.as_of,"
    " p.status, p.valid_until FROM permits p JOIN unnest(CAST(:blinds AS bytea[]),"
    " CAST(:states AS text[])) k (blind, state) ON p.number_blind = k.blind"
    " AND p.issuing_state = k.state ORDER BY p.number_blind, p.issuing_state"
)
_FIND = text(_KNOWN)
# In the order of their keys: two who change the same permits wait for each other, once.
_LOCK = text(f"{_KNOWN} FOR NO KEY UPDATE OF p")
_STAYS_AS_IT_IS = {"id", "number_blind", "issuing_state", "created_at"}
_CHANGING = [name for name in Permit.__table__.columns.keys() if name not in _STAYS_AS_IT_IS]
_UPDATE = text(
    f"UPDATE permits SET {', '.join(f'{name} = n.{name}' for name in _CHANGING)}"  # noqa: S608
    " FROM json_populate_recordset(NULL::permits, CAST(:rows AS json)) n WHERE permits.id = n.id"
)
_RESTATE = text(
    "UPDATE permits SET feed_mark = n.mark FROM unnest(CAST(:ids AS uuid[]),"
    " CAST(:marks AS bytea[])) n (id, mark) WHERE permits.id = n.id"
)
_NO_LONGER_CURRENT = text(
    "UPDATE permit_documents d SET is_current = false FROM json_populate_recordset("
    "NULL::permit_documents, CAST(:rows AS json)) n WHERE n.is_current AND d.is_current"
    " AND d.permit_id = n.permit_id AND d.number_blind <> n.number_blind"
)
_KEEP_DOCUMENTS = text(
    "INSERT INTO permit_documents AS d (permit_id, number_blind, number_sealed, issuing_state,"
    " expires_on, is_current, learnt, added_at) SELECT permit_id, number_blind, number_sealed,"
    " issuing_state, expires_on, is_current, learnt, added_at FROM json_populate_recordset("
    "NULL::permit_documents, CAST(:rows AS json)) ON CONFLICT (permit_id, number_blind) DO UPDATE"
    " SET number_sealed = excluded.number_sealed,"
    " issuing_state = coalesce(excluded.issuing_state, d.issuing_state),"
    " expires_on = coalesce(excluded.expires_on, d.expires_on),"
    " is_current = excluded.is_current, learnt = false"
)


def find_known(keys: Iterable[Key], *, lock: bool = False) -> dict[Key, Known]:
    """Those of the permits that are stored, held until the transaction's end with `lock`."""
    wanted = list(keys)
    if not wanted:
        return {}
    values = {"blinds": [blind for blind, _ in wanted], "states": [state for _, state in wanted]}
    rows = session().execute(_LOCK if lock else _FIND, values)
    return {(row[1], row[2]): Known(*row) for row in rows}


def insert_new(several: Sequence[Incoming], source: UpsertSource, at: datetime) -> dict[Key, UUID]:
    """Stores permits with documents and history; gives the ids of those nobody else stored."""
    ids = {one.key: new_id() for one in several}
    rows = [permit_row(one, ids[one.key], 1, source, at) for one in several]
    stored = insert_if_new(Permit, rows)
    mine = [one for one in several if ids[one.key] in stored]
    insert_rows(
        NewRows(
            PermitDocument,
            [row for one in mine for row in document_rows(one.content, ids[one.key], at)],
        ),
        NewRows(PermitHistory, [history_row(one, ids[one.key], None, source, at) for one in mine]),
    )
    return {one.key: ids[one.key] for one in mine}


def update_changed(
    changed: Sequence[tuple[Incoming, Known]], source: UpsertSource, at: datetime
) -> None:
    """Stores the new versions of locked permits; documents that are not named stay, as old ones."""
    if not changed:
        return
    permits = [permit_row(one, known.id, known.version + 1, source, at) for one, known in changed]
    session().execute(_UPDATE, {"rows": rows_json(permits)})
    keep_documents(
        [row for one, known in changed for row in document_rows(one.content, known.id, at)]
    )
    history = [history_row(one, known.id, known, source, at) for one, known in changed]
    insert_rows(NewRows(PermitHistory, history))


def keep_documents(rows: Sequence[dict[str, Any]]) -> None:
    """Stores documents of holders; where one is current, the one that was becomes an old one."""
    if rows:
        values = {"rows": rows_json(rows)}
        session().execute(_NO_LONGER_CURRENT, values)
        session().execute(_KEEP_DOCUMENTS, values)


def restate(several: Sequence[tuple[Incoming, Known]]) -> None:
    """Notes what the feed said of permits that are so already."""
    if several:
        values = {
            "ids": [known.id for _, known in several],
            "marks": [one.feed_mark for one, _ in several],
        }
        session().execute(_RESTATE, values)
