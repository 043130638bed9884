"""Two files of invented people: permits, and guests of whom it is known which permit is theirs.

Rates follow what an earlier trial used (35% renewed passports, 15% mistyped numbers, 30% misspelt
surnames, 20% swapped names, 8% wrong birth dates) with the rarer kinds added; they combine by
chance. Fifteen in a hundred guests hold no permit, and four in ten of these are the twin, relative
or namesake of a holder, or carry a holder's passport number.
"""

from __future__ import annotations

import csv
import random
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from benchmarks.linkage import noise
from benchmarks.linkage.noise import Noise, Record
from benchmarks.linkage.people import Holder, Maker

COLUMNS = (
    "id", "surname", "given_names", "birth_date", "nationality", "sex", "document_number",
    "issuing_state",
)  # fmt: skip
# Each kind with its part of the guests. Kinds are applied in this order.
RATES: tuple[tuple[Noise, float], ...] = (
    (noise.other_spelling, 0.15),
    (noise.without_patronymic, 0.08),
    (noise.joined_or_parted, 0.08),
    (noise.misspelt_surname, 0.30),
    (noise.misspelt_given, 0.08),
    (noise.initials, 0.02),
    (noise.truncated, 0.02),
    (noise.single_name, 0.02),
    (noise.swapped_names, 0.20),
    (noise.wrong_birth, 0.08),
    (noise.wrong_sex, 0.01),
    (noise.without_accents, 0.10),
)
RENEWED, WRONG_SIGN, LOOKALIKE, CHANGED_SURNAME, EMPTY = 0.35, 0.15, 0.05, 0.02, 0.05
STRANGERS = 0.15


@dataclass(frozen=True)
class Dataset:
    """Rows of both files, and the permit of each guest who has one."""

    permits: list[tuple[str, Record]]
    guests: list[tuple[str, Record]]
    truth: dict[str, str]

    def write(self, folder: Path) -> tuple[Path, Path]:
        """guests.csv and permits.csv."""
        paths = folder / "guests.csv", folder / "permits.csv"
        for path, rows in zip(paths, (self.guests, self.permits), strict=True):
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                writer.writerows((name, *astuple(record)) for name, record in rows)
        return paths


def make_dataset(permit_count: int, guest_count: int, seed: int, harm: float = 1.0) -> Dataset:
    """`harm` multiplies all rates."""
    maker = Maker(seed)
    rng = random.Random(seed + 1)
    holders = maker.people(permit_count)
    permits = [(f"p{i}", _as_permit(holder, rng)) for i, holder in enumerate(holders)]
    guests: list[tuple[str, Record]] = []
    truth: dict[str, str] = {}
    for i in range(guest_count):
        place = rng.randrange(permit_count)
        name = f"g{i}"
        if rng.random() < STRANGERS:
            guests.append((name, _noisy(_stranger(holders[place], maker, rng), maker, rng, harm)))
        else:
            guests.append((name, _noisy(holders[place], maker, rng, harm)))
            truth[name] = permits[place][0]
    return Dataset(permits, guests, truth)


def _stranger(holder: Holder, maker: Maker, rng: random.Random) -> Holder:
    draw = rng.random()
    if draw < 0.6:
        return maker.person()
    if draw < 0.72:
        return maker.twin(holder)
    if draw < 0.9:
        return maker.relative(holder)
    if draw < 0.93:
        return maker.namesake(holder)
    return replace(maker.person(), number=holder.number)


def _as_permit(holder: Holder, rng: random.Random) -> Record:
    record = _record(holder, rng, other=False)
    return noise.empty_field(record, rng) if rng.random() < EMPTY / 2 else record


def _noisy(holder: Holder, maker: Maker, rng: random.Random, harm: float) -> Record:
    if holder.sex == "F" and rng.random() < CHANGED_SURNAME * harm:
        holder = replace(holder, surname=maker.relative(maker.person()).surname)
    record = _record(holder, rng, other=rng.random() < 0.3)
    for kind, rate in RATES:
        if rng.random() < rate * harm:
            record = kind(record, rng)
    if rng.random() < RENEWED * harm:
        record = noise.renewed_passport(record, rng)
    elif rng.random() < WRONG_SIGN * harm:
        record = noise.wrong_sign(record, rng)
    elif rng.random() < LOOKALIKE * harm:
        record = noise.lookalike_sign(record, rng)
    if rng.random() < EMPTY * harm:
        record = noise.empty_field(record, rng)
    return record


def _record(holder: Holder, rng: random.Random, other: bool) -> Record:
    return Record(
        noise.in_latin(holder.surname, rng, other),
        noise.in_latin(holder.given_names, rng, other),
        holder.birth_date,
        holder.nationality,
        holder.sex,
        holder.number,
        holder.nationality,
    )
