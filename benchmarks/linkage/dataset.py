"""Two files of invented people: permits, and guests of whom it is known which permit is theirs.

`TRIAL` has the rates of an earlier trial (35% renewed passports, 15% mistyped numbers, 30% misspelt
surnames, 20% swapped names, 8% wrong birth dates), which combine by chance, and every guest holds a
permit; in `TRIAL_WITH_STRANGERS` one in ten is somebody else. `ALL_KINDS` adds the rarer kinds of
harm at a third of the rates that `HARD` has, and one in ten strangers is a holder's relative. In
`HARD` fifteen in a hundred guests hold no permit, and four in ten of these are the twin, relative
or namesake of a holder, or carry a holder's passport number.
"""

from __future__ import annotations

import csv
import random
from dataclasses import astuple, dataclass, field, replace
from pathlib import Path

from benchmarks.linkage import noise
from benchmarks.linkage.noise import Noise, Record
from benchmarks.linkage.people import Holder, Maker

COLUMNS = (
    "id", "surname", "given_names", "birth_date", "nationality", "sex", "document_number",
    "issuing_state",
)  # fmt: skip
Rates = tuple[tuple[Noise, float], ...]
# Each kind with its part of the guests. Kinds are applied in this order.
_ALL_RATES: Rates = (
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
_TRIAL_RATES: Rates = (
    (noise.misspelt_surname, 0.30),
    (noise.swapped_names, 0.20),
    (noise.wrong_birth, 0.08),
)


@dataclass(frozen=True)
class Mix:
    """What happens to how large a part of the guests; `relatives` of those without a permit."""

    rates: Rates = field(default=_ALL_RATES, repr=False)
    renewed: float = 0.35
    wrong_sign: float = 0.15
    lookalike: float = 0.05
    changed_surname: float = 0.02
    empty: float = 0.05
    strangers: float = 0.15
    relatives: float = 0.4


HARD = Mix()
TRIAL = Mix(_TRIAL_RATES, lookalike=0.0, changed_surname=0.0, empty=0.0, strangers=0.0)
TRIAL_WITH_STRANGERS = replace(TRIAL, strangers=0.10, relatives=0.0)
ALL_KINDS = Mix(
    tuple((kind, rate if (kind, rate) in _TRIAL_RATES else rate / 3) for kind, rate in _ALL_RATES),
    lookalike=0.02,
    empty=0.02,
    strangers=0.10,
    relatives=0.1,
)
_UNHARMED = Mix((), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
# One kind of harm to each guest, and nothing else.
ALONE: dict[str, Mix] = {
    "renewed passport": replace(_UNHARMED, renewed=1.0),
    "one wrong sign in the number": replace(_UNHARMED, wrong_sign=1.0),
    "look-alike sign in the number": replace(_UNHARMED, lookalike=1.0),
    "changed surname (women)": replace(_UNHARMED, changed_surname=1.0),
    "renewed passport and changed surname (women)": replace(
        _UNHARMED, renewed=1.0, changed_surname=1.0
    ),
    **{
        f"renewed passport and {kind.__name__.replace('_', ' ')}": replace(
            _UNHARMED, rates=((kind, 1.0),), renewed=1.0
        )
        for kind, _ in _ALL_RATES
    },
}


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


def make_dataset(permit_count: int, guest_count: int, seed: int, mix: Mix = HARD) -> Dataset:
    """So many permits, and guests as the mix has them."""
    maker = Maker(seed)
    rng = random.Random(seed + 1)
    holders = maker.people(permit_count)
    permits = [(f"p{i}", _as_permit(holder, rng, mix)) for i, holder in enumerate(holders)]
    guests: list[tuple[str, Record]] = []
    truth: dict[str, str] = {}
    for i in range(guest_count):
        place = rng.randrange(permit_count)
        name = f"g{i}"
        if rng.random() < mix.strangers:
            stranger = _stranger(holders[place], maker, rng, mix.relatives)
            guests.append((name, _noisy(stranger, maker, rng, mix)))
        else:
            guests.append((name, _noisy(holders[place], maker, rng, mix)))
            truth[name] = permits[place][0]
    return Dataset(permits, guests, truth)


def _stranger(holder: Holder, maker: Maker, rng: random.Random, relatives: float) -> Holder:
    if rng.random() >= relatives:
        return maker.person()
    draw = rng.random()
    if draw < 0.3:
        return maker.twin(holder)
    if draw < 0.75:
        return maker.relative(holder)
    if draw < 0.825:
        return maker.namesake(holder)
    return replace(maker.person(), number=holder.number)


def _as_permit(holder: Holder, rng: random.Random, mix: Mix) -> Record:
    record = _record(holder, rng, other=False)
    return noise.empty_field(record, rng) if rng.random() < mix.empty / 2 else record


def _noisy(holder: Holder, maker: Maker, rng: random.Random, mix: Mix) -> Record:
    if holder.sex == "F" and rng.random() < mix.changed_surname:
        holder = replace(holder, surname=maker.relative(maker.person()).surname)
    record = _record(holder, rng, other=rng.random() < 0.3)
    for kind, rate in mix.rates:
        if rng.random() < rate:
            record = kind(record, rng)
    if rng.random() < mix.renewed:
        record = noise.renewed_passport(record, rng)
    elif rng.random() < mix.wrong_sign:
        record = noise.wrong_sign(record, rng)
    elif rng.random() < mix.lookalike:
        record = noise.lookalike_sign(record, rng)
    if rng.random() < mix.empty:
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
