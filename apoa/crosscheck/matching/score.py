"""How likely a guest and a permit holder are one person, and the band that follows.

Bits of evidence (log2 of how much likelier the agreement is for one person than for two) of each
field are added to those of chance: one in all permits. Source of the method: Fellegi and Sunter,
A Theory for Record Linkage, 1969.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import log2
from typing import TypeVar

from apoa.crosscheck.matching.births import birth_bits
from apoa.crosscheck.matching.documents import document_bits
from apoa.crosscheck.matching.frequencies import NameFrequencies
from apoa.crosscheck.matching.name_bits import name_bits
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

METHOD_VERSION = "1"
LINKED_FROM = 7.0
REVIEW_FROM = -6.0
_SAME_SEX, _OTHER_SEX = 0.9, -4.5
_SAME_NATIONALITY, _OTHER_NATIONALITY = 1.5, -5.0
_AGAINST_BIRTH = -5.0

Id = TypeVar("Id")


def score(guest: Prepared, holder: Prepared, frequencies: NameFrequencies) -> Score:
    """The score of one pair, as if there were no other candidate."""
    bits, reasons = name_bits(guest, holder, frequencies)
    birth, birth_code = birth_bits(guest.birth_date, holder.birth_date)
    document, document_code = _documents(guest, holder)
    sex, sex_code = _plain(guest.sex, holder.sex, _SAME_SEX, _OTHER_SEX)
    nationality, nationality_code = _plain(
        guest.nationality, holder.nationality, _SAME_NATIONALITY, _OTHER_NATIONALITY
    )
    total = bits + birth + document + sex + nationality - frequencies.total_bits
    all_reasons = (
        Reason("document", document_code, document),
        Reason("birth_date", birth_code, birth),
        *reasons,
        Reason("nationality", nationality_code, nationality),
        Reason("sex", sex_code, sex),
    )
    band = Band.NONE
    if total >= LINKED_FROM and not _is_doubtful(reasons, birth, document):
        band = Band.LINKED
    elif total >= REVIEW_FROM or document > 0:
        band = Band.REVIEW
    return Score(round(total, 2), band, all_reasons)


def best_of(
    guest: Prepared, holders: Iterable[tuple[Id, Prepared]], frequencies: NameFrequencies
) -> list[tuple[Id, Score]]:
    """All candidates, the likeliest first; the first is linked only with a clear lead.

    A second that is the same holder again (the same document and birth date) takes no lead away.
    """
    ranked = [(name, holder, score(guest, holder, frequencies)) for name, holder in holders]
    ranked.sort(key=lambda item: (-item[2].value, str(item[0])))
    if not ranked:
        return []
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
    """Whether document, birth date and names are all the same: nobody else can be likelier."""
    codes = {reason.field: reason.code for reason in verdict.reasons}
    return verdict.band is Band.LINKED and all(
        codes[field] == "same" for field in ("document", "birth_date", "name")
    )


def _documents(guest: Prepared, holder: Prepared) -> tuple[float, str]:
    if not guest.documents or not holder.documents:
        return 0.0, "missing"
    return max(document_bits(one, other) for one in guest.documents for other in holder.documents)


def _plain(one: str, other: str, same: float, different: float) -> tuple[float, str]:
    if not one or not other:
        return 0.0, "missing"
    return (same, "same") if one == other else (different, "other")


def _is_doubtful(name_reasons: list[Reason], birth: float, document: float) -> bool:
    """Whether a field speaks so clearly against one person that a human must look."""
    against_name = [reason for reason in name_reasons if reason.code == "other"]
    if against_name and (document <= 0 or birth <= 0):
        return True
    return birth < _AGAINST_BIRTH and document <= 0


def _is_same_holder(one: Prepared, other: Prepared) -> bool:
    return (
        one.birth_date == other.birth_date
        and set(one.words) == set(other.words)
        and not {signs for signs, _ in one.documents}.isdisjoint(
            signs for signs, _ in other.documents
        )
    )
