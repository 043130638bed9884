"""The floor: what a report's own parts cost, one after the other, without anything around them.

It takes a new report as the API does: key, quota, lodging, schema, rules, deadline, neighbours,
warnings, encryption, version, words to search by, receipt, audit row and job, in one commit. But it
answers no error, knows no report again, keeps no idempotency key, notes no call and sends few
headers. What the API lacks to its speed is what layers and belts cost; what it lacks itself to
the bar is what the parts cost.
"""

import json
import os
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask import Flask, Response, request
from psycopg import Connection
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool
from sqlalchemy import Executable, text

from apoa.access.admit import _STATEMENTS, WINDOW_SECONDS
from apoa.access.key_text import parse_key
from apoa.app import create_app
from apoa.audit.models import AuditRow
from apoa.audit.record import audit_row
from apoa.base.canonical import canonical_json
from apoa.base.clock import local_date, now
from apoa.base.ids import hash_token, new_id
from apoa.db.base import db
from apoa.db.bulk import _one_insert, rows_json
from apoa.db.jobs import DEFER_JOBS, Jobs
from apoa.db.scope import _TELL
from apoa.stays.columns import columns_of
from apoa.stays.content import StayReport
from apoa.stays.deadlines import _TIMETABLE, Deadline, Timetable
from apoa.stays.issue_receipt import receipt_row
from apoa.stays.mapping import report_to_mapping
from apoa.stays.models import Receipt, Stay, StayNameToken, StayVersion
from apoa.stays.neighbours import _MOST, _MOST_EACH, _NEIGHBOURS, Near, Neighbourhood
from apoa.stays.queries import _LODGING_KEPT, Lodging
from apoa.stays.rules import check_report
from apoa.stays.schemas import schema_in
from apoa.stays.sealing import find_document_blind, seal_version
from apoa.stays.versions import _token_rows
from apoa.stays.warnings import Circumstances, check_warnings

_whole = create_app()
app = Flask(__name__)
pool = ConnectionPool(
    os.environ["APOA_DATABASE_URL"].replace("+psycopg", ""),
    min_size=4,
    max_size=10,
    open=True,
    kwargs={"options": "-c timezone=UTC"},
)


def _in_sql(statement: Executable) -> tuple[str, dict[str, Any]]:
    with _whole.app_context():
        compiled = statement.compile(dialect=db.engine.dialect)  # type: ignore[attr-defined]
    return str(compiled), {name: one for name, one in compiled.params.items() if one is not None}


_ADMIT, _SCOPE, _LODGING = _in_sql(_STATEMENTS["key"]), _in_sql(_TELL), _in_sql(_LODGING_KEPT)
_DEADLINES, _AROUND = _in_sql(_TIMETABLE), _in_sql(_NEIGHBOURS)
_STORE = _in_sql(
    text(
        f"WITH first AS ({_one_insert(Stay, 'stays', True)} RETURNING id),"
        f" i0 AS ({_one_insert(StayVersion, 'versions', False, 'stay_id')}),"
        f" i1 AS ({_one_insert(StayNameToken, 'tokens', False, 'stay_id')}),"
        f" i2 AS ({_one_insert(Receipt, 'receipts', False, 'stay_id')}),"
        f" i3 AS ({_one_insert(AuditRow, 'audits', False, 'subject_id')})"
        f" SELECT id, ({DEFER_JOBS}) FROM first"
    )
)


@app.post("/api/v1/properties/<uuid:property_id>/stays")
def report(property_id: UUID) -> Response:
    """Stores one report and answers with what it holds."""
    with pool.connection() as connection:
        key_id = _admit(connection, property_id)
        item = json.loads(request.get_data())
        told = {"user_id": str(key_id), "property_ids": f"{{{property_id}}}"}
        _rows(connection, _SCOPE, told | {"office_ids": "{}", "reads_all": "", "everywhere": ""})
        lodging = Lodging(*_rows(connection, _LODGING, {"property_id": property_id})[0])
        body = _store(connection, lodging, key_id, item)
    return Response(json.dumps(body), 201, {"ETag": '"v1"'}, mimetype="application/json")


def _admit(connection: Connection[Any], property_id: UUID) -> UUID:
    key = parse_key(request.headers["Authorization"].removeprefix("Bearer "))
    assert key is not None
    shown = {"key_id": key.key_id, "mode": str(key.mode), "secret_hash": hash_token(key.secret)}
    quota = {"per_key": 1_000_000, "per_address": 10, "window": WINDOW_SECONDS}
    connection.autocommit = True
    [row] = _rows(connection, _ADMIT, shown | quota | {"now": now(), "open_bucket": bytes(32)})
    connection.autocommit = False
    key_id: UUID = row[3]
    assert property_id in row[6]
    return key_id


def _store(
    connection: Connection[Any], lodging: Lodging, key_id: UUID, item: Any
) -> dict[str, Any]:
    at, zone = now(), lodging.time_zone
    reported: StayReport = schema_in(zone).read(item)
    assert not check_report(reported, now=at, time_zone=zone)
    stay_id, deadline = new_id(), _deadline(connection, lodging, reported, at)
    whose: dict[str, Any] = {"property_id": lodging.property_id, "office_id": lodging.office_id}
    columns = columns_of(reported, stay_id, zone) | whose
    columns |= {"id": stay_id, "version": 1, "submission_id": None, "cancel_reason": None}
    columns |= {"cancelled_at": None, "due_at": deadline.due_at, "warnings": [], "source": "api"}
    columns |= {"deadline_state": str(deadline.state_at(at))}
    columns |= {"first_received_at": at, "updated_at": at}
    near = _neighbourhood(connection, lodging, reported)
    leaves_on = reported.expected_departure_on
    around = Circumstances(lodging.type, columns["checked_in_on"], leaves_on, at, deadline.due_at)
    warnings = check_warnings(reported, around, near.alike(reported), near.party(reported))
    content = report_to_mapping(reported) | {"state": "in_house"}
    canonical = canonical_json(content)
    version = whose | {"stay_id": stay_id, "version": 1, "act": "report", "changed": []}
    version |= {"content_sealed": seal_version(stay_id, 1, canonical), "reason": None}
    version |= {"source": "api", "actor_id": key_id, "received_at": at}
    stay: Any = SimpleNamespace(**columns)
    receipt = receipt_row(stay, lodging, canonical, at)
    audit = audit_row("report_stay", subject_type="stay", subject_id=stay_id, **whose, version=1)
    job = {"property_id": lodging.property_id, "stay_ids": [stay_id], "changed": True}
    rows = {"stays": [columns], "versions": [version], "receipts": [receipt], "audits": [audit]}
    rows |= {"tokens": _token_rows(stay, reported.guest)}
    values = {name: rows_json(several) for name, several in rows.items()}
    values |= Jobs("cross_check_stays", [job], queue="crosscheck", priority=10).values
    assert _rows(connection, _STORE, values)
    return content | {
        "id": str(stay_id),
        "version": 1,
        "first_received_at": at.isoformat(),
        "deadline": {"due_at": deadline.due_at.isoformat(), "state": columns["deadline_state"]},
        "receipt": {"number": receipt["number"], "issued_at": at.isoformat()},
        "warnings": [one.code for one in warnings],
    }


def _deadline(
    connection: Connection[Any], lodging: Lodging, reported: StayReport, at: datetime
) -> Deadline:
    asked = {"office_id": lodging.office_id, "earliest": reported.checked_in_at, "now": at}
    rows = _rows(connection, _DEADLINES, asked)
    rules = [row[:3] for row in rows if row[2] is not None]
    outages = [(row[1], row[3], row[4]) for row in rows if row[2] is None]
    return Timetable(rules, outages).deadline_for(reported.checked_in_at, at)


def _neighbourhood(
    connection: Connection[Any], lodging: Lodging, reported: StayReport
) -> Neighbourhood:
    asked = {
        "property_id": lodging.property_id,
        "office_id": lodging.office_id,
        "first_day": local_date(reported.checked_in_at, lodging.time_zone),
        "last_day": reported.expected_departure_on,
        "most": _MOST + _MOST_EACH,
        "birth_dates": [reported.guest.birth_date],
        "blinds": [find_document_blind(reported.document.number)],
        "parties": [],
    }
    return Neighbourhood(lodging, (Near(*row) for row in _rows(connection, _AROUND, asked)))


def _rows(
    connection: Connection[Any], statement: tuple[str, dict[str, Any]], values: dict[str, Any]
) -> list[Any]:
    sql, constants = statement
    with connection.cursor(row_factory=tuple_row) as cursor:
        return cursor.execute(sql.encode(), constants | values).fetchall()
