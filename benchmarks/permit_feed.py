"""A permit feed of 100,000 rows (PERMIT_ROWS), in a process of its own for each size.

Baselines of the same run: reading the same CSV and loading each row with the same marshmallow
schema, storing nothing (of the first 50,000 rows, for each row); and COPY of the same file into a
bare table. Told are the time of a first load and of the same file again (unless PERMIT_AGAIN=0),
the processor time of the first, and how much the process grew meanwhile.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
import psycopg
from flask_migrate import upgrade

from apoa.app import create_app
from apoa.base.settings import settings_from
from apoa.cli import register_commands
from apoa.db.base import session
from apoa.db.roles import load_as_owner
from apoa.db.scope import scope_everywhere
from apoa.permits.feed.columns import guess_mapping
from apoa.permits.feed.models import FeedSource, PermitFeed
from apoa.permits.feed.receive import receive_feed
from apoa.permits.feed.run import run_feed
from apoa.permits.feed.schema import PermitRowSchema
from apoa.permits.feed.start import start_feed
from apoa.permits.load_tables import load_permit_tables
from apoa.start.embedded import ADMIN, EmbeddedPostgres, create_database
from benchmarks.results import keep
from tests.conftest import environment_for

ROWS = int(os.environ.get("PERMIT_ROWS", "100000"))
AGAIN = os.environ.get("PERMIT_AGAIN", "1") == "1"
_SAMPLE = 50_000
_STATES = ("SWE", "AUS", "NLD", "CHN", "KOR", "JPN", "DEU", "FRA", "USA", "GBR", "IND", "MYS")
_HEADINGS = (
    "number", "issuing_state", "kind", "index_code", "niora", "surname", "given_names", "sex",
    "birth_date", "nationality", "valid_from", "valid_until", "entered_on", "status", "sponsor",
    "document_number", "document_expires_on",
)  # fmt: skip


def run() -> None:
    """Measures a tenth of the rows, then all of them, so that growth shows."""
    rows = []
    for size in (ROWS // 10, ROWS):
        command = [sys.executable, "-m", "benchmarks.permit_feed", str(size)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
    keep("permit_feed", rows)


def measure(size: int) -> dict[str, Any]:
    """One size, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="apoa-bench-") as name:
        folder = Path(name)
        path = folder / "permits.csv"
        _write(path, size)
        server = EmbeddedPostgres(folder / "database")
        server.start()
        try:
            return _measure(path, size, server, folder)
        finally:
            server.stop()


def _measure(path: Path, size: int, server: EmbeddedPostgres, folder: Path) -> dict[str, Any]:
    with psycopg.connect(server.url(ADMIN, "postgres"), autocommit=True) as connection:
        create_database(connection, "bench")
    settings = settings_from(environment_for(server, "bench", folder))
    app = create_app(settings)
    register_commands(app)
    with app.app_context():
        upgrade()
        load_as_owner(settings.owner_database_url, load_permit_tables)
        schema_us = _schema_alone(path)
        copy_seconds = _copy_alone(path, server)
        before, began_cpu = _memory(), time.process_time()
        first, grown = _load(path)
        cpu = time.process_time() - began_cpu
        again, grown_again = _load(path) if AGAIN else (None, grown)
    return {
        "rows": size,
        "megabytes": path.stat().st_size / 2**20,
        "first_seconds": first,
        "first_cpu_seconds": cpu,
        "first_rows_per_second": size / first,
        "again_seconds": again,
        "schema_alone_us_each": schema_us,
        "ratio_to_schema": first * 1e6 / size / schema_us,
        "copy_alone_seconds": copy_seconds,
        "memory_before_mib": before,
        "memory_grown_mib": max(grown, grown_again) - before,
    }


def _load(path: Path) -> tuple[float, float]:
    """Seconds, and the largest size of the process on the way in MiB."""
    largest = 0.0

    def look(_done: int, _total: int) -> None:
        nonlocal largest
        largest = max(largest, _memory())

    began = time.perf_counter()
    with path.open("rb") as file:
        feed_id = receive_feed(
            None, file, file_name=path.name, source=FeedSource.COMMAND, office_id=None,
            data_as_of=None,
        )  # fmt: skip
    mapping = guess_mapping(_HEADINGS)
    start_feed(None, feed_id, mapping=mapping, is_dry_run=False, in_background=False)
    run_feed(feed_id, look)
    seconds = time.perf_counter() - began
    _require_whole(feed_id)
    return seconds, largest


def _require_whole(feed_id: Any) -> None:
    with scope_everywhere("permit feed"):
        feed = session().get_one(PermitFeed, feed_id)
        assert (feed.state, feed.refused) == ("done", 0)
        session().rollback()


def _schema_alone(path: Path) -> float:
    """Microseconds a row."""
    schema = PermitRowSchema()
    with path.open(encoding="utf-8", newline="") as file:
        began = time.perf_counter()
        loaded = [
            schema.load({key: value for key, value in row.items() if value})
            for row in islice(csv.DictReader(file), _SAMPLE)
        ]
        return (time.perf_counter() - began) * 1e6 / len(loaded)


def _copy_alone(path: Path, server: EmbeddedPostgres) -> float:
    columns = ", ".join(f"{one} text" for one in _HEADINGS)
    with psycopg.connect(server.url(ADMIN, "bench")) as connection:
        connection.execute(f"CREATE TABLE bare ({columns})")  # type: ignore[arg-type]
        began = time.perf_counter()
        with connection.cursor().copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as copy:
            copy.write(path.read_bytes())
        connection.commit()
        return time.perf_counter() - began


def _memory() -> float:
    return psutil.Process().memory_info().rss / 2**20


def _write(path: Path, size: int) -> None:
    chance = random.Random(9304)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        for number in range(size):
            writer.writerow(_row(number, chance))


def _row(number: int, chance: random.Random) -> list[str]:
    state = chance.choice(_STATES)
    begun = date(2025, 1, 1) + timedelta(days=chance.randrange(600))
    born = date(1945, 1, 1) + timedelta(days=chance.randrange(22000))
    return [
        f"2C{number:09}-{chance.choice('ABCDEF')}", state, "itas", "E23", f"NI{number:010}",
        _word(chance, 8), f"{_word(chance, 6)} {_word(chance, 5)}", chance.choice("FM"),
        born.isoformat(), state, begun.isoformat(), (begun + timedelta(days=364)).isoformat(),
        begun.isoformat(), "active", f"PT {_word(chance, 9)}", f"P{number:08}",
        (begun + timedelta(days=2000)).isoformat(),
    ]  # fmt: skip


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choices("AEIOUBDGKLMNRST", k=length))


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
