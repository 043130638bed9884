"""One cross-check against a register of permits, and what it costs when the register grows.

`APOA_BENCH_PERMITS` names the sizes ("1000000,5000000"; 200000 without it): the register is loaded
by COPY, and each size adds to the one before. People and guests are those of benchmarks/linkage.

Rows: `exact number` is the baseline, one look-up of a document's number in its index; `match` is
the check as far as the verdict (keys, candidates, holders, score); `whole check` is what the
worker does, with its two commits, the stored match, the rules and the findings. Before `match` the
register is read once, as a server holds it that has run for a while; in `match, first reads` the
pages come from the disk's cache or the disk. `match` is every check of three rounds; in `match,
middle of three` each guest counts once, by the middle one of the three: what a guest costs, without
the moments in which a shared machine was somewhere else.
"""

import gc
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from flask_migrate import upgrade
from psutil import virtual_memory

from apoa.app import create_app
from apoa.base.settings import settings_from
from apoa.cli import register_commands
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.frequencies import forget_name_frequencies, name_frequencies
from apoa.crosscheck.judge import Question, judge
from apoa.crosscheck.match import read_piece
from apoa.crosscheck.models import Match
from apoa.crosscheck.persons import guest_of
from apoa.db.base import db, session
from apoa.db.roles import load_as_owner
from apoa.db.scope import scope_everywhere
from apoa.offices.load import load_regions
from apoa.permits.queries import list_permits_by_document
from apoa.start.embedded import ADMIN, EmbeddedPostgres, create_database
from apoa.stays.models import Stay
from apoa.stays.sealing import unseal
from benchmarks.crosscheck_register import Register, store_guests
from benchmarks.results import keep
from tests.cast import Cast, make_cast
from tests.conftest import environment_for

T = TypeVar("T")
SIZES = [int(one) for one in os.environ.get("APOA_BENCH_PERMITS", "200000").split(",")]
GUESTS = int(os.environ.get("APOA_BENCH_GUESTS", "1000"))
ROUNDS = 3
# What a server for so many permits has: two fifths of the memory for its buffers, the most that
# PostgreSQL's manual finds useful; the embedded one's 128 MB is for trying out.
_BUFFERS = f"{virtual_memory().total * 2 // 5 >> 20}MB"
SERVER = (("shared_buffers", _BUFFERS), ("maintenance_work_mem", "512MB"), ("fsync", "off"),
          ("full_page_writes", "off"), ("max_wal_size", "8GB"), ("work_mem", "32MB"))  # fmt: skip


@dataclass(frozen=True)
class Timed:
    """What each of many calls took, in milliseconds."""

    name: str
    took: Sequence[float]

    def row(self, permits: int, baseline: "Timed", smallest: float | None) -> dict[str, Any]:
        """A line of the table; `growth` against the p99 at the smallest size."""
        hundredths = quantiles(self.took, n=100)
        return {
            "permits": permits,
            "what": self.name,
            "checks": len(self.took),
            "p50_ms": hundredths[49],
            "p95_ms": hundredths[94],
            "p99_ms": hundredths[98],
            "ratio_p50": hundredths[49] / quantiles(baseline.took, n=100)[49],
            "growth_p99": hundredths[98] / smallest if smallest else 1.0,
        }


def run() -> None:
    """Loads each size and measures at it."""
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder), SERVER)
        server.start()
        try:
            with psycopg.connect(server.url(ADMIN, "postgres"), autocommit=True) as connection:
                create_database(connection, "tests")
            app = create_app(settings_from(environment_for(server, "tests", Path(folder))))
            register_commands(app)
            with app.app_context():
                upgrade()
                load_as_owner(app.extensions["apoa_settings"].owner_database_url, load_regions)
                _measure(server, make_cast())
                db.session.remove()
                db.engine.dispose()
        finally:
            server.stop()


def _measure(server: EmbeddedPostgres, cast: Cast) -> None:
    register = Register(server.url(ADMIN, "tests"))
    rows: list[dict[str, Any]] = []
    smallest: dict[str, float] = {}
    for size in SIZES:
        began = time.perf_counter()
        register.grow_to(size)
        print(f"{size} permits are loaded after {time.perf_counter() - began:.0f} s", flush=True)
        forget_name_frequencies()
        cold = _timed_on(_store(register, cast, size), cast.property_a)
        register.read_through()
        truth = _store(register, cast, size + 1)
        rounds = [_timed_on(truth, cast.property_a) for _ in range(ROUNDS)]
        each = list(zip(*(one["match"].took for one in rounds), strict=True))
        measured = [
            Timed("exact number", [took for one in rounds for took in one["exact number"].took]),
            Timed("match, first reads", cold["match"].took),
            Timed("match", [took for one in each for took in one]),
            Timed("match, middle of three", [median(one) for one in each]),
            _timed("whole check", truth, lambda one: check_stays(cast.property_a, [one])),
        ]
        for one in measured:
            row = one.row(size, measured[0], smallest.get(one.name))
            smallest.setdefault(one.name, row["p99_ms"])
            rows.append(row)
        keep("crosscheck", rows)
        keep("crosscheck_found", [{"permits": size} | _found(truth)])


def _store(register: Register, cast: Cast, seed: int) -> dict[UUID, UUID | None]:
    guests = register.take_guests(GUESTS, Random(seed))
    return store_guests(cast.property_a, cast.office_bengkulu, guests)


def _timed_on(stay_ids: Iterable[UUID], property_id: UUID) -> dict[str, Timed]:
    """Look-up and match of these stays."""
    with scope_everywhere("cross-check"):
        stays = [session().get_one(Stay, (property_id, one)) for one in stay_ids]
        # A worker has no register of its own to look through for garbage.
        gc.collect()
        gc.freeze()
        for stay in stays[:50]:
            _exact(stay), _match(stay)
        measured = [_timed("exact number", stays, _exact), _timed("match", stays, _match)]
        session().rollback()
        # A worker's session holds no thousand guests of others.
        session().expunge_all()
    return {one.name: one for one in measured}


def _timed(name: str, subjects: Iterable[T], act: Callable[[T], object]) -> Timed:
    took = []
    for subject in subjects:
        began = time.perf_counter()
        act(subject)
        took.append((time.perf_counter() - began) * 1000)
    return Timed(name, took)


def _exact(stay: Stay) -> object:
    number = unseal("document_number_sealed", stay.id, stay.document_number_sealed)
    return list_permits_by_document(number or "X")


def _match(stay: Stay) -> object:
    piece = read_piece(stay.property_id, {stay.id: stay}, rematch=True)
    question = Question(guest_of(stay), stay.checked_in_on, stay.expected_departure_on, {})
    return judge(question, piece.candidates[stay.id], name_frequencies())


def _found(truth: dict[UUID, UUID | None]) -> dict[str, Any]:
    """How the stored matches stand to what is known of the guests."""
    counts: Counter[str] = Counter()
    with scope_everywhere("cross-check"):
        for match in session().query(Match).filter(Match.stay_id.in_(list(truth))):
            true = truth[match.stay_id]
            right = "right" if match.permit_id == true and true is not None else "wrong"
            counts[f"{match.band}_{right if match.permit_id is not None else 'nobody'}"] += 1
        session().rollback()
    holders = sum(1 for one in truth.values() if one is not None)
    linked = counts["linked_right"] + counts["linked_wrong"]
    found = counts["linked_right"] + counts["review_right"]
    return {
        "holders": holders,
        "linked": linked,
        "linked_precision": counts["linked_right"] / max(linked, 1),
        "linked_recall": counts["linked_right"] / max(holders, 1),
        "any_band_recall": found / max(holders, 1),
    }
