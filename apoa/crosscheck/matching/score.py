"""How likely a guest and a permit holder are one person, and the band that follows.

Bits of evidence (log2 of how much likelier the agreement is for one person than for two) of each
field are added to those of chance: one in all permits. Source of the method: Fellegi and Sunter,
A Theory for Record Linkage, 1969.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import inf, log2
from typing import NamedTuple, TypeVar

from apoa.crosscheck.matching.births import birth_bits
from apoa.crosscheck.matching.documents import document_bits
from apoa.crosscheck.matching.frequencies import NameFrequencies
from apoa.crosscheck.matching.name_bits import (
    AGAINST,
    NameReason,
    most_name_bits,
    name_bits,
)
from apoa.crosscheck.matching.prepared import Prepared, prepared
from apoa.crosscheck.matching.verdict import Band, Reason, Score

__all__ = [
    "METHOD_VERSION",
    "Band",
    "NameFrequencies",
    "Prepared",
    "Reason",
    "Score",
    "best_of",
    "is_certain",
    "prepared",
    "score",
]

METHOD_VERSION = "2"
LINKED_FROM = 6.0
REVIEW_FROM = -4.0
_SAME_SEX, _OTHER_SEX = 0.9, -4.5
_OTHER_NATIONALITY = -5.0
# Joined words can be worth a little more than the parted ones of the guest.
_OVER_MOST = 4.0
_LEAD_OF_NOTE = 12.0
_CERTAIN = 14.0
_NEARLY_ALL, _MARRIED = 0.983, 1.0
# Bits of doubt if all were strangers: the fewer there are, the less a doubt weighs.
_DOUBT = 300.0
_ONE_WORD, _OTHER_GIVEN_MORE = 6.0, 4.0
_AGAINST_BIRTH = -5.0
_OTHER_GIVEN = {("given_names", "other"), ("name", "other")}

Id = TypeVar("Id")


class _Plain(NamedTuple):
    """The fields that are quickly compared, before the names."""

    document: float
    document_code: str
    birth: float
    birth_code: str
    nationality: float
    nationality_code: str
    sex: float
    sex_code: str

    @property
    def bits(self) -> float:
        return self.document + self.birth + self.nationality + self.sex


def score(guest: Prepared, holder: Prepared, frequencies: NameFrequencies) -> Score:
    """The score of one pair, as if there were no other candidate."""
    fields = _plain(guest, holder, frequencies)
    return _with_names(fields, guest, holder, frequencies, even_none=True)


def best_of(
    guest: Prepared, holders: Iterable[tuple[Id, Prepared]], frequencies: NameFrequencies
) -> list[tuple[Id, Score]]:
    """The candidates worth a look, the likeliest first; only the first can be linked.

    It is linked only with a clear lead. A second that is the same holder again (the same document,
    names and birth date) takes no lead away. Candidates that not even the same names could bring
    to a review, or near the first, are left out; reasons are given for those linked or reviewed.
    """
    plain = [(_plain(guest, holder, frequencies), name, holder) for name, holder in holders]
    plain.sort(key=lambda item: (-item[0].bits, str(item[1])))
    most = most_name_bits(guest, frequencies) + _OVER_MOST - frequencies.chance_bits
    ranked: list[tuple[Id, Prepared, Score]] = []
    floor = REVIEW_FROM
    for fields, name, holder in plain:
        if fields.bits + most < floor and fields.document <= 0:
            continue
        verdict = _with_names(fields, guest, holder, frequencies)
        floor = max(floor, verdict.value - _LEAD_OF_NOTE)
        ranked.append((name, holder, verdict))
    if not ranked:
        return []
    ranked.sort(key=lambda item: -item[2].value)
    return _with_lead(ranked)


def _with_lead(ranked: list[tuple[Id, Prepared, Score]]) -> list[tuple[Id, Score]]:
    first, holder, verdict = ranked[0]
    rivals = sum(
        2.0 ** min(other.value, 60.0)
        for _, rival, other in ranked[1:]
        if not _is_same_holder(holder, rival)
    )
    if verdict.band is Band.LINKED and verdict.value - log2(1.0 + rivals) < LINKED_FROM:
        lead = Reason("lead", "too-small", round(-log2(1.0 + rivals), 2))
        verdict = replace(verdict, band=Band.REVIEW, reasons=(*verdict.reasons, lead))
    rest = [
        (name, replace(other, band=Band.REVIEW) if other.band is Band.LINKED else other)
        for name, _, other in ranked[1:]
    ]
    return [(first, verdict), *rest]


def is_certain(verdict: Score) -> bool:
    """Whether it is so clear that a person with another document and birth date is no rival."""
    if verdict.band is not Band.LINKED:
        return False
    codes = {reason.field: reason.code for reason in verdict.reasons}
    if codes["document"] == "same":
        return codes["birth_date"] == codes["name"] == "same"
    return verdict.value >= _CERTAIN


def _plain(guest: Prepared, holder: Prepared, frequencies: NameFrequencies) -> _Plain:
    document, document_code = _documents(guest, holder)
    birth, birth_code = birth_bits(guest.birth_date, holder.birth_date)
    same = frequencies.nationality_bits(guest.nationality)
    nationality = _compared(guest.nationality, holder.nationality, same, _OTHER_NATIONALITY)
    sex = _compared(guest.sex, holder.sex, _SAME_SEX, _OTHER_SEX)
    return _Plain(document, document_code, birth, birth_code, *nationality, *sex)


def _with_names(
    fields: _Plain,
    guest: Prepared,
    holder: Prepared,
    frequencies: NameFrequencies,
    *,
    even_none: bool = False,
) -> Score:
    """The score; without reasons for what no one will look at, unless `even_none`."""
    bits, reasons = name_bits(guest, holder, frequencies)
    total = bits + fields.bits - frequencies.chance_bits
    band = Band.NONE
    is_woman = guest.sex == holder.sex == "F"
    if total >= _needed(reasons, fields, frequencies, is_woman):
        band = Band.LINKED
    elif total >= REVIEW_FROM or fields.document_code == "same":
        band = Band.REVIEW
    if band is Band.NONE and not even_none:
        return Score(round(total, 2), band, ())
    all_reasons = (
        Reason("document", fields.document_code, fields.document),
        Reason("birth_date", fields.birth_code, fields.birth),
        *[Reason(*reason) for reason in reasons],
        Reason("nationality", fields.nationality_code, fields.nationality),
        Reason("sex", fields.sex_code, fields.sex),
    )
    return Score(round(total, 2), band, all_reasons)


def _documents(guest: Prepared, holder: Prepared) -> tuple[float, str]:
    if not guest.documents or not holder.documents:
        return 0.0, "missing"
    return max(document_bits(one, other) for one in guest.documents for other in holder.documents)


def _compared(one: str, other: str, same: float, different: float) -> tuple[float, str]:
    if not one or not other:
        return 0.0, "missing"
    return (same, "same") if one == other else (different, "other")


def _is_doubtful(name_reasons: list[NameReason], fields: _Plain) -> bool:
    """Whether a field speaks so clearly against one person that a human must look.

    Twins and siblings share all but the given names, sometimes even all but one sign of the
    number; namesakes share the names; and a passport number may have been written for another.
    """
    contradicted = {field for field, code, _ in name_reasons if code in AGAINST}
    if "given_names" in contradicted or "name" in contradicted:
        return fields.document_code != "same" or fields.birth < 0 or fields.sex < 0
    if contradicted:
        return fields.document <= 0 or fields.birth < 0
    return fields.birth < _AGAINST_BIRTH and fields.document <= 0


def _needed(
    name_reasons: list[NameReason], fields: _Plain, frequencies: NameFrequencies, is_woman: bool
) -> float:
    """The value from which a pair is linked: more where the names alone say too little.

    What could be a relative is never linked, except where nearly every guest holds a permit: there
    the relative would have been found under the own one. A woman whose surname alone is another
    has married, sooner than that two of one birth date bear her other names.
    """
    doubt = _DOUBT * (1.0 - frequencies.share)
    needed = LINKED_FROM
    codes = {(field, code) for field, code, _ in name_reasons}
    if ("given_names", "not-given") in codes:
        needed += min(_ONE_WORD, doubt)
    elif not codes.isdisjoint(_OTHER_GIVEN):
        needed += min(_OTHER_GIVEN_MORE, doubt)
    if _is_doubtful(name_reasons, fields):
        contradicted = {field for field, code, _ in name_reasons if code in AGAINST}
        agrees = fields.birth_code == "same" and fields.nationality >= 0
        if is_woman and contradicted == {"surname"} and agrees:
            return needed + _MARRIED
        if frequencies.share < _NEARLY_ALL or fields.birth < 0:
            return inf
        needed = max(needed, LINKED_FROM + doubt)
    return needed


def _is_same_holder(one: Prepared, other: Prepared) -> bool:
    return (
        one.birth_date == other.birth_date
        and set(one.words) == set(other.words)
        and not {signs for signs, _ in one.documents}.isdisjoint(
            signs for signs, _ in other.documents
        )
    )
