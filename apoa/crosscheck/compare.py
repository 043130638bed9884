"""Puts a guest and a permit holder side by side: field by field, what agrees and what does not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from apoa.base.document_number import normalize_document_number
from apoa.base.names import fold
from apoa.permits.content import PermitContent
from apoa.stays.content import StayReport

Reasons = Iterable[Mapping[str, Any]]
# Of the codes of `Reason.code` those that speak neither for the same nor for another value.
_DIFFERENT = frozenset({"other", "too-small"})


class Agreement(StrEnum):
    """How the values of a field stand to each other."""

    SAME = "same"
    CLOSE = "close"
    DIFFERENT = "different"
    MISSING = "missing"


@dataclass(frozen=True)
class FieldPair:
    """A field of both records. `code` says how they differ, as the matching saw it, if it did.

    `holder` has one value, or for documents every number known of the holder.
    """

    name: str
    guest: str | None = field(repr=False)
    holder: tuple[str, ...] = field(repr=False)
    agreement: Agreement
    code: str | None = None


def compare(report: StayReport, permit: PermitContent, reasons: Reasons) -> tuple[FieldPair, ...]:
    """Names, birth, nationality, sex and document of both; `reasons` are the match's, if any."""
    codes: dict[str, list[str]] = {}
    for one in reasons:
        codes.setdefault(one["field"], []).append(one["code"])
    guest = report.guest
    return (
        _name("surname", guest.surname, permit.surname, codes),
        _name("given_names", guest.given_names, permit.given_names, codes),
        _plain("birth_date", guest.birth_date, permit.birth_date, codes),
        _plain("nationality", guest.nationality, permit.nationality, codes),
        _plain("sex", guest.sex, permit.sex, codes),
        _document(report.document.number, permit, codes),
        _plain(
            "issuing_state",
            report.document.issuing_state,
            permit.documents[0].issuing_state if permit.documents else None,
            {},
        ),
    )


def _name(
    name: str, guest: str | None, holder: str | None, codes: Mapping[str, Sequence[str]]
) -> FieldPair:
    if not guest or not holder:
        return _pair(name, guest, holder, Agreement.MISSING, None)
    code = _first_other(codes.get(name, ())) or _first_other(codes.get("name", ()))
    if fold(guest) == fold(holder):
        return _pair(name, guest, holder, Agreement.SAME, None)
    contradicted = "other" in codes.get(name, ()) or codes.get("name") == ["other"]
    agreement = Agreement.DIFFERENT if contradicted else Agreement.CLOSE
    return _pair(name, guest, holder, agreement, code)


def _plain(
    name: str, guest: str | None, holder: str | None, codes: Mapping[str, Sequence[str]]
) -> FieldPair:
    if not guest or not holder:
        return _pair(name, guest, holder, Agreement.MISSING, None)
    if guest == holder:
        return _pair(name, guest, holder, Agreement.SAME, None)
    code = _first_other(codes.get(name, ()))
    close = code is not None and code not in _DIFFERENT
    return _pair(name, guest, holder, Agreement.CLOSE if close else Agreement.DIFFERENT, code)


def _document(
    guest: str | None, permit: PermitContent, codes: Mapping[str, Sequence[str]]
) -> FieldPair:
    numbers = tuple(one.number for one in permit.documents)
    if not guest or not numbers:
        return FieldPair("document_number", guest, numbers, Agreement.MISSING)
    code = _first_other(codes.get("document", ()))
    if normalize_document_number(guest) in {normalize_document_number(one) for one in numbers}:
        return FieldPair("document_number", guest, numbers, Agreement.SAME)
    close = code is not None and code not in _DIFFERENT
    agreement = Agreement.CLOSE if close else Agreement.DIFFERENT
    return FieldPair("document_number", guest, numbers, agreement, code)


def _first_other(codes: Sequence[str]) -> str | None:
    return next((one for one in codes if one not in ("same", "missing")), None)


def _pair(
    name: str, guest: str | None, holder: str | None, agreement: Agreement, code: str | None
) -> FieldPair:
    return FieldPair(name, guest, (holder,) if holder else (), agreement, code)
