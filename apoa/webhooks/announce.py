"""How an act leaves word of what happened: events and their job, in the act's own transaction.

A lodging that nobody listens to costs no statement: `is_listened_to` is asked along with the
lodging. For the others all events of a call are one statement.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, exists, text
from sqlalchemy.sql.elements import SQLCoreOperations

from apoa.base.ids import SANDBOX_OFFICE_ID, new_id, sandbox_twin
from apoa.db.base import session
from apoa.webhooks.models import WebhookSubscription

QUEUE = "webhooks"
# The endpoint is told of it: it wants this kind, it is not disabled, and its key still opens
# the lodging. `g` has the event's type, lodging and instant.
LISTENS = """
e.state = 'active' AND e.ended_at IS NULL AND g.type = ANY (e.events)
AND (e.key_id IS NULL OR EXISTS (SELECT FROM api_keys k WHERE k.id = e.key_id
     AND k.ended_at IS NULL AND k.expires_at > g.occurred_at
     AND g.real_property_id = ANY (k.property_ids)))
"""
_ANNOUNCE = text(
    f"""
WITH g AS (SELECT * FROM json_to_recordset(CAST(:events AS json)) AS given (
  property_id uuid, id uuid, office_id uuid, real_property_id uuid, type text, data jsonb,
  occurred_at timestamptz)),
kept AS (
  INSERT INTO webhook_events (property_id, id, office_id, type, data, occurred_at)
  SELECT g.property_id, g.id, g.office_id, g.type, g.data, g.occurred_at FROM g
  WHERE EXISTS (SELECT FROM webhook_subscriptions s JOIN webhook_endpoints e
    ON e.id = s.endpoint_id WHERE s.property_id = g.property_id AND {LISTENS})
  RETURNING property_id)
SELECT procrastinate_defer_jobs_v1(array_agg(ROW(:queue, 'tell_of_events', 0, NULL, NULL,
  jsonb_build_object('property_id', property_id), NULL)::procrastinate_job_to_defer_v1))
FROM (SELECT DISTINCT property_id FROM kept) AS lodgings HAVING count(*) > 0
"""  # noqa: S608 - constants
)


@dataclass(frozen=True)
class NewEvent:
    """What happened in a lodging (as it is stored). `data` names things; it describes nobody."""

    property_id: UUID
    office_id: UUID
    type: str
    data: dict[str, Any]
    occurred_at: datetime


def is_listened_to(
    property_id: SQLCoreOperations[UUID],
) -> ColumnElement[bool]:
    """Whether any endpoint is told of the lodging in this column: for a query of lodgings."""
    return exists().where(WebhookSubscription.property_id == property_id)


def announce(events: Sequence[NewEvent]) -> None:
    """Keeps the events that somebody listens to; the worker sends them once the act commits."""
    if events:
        rows = [_row(one) for one in events]
        session().execute(_ANNOUNCE, {"events": json.dumps(rows), "queue": QUEUE})


def real_property_id(property_id: UUID, office_id: UUID) -> UUID:
    """What senders call a stored lodging: for a sandbox, the lodging that it stands for."""
    return sandbox_twin(property_id) if office_id == SANDBOX_OFFICE_ID else property_id


def _row(event: NewEvent) -> dict[str, Any]:
    real_id = real_property_id(event.property_id, event.office_id)
    return {
        "property_id": str(event.property_id),
        "id": str(new_id()),
        "office_id": str(event.office_id),
        "real_property_id": str(real_id),
        "type": event.type,
        "data": {"property_id": str(real_id)} | event.data,
        "occurred_at": event.occurred_at.isoformat(),
    }
