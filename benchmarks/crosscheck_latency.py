"""From acceptance to finding: a report comes by the API, and its finding is there, on the demo.

`APOA_BENCH_DEMO_STAYS` (1000) is the size of the demo, `APOA_BENCH_REPORTS` (100) how many guests
are reported, two a
second. Each holds a permit that ran out. Time runs from the answer to the report until another
connection sees the finding. Bar: p95 under 3 seconds.
"""

import json
import os
import tempfile
import time
import urllib.request
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import UUID, uuid4

import psycopg

from apoa.app import create_app
from apoa.base.clock import now
from apoa.base.settings import settings_from
from apoa.db.base import db
from apoa.db.scope import scope_everywhere
from apoa.permits.content import DocumentContent, PermitContent
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import upsert_permits
from apoa.start.embedded import ADMIN, EmbeddedPostgres
from benchmarks.results import keep
from tests.journeys.system import System, free_port

REPORTS = int(os.environ.get("APOA_BENCH_REPORTS", "100"))
DEMO_STAYS = os.environ.get("APOA_BENCH_DEMO_STAYS", "1000")
_PAUSE = 0.5
_PATIENCE = 60.0
_WAITING = (
    "SELECT count(*) FROM procrastinate_jobs WHERE queue_name = 'crosscheck'"
    " AND status IN ('todo', 'doing')"
)
_FOUND = "SELECT count(*) FROM findings WHERE stay_id = %s AND rule = 'permit-expired'"
_KEYED = "SELECT count(DISTINCT permit_id) FROM permit_keys WHERE permit_id = ANY (%s)"


def run() -> None:
    """Starts the system with its demo, reports guests, and waits for each finding."""
    with tempfile.TemporaryDirectory() as folder:
        system = System(Path(folder), free_port())
        system.environ = {"APOA_API_CALLS_PER_MINUTE": "100000", "APOA_DEMO_STAYS": DEMO_STAYS}
        system.start()
        try:
            keep("crosscheck_latency", [_measure(system)])
        finally:
            system.interrupt()


def _measure(system: System) -> dict[str, Any]:
    url = EmbeddedPostgres(system.folder).url(ADMIN)
    key = next(one for one in _keys(system) if one["mode"] == "live")
    with psycopg.connect(url, autocommit=True) as connection:
        _wait(lambda: _count(connection, _WAITING) == 0, 1800.0)
        guests = [_guest(place) for place in range(REPORTS)]
        permit_ids = _register(system, guests)
        _wait(lambda: _count(connection, _KEYED, permit_ids) == REPORTS, 600.0)
        took = [_one(system, connection, key, guest) for guest in guests]
    hundredths = quantiles(took, n=100)
    return {
        "reports": REPORTS,
        "demo_stays": int(DEMO_STAYS),
        "p50_s": hundredths[49],
        "p95_s": hundredths[94],
        "max_s": max(took),
    }


def _one(
    system: System, connection: psycopg.Connection[Any], key: dict[str, Any], guest: dict[str, Any]
) -> float:
    began = time.monotonic()
    stay_id = _report(system, key, guest)
    accepted = time.monotonic()
    _wait(lambda: _count(connection, _FOUND, stay_id) == 1, _PATIENCE)
    found = time.monotonic()
    time.sleep(max(0.0, _PAUSE - (found - began)))
    return found - accepted


def _report(system: System, key: dict[str, Any], guest: dict[str, Any]) -> UUID:
    property_id = key["properties"][0]["id"]
    request = urllib.request.Request(  # noqa: S310 - our own system
        f"{system.url}/api/v1/properties/{property_id}/stays",
        data=json.dumps(guest).encode(),
        headers={"Authorization": f"Bearer {key['key']}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
        return UUID(json.load(answer)["id"])


def _guest(place: int) -> dict[str, Any]:
    today = now().date()
    letters = f"{chr(65 + place % 26)}{chr(65 + place // 26 % 26)}"
    return {
        "client_ref": f"L-{uuid4().hex}",
        "guest": {
            "surname": f"LINDQVIST{letters}",
            "given_names": "ASTRID",
            "sex": "F",
            "birth_date": str(date(1950, 1, 1) + timedelta(days=37 * place)),
            "nationality": "SWE",
        },
        "document": {
            "type": "passport",
            "number": uuid4().hex[:9].upper(),
            "issuing_state": "SWE",
            "expires_on": "2032-04-15",
        },
        "purpose": "tourism",
        "checked_in_at": f"{today - timedelta(days=2)}T14:05:00+07:00",
        "expected_departure_on": str(today + timedelta(days=3)),
        "late_reason": "listrik padam",
    }


def _register(system: System, guests: list[dict[str, Any]]) -> list[UUID]:
    """Permits that ran out before the guests came, written as a feed writes them."""
    app = create_app(settings_from({"APOA_INSTANCE": str(system.folder), **_environment(system)}))
    contents = [
        PermitContent(
            number=f"L{uuid4().hex[:10].upper()}",
            issuing_state="SWE",
            kind="voa",
            birth_date=one["guest"]["birth_date"],
            nationality="SWE",
            valid_until=now().date() - timedelta(days=5),
            surname=one["guest"]["surname"],
            given_names=one["guest"]["given_names"],
            sex="F",
            documents=(DocumentContent(one["document"]["number"], "SWE"),),
        )
        for one in guests
    ]
    with app.app_context(), scope_everywhere("demo"):
        done = upsert_permits(contents, UpsertSource(None, now()))
        db.session.remove()
        db.engine.dispose()
    return [one.permit_id for one in done]


def _environment(system: System) -> dict[str, str]:
    server = EmbeddedPostgres(system.folder)
    return {
        "APOA_ENV": "development",
        "APOA_DATABASE_URL": server.url(),
        "APOA_OWNER_DATABASE_URL": server.url("apoa_owner"),
    }


def _count(connection: psycopg.Connection[Any], statement: str, value: Any = None) -> int:
    row = connection.execute(statement, None if value is None else (value,)).fetchone()  # type: ignore[arg-type]
    return int(row[0]) if row else 0


def _wait(is_so: Callable[[], bool], patience: float) -> None:
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError("the cross-check did not come to its end")
        time.sleep(0.02)


def _keys(system: System) -> list[dict[str, Any]]:
    keys: list[dict[str, Any]] = json.loads(system.command("demo", "credentials", "--json"))["keys"]
    return keys
