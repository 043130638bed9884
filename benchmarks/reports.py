"""One report and a batch of 1,000 over HTTP, and the memory of a worker afterwards.

The worker runs, with the low priority that it has, and does the rest of its checks between the
rounds; `checks_after` says how long that takes.

Baselines of the same run: for one report a bare Flask view on the same gunicorn that inserts one
row with psycopg and commits, and beside it the `floor` (see `floor_app`); for the batch marshmallow
alone loading the same items.
"""

import copy
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psutil
import psycopg

from apoa.start.embedded import EmbeddedPostgres
from apoa.stays.schemas import schema_in
from benchmarks.load import Measured, run_load
from benchmarks.results import keep
from tests.journeys.system import ROOT, System, free_port

REQUESTS = int(os.environ.get("BENCH_REQUESTS", "1000"))
CONNECTIONS = 8
BATCH = 1000
LONGEST_DRAIN_SECONDS = 300
_WAITING = (
    "SELECT FROM procrastinate_jobs WHERE queue_name = 'crosscheck'"
    " AND status IN ('todo', 'doing') LIMIT 1"
)
ROUNDS = 5
_RNG = Random(9303)
_ZONE = ZoneInfo("Asia/Jakarta")


def run() -> None:
    """Measures in alternating rounds, so that both sides meet the same noise."""
    with tempfile.TemporaryDirectory() as folder:
        system = System(Path(folder), free_port())
        system.environ = {"APOA_API_CALLS_PER_MINUTE": "1000000", "APOA_DEMO_STAYS": "500"}
        system.start()
        others = [_start(system, "baseline_app"), _start(system, "floor_app")]
        time.sleep(10)
        try:
            _measure(system, *(one.port for one in others))
        finally:
            for one in others:
                one.process.terminate()
                one.process.wait()
            system.interrupt()


def _measure(system: System, baseline_port: int, floor_port: int) -> None:
    key = next(one for one in _keys(system) if one["mode"] == "live")
    property_id = key["properties"][0]["id"]
    headers = {"Authorization": f"Bearer {key['key']}", "Content-Type": "application/json"}
    path = f"/api/v1/properties/{property_id}/stays"

    def report(_number: int) -> tuple[str, str, bytes, dict[str, str]]:
        return "POST", path, json.dumps(_stay()).encode(), headers

    def bare(_number: int) -> tuple[str, str, bytes, dict[str, str]]:
        return "POST", "/rows", json.dumps(_stay()).encode(), headers

    _settle(system)
    ours: list[Measured] = []
    theirs: list[Measured] = []
    floor: list[Measured] = []
    drained: list[float] = []
    for _round in range(ROUNDS):
        theirs.append(run_load(baseline_port, bare, requests=REQUESTS, connections=CONNECTIONS))
        ours.append(run_load(system.port, report, requests=REQUESTS, connections=CONNECTIONS))
        drained.append(_drain(system))
        floor.append(run_load(floor_port, report, requests=REQUESTS, connections=CONNECTIONS))
        _drain(system)
    rows = {"bare insert": theirs, "floor": floor, "report": ours}
    keep("one_report", [_row(name, runs, theirs) for name, runs in rows.items()])
    keep("checks_after", [{"reports": REQUESTS, "seconds": max(drained)}])
    keep("batch", [_batch(system, path, headers)])
    keep("memory", [_memory(system)])


def _settle(system: System) -> None:
    """Statistics as a database has them that has run for more than a minute."""
    server = EmbeddedPostgres(system.folder)
    with psycopg.connect(server.url("apoa_owner"), autocommit=True) as connection:
        connection.execute("ANALYZE")


def _drain(system: System) -> float:
    """Waits until all reports are checked, so that the checks burden no other; the seconds."""
    server = EmbeddedPostgres(system.folder)
    began = time.perf_counter()
    with psycopg.connect(server.url("apoa_owner"), autocommit=True) as connection:
        while connection.execute(_WAITING).fetchone() is not None:
            if time.perf_counter() - began > LONGEST_DRAIN_SECONDS:
                raise TimeoutError("the worker does not come to an end")
            time.sleep(0.2)
    return time.perf_counter() - began


def _row(name: str, runs: list[Measured], baseline: list[Measured]) -> dict[str, Any]:
    """The middle of all rounds, and of what each was against the baseline of its own round."""
    pairs = list(zip(runs, baseline, strict=True))
    return {
        "what": name,
        "requests": sum(one.requests for one in runs),
        "failed": sum(one.failed for one in runs),
        "per_second": median(one.per_second for one in runs),
        "p50_ms": median(one.p50_ms for one in runs),
        "p99_ms": median(one.p99_ms for one in runs),
        "throughput_ratio": median(one.per_second / base.per_second for one, base in pairs),
        "p99_ratio": median(one.p99_ms / base.p99_ms for one, base in pairs),
    }


def _batch(system: System, path: str, headers: dict[str, str]) -> dict[str, Any]:
    http_ms, schema_ms = [], []
    schema = schema_in("Asia/Jakarta")
    for _round in range(ROUNDS):
        items = [_stay() for _ in range(BATCH)]
        copies = copy.deepcopy(items)
        began = time.perf_counter()
        for item in copies:
            schema.read(item)
        schema_ms.append((time.perf_counter() - began) * 1000)
        # Guests of their own in each: the same ones again would be answered, not stored.
        bodies = [json.dumps({"items": [_stay() for _ in range(BATCH)]}).encode() for _ in "12"]
        _drain(system)
        done = run_load(
            system.port,
            lambda n, bodies=bodies: ("POST", f"{path}/batch", bodies[n], headers),  # type: ignore[misc]
            requests=len(bodies),
            connections=1,
        )
        http_ms.append(1000 / done.per_second)
        assert done.failed == 0
    return {
        "items": BATCH,
        "marshmallow_ms_each": min(schema_ms) / BATCH,
        "http_ms_each": min(http_ms) / BATCH,
        "ratio": min(http_ms) / min(schema_ms),
    }


def _memory(system: System) -> dict[str, Any]:
    assert system.process is not None
    children = psutil.Process(system.process.pid).children(recursive=True)
    workers = [
        one
        for one in children
        if "gunicorn" in " ".join(one.cmdline()) and one.ppid() != system.process.pid
    ]
    sizes = [one.memory_info().rss / 2**20 for one in workers]
    return {"workers": len(sizes), "largest_mib": max(sizes), "reports": REQUESTS * ROUNDS}


def _word() -> str:
    return "".join(_RNG.choices("ABCDEFGHIKLMNOPRSTUVY", k=7))


def _stay() -> dict[str, Any]:
    """A guest of their own: the same person a thousand times would only find duplicates."""
    # Who came an hour ago and is reported in time, as nearly all are.
    came = (datetime.now(_ZONE) - timedelta(hours=1)).replace(microsecond=0)
    return {
        "client_ref": f"B-{uuid4().hex}",
        "guest": {
            "surname": f"ERIKSSON {_word()}",
            "given_names": f"ANNA {_word()}",
            "sex": "F",
            "birth_date": str(date(1940, 1, 1) + timedelta(days=_RNG.randrange(25000))),
            "nationality": "SWE",
        },
        "document": {
            "type": "passport",
            "number": uuid4().hex[:9].upper(),
            "issuing_state": "SWE",
            "expires_on": "2032-04-15",
        },
        "purpose": "tourism",
        "checked_in_at": came.isoformat(),
        "expected_departure_on": str(came.date() + timedelta(days=3)),
    }


def _keys(system: System) -> list[dict[str, Any]]:
    keys: list[dict[str, Any]] = json.loads(system.command("demo", "credentials", "--json"))["keys"]
    return keys


class _Other:
    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process, self.port = process, port


def _start(system: System, name: str) -> _Other:
    server = EmbeddedPostgres(system.folder)
    url = server.url("apoa_owner")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS baseline_rows"
            " (id bigserial PRIMARY KEY, body bytea NOT NULL)"
        )
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", f"benchmarks.{name}:app"],
        cwd=ROOT,
        env=os.environ
        | {
            "PORT": str(port),
            "BASELINE_DATABASE_URL": url,
            "APOA_INSTANCE": str(system.folder),
            "APOA_DATABASE_URL": server.url().replace("postgresql:", "postgresql+psycopg:"),
        },
    )
    return _Other(process, port)
