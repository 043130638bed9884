"""Which permit each guest of a file holds: one row for each guest, in the order of the file."""

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from multiprocessing.pool import AsyncResult, Pool
from pathlib import Path

from apoa.crosscheck.matching.keys import (
    MOST_BY_TELLING_KEYS,
    MOST_CANDIDATES,
    MOST_FOR_A_KEY,
    key_bits,
)
from apoa.crosscheck.matching.score import Band, Prepared, Score, best_of, is_certain, prepared
from apoa.crosscheck.offline.faults import FileFault
from apoa.crosscheck.offline.output import whole_file
from apoa.crosscheck.offline.people import Identified, read_people
from apoa.crosscheck.offline.progress import Progress, Say
from apoa.crosscheck.offline.register import Register, keys_of
from apoa.crosscheck.offline.share import Sample, likeliest_share

COLUMNS = ("guest_id", "permit_id", "score", "band", "reasons")
_CHUNK = 500
_FEW = 2000
# The kinds of keys in the order of what they are worth, and how many candidates are looked at;
# each stage has the kinds before it.
_STAGES = (
    (("d|",), MOST_BY_TELLING_KEYS),
    (("d", "b"), MOST_BY_TELLING_KEYS),
    (("",), MOST_CANDIDATES),
)
LinkRow = tuple[str, str, str, str, str]

# What forked workers see without its being sent to them.
_shared: list[Register] = []


def link_files(
    guests: Path, permits: Path, out: Path, say: Say, processes: int | None = None
) -> dict[str, int]:
    """Writes the links of two files and returns how many rows each band has.

    Both files are read whole and checked before the first row is written. Raises FileFault.
    """
    for source in (guests, permits):
        if out.exists() and source.exists() and out.samefile(source):
            raise FileFault(out, "is one of the files to read; name another to write")
    checking = Progress(say, "guests read")
    total = 0
    sample: Sample[Identified] = Sample()
    for total, _ in enumerate(sample.watch(read_people(guests)), 1):
        checking.at(total)
    checking.end(total)
    register = Register()
    loading = Progress(say, "permits read")
    try:
        register.fill(read_people(permits), loading.at)
    except ValueError as error:
        raise FileFault(permits, str(error)) from None
    loading.end(len(register))
    set_share(register, sample.kept)
    linking = Progress(say, "guests linked", total)
    bands = dict.fromkeys((str(band) for band in Band), 0)
    with whole_file(out, COLUMNS) as writer:
        done = 0
        for rows in _linked(read_people(guests), register, processes or _processes(total)):
            writer.writerows(rows)
            done += len(rows)
            for row in rows:
                bands[row[3]] += 1
            linking.at(done)
    linking.end(done)
    return bands


def set_share(register: Register, guests: list[Identified]) -> None:
    """Lets the register expect as many holders among the guests as this sample shows."""
    register.frequencies = register.frequencies.with_share(0.5)
    found = [_best(prepared(one.person), keys_of(one.person), register) for one in guests]
    share = likeliest_share([None if best is None else best[1].value for best in found])
    register.frequencies = register.frequencies.with_share(share)


def link_one(guest: Identified, register: Register) -> LinkRow:
    """The row of one guest."""
    found = _best(prepared(guest.person), keys_of(guest.person), register)
    if found is None or found[1].band is Band.NONE:
        return guest.id, "", "", str(Band.NONE), ""
    place, verdict = found
    return (
        guest.id,
        register.permit_id(place),
        f"{verdict.value:.2f}",
        str(verdict.band),
        "; ".join(f"{r.field} {r.code} {r.weight:+.1f}" for r in verdict.reasons),
    )


def _best(guest: Prepared, keys: list[str], register: Register) -> tuple[int, Score] | None:
    """The likeliest permit. Where document or birth date find it clearly, no further look is
    taken: whoever shares neither cannot be likelier.
    """
    for kinds, most in _STAGES:
        some = [key for key in keys if key.startswith(kinds)]
        found = _likeliest(guest, _places(some, register, most), register)
        if found is not None and is_certain(found[1]):
            return found
    return found


def _places(keys: list[str], register: Register, most: int) -> list[int]:
    """The permits that share a key; of too many those that share the most telling ones."""
    hits: dict[int, float] = {}
    for key in keys:
        found = register.find(key, MOST_FOR_A_KEY)
        if found:
            worth = key_bits(len(found))
            for place in found:
                hits[place] = hits.get(place, 0.0) + worth
    places = list(hits)
    if len(places) > most:
        places.sort(key=lambda place: (-hits[place], place))
    return places[:most]


def _likeliest(guest: Prepared, places: list[int], register: Register) -> tuple[int, Score] | None:
    holders = [(place, register.holder(place)) for place in places]
    ranked = best_of(guest, holders, register.frequencies)
    return ranked[0] if ranked else None


def _processes(total: int) -> int:
    return 1 if total < _FEW else min(8, len(os.sched_getaffinity(0)))


def _linked(
    guests: Iterator[Identified], register: Register, processes: int
) -> Iterator[list[LinkRow]]:
    chunks = iter(lambda: list(islice(guests, _CHUNK)), [])
    if processes == 1:
        for chunk in chunks:
            yield [link_one(guest, register) for guest in chunk]
        return
    _shared[:] = [register]
    gc.freeze()
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield from _in_order(pool, chunks, 4 * processes)
    finally:
        _shared.clear()
        gc.unfreeze()


def _in_order(
    pool: Pool, chunks: Iterator[list[Identified]], most_waiting: int
) -> Iterator[list[LinkRow]]:
    waiting: deque[AsyncResult[list[LinkRow]]] = deque()
    for chunk in chunks:
        waiting.append(pool.apply_async(_link_chunk, (chunk,)))
        if len(waiting) >= most_waiting:
            yield waiting.popleft().get()
    while waiting:
        yield waiting.popleft().get()


def _link_chunk(chunk: list[Identified]) -> list[LinkRow]:
    return [link_one(guest, _shared[0]) for guest in chunk]
