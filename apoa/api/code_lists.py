"""GET /code-lists: every closed list of codes, with words and from when to when each holds."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from werkzeug.wrappers import Response

from apoa.access.api_scopes import ALL_SCOPES
from apoa.api.answers import cacheable
from apoa.api.blueprint import OPEN, PREFIX, route
from apoa.api.faults import ApiFault
from apoa.api.problems import API_PROBLEMS
from apoa.base.countries import COUNTRIES, is_specimen, normalize_country
from apoa.base.mrz import problems as mrz
from apoa.base.problems import PROBLEMS, ProblemText
from apoa.permits.feed import problems as permit_feeds
from apoa.properties.models import PropertyType
from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES, SEXES, Code
from apoa.stays.problems import FAULTS, WARNINGS
from apoa.webhooks import problems as webhooks

_SECONDS = 3600
# Ways of writing a country that are read as another code.
_WRITTEN_AS = ("D", "XKX")
_PROPERTY_TYPES = {
    PropertyType.HOTEL: ("Hotel", "Hotel"),
    PropertyType.GUESTHOUSE: ("Wisma", "Guesthouse"),
    PropertyType.HOMESTAY: ("Homestay", "Homestay"),
    PropertyType.VILLA: ("Vila", "Villa"),
    PropertyType.KOS: ("Rumah kos", "Boarding house (kos)"),
    PropertyType.APARTMENT: ("Apartemen", "Apartment"),
    PropertyType.PRIVATE_HOUSE: ("Rumah pribadi", "Private house"),
    PropertyType.COMPANY_MESS: ("Mes perusahaan", "Company mess"),
}
BASE_FAULTS = (
    "required",
    "invalid",
    "unknown-field",
    "not-text",
    "not-a-number",
    "too-long",
    "too-short",
    "out-of-range",
    "too-many-items",
    "not-a-choice",
    "control-character",
    "invalid-date",
    "invalid-instant",
    "invalid-email",
    "key-needs-property",
)
# What `errors` can hold, and the report of a feed of permits or its failure.
FIELD_FAULTS = (
    *BASE_FAULTS,
    *sorted(
        FAULTS | mrz.UNREADABLE | webhooks.FAULTS | permit_feeds.FAULTS | permit_feeds.FILE_FAULTS
    ),
)


@route("/code-lists", needs=OPEN)
def code_lists() -> Response:
    """The names of all lists and where each is."""
    items = [{"name": name, "url": f"{PREFIX}/code-lists/{name}"} for name in LISTS]
    return cacheable({"items": items}, _SECONDS)


@route("/code-lists/<name>", needs=OPEN)
def code_list(name: str) -> Response:
    """One list, in the order in which people look for a code."""
    if name not in LISTS:
        raise ApiFault("not-found")
    return cacheable({"name": name, "items": _items(name)}, _SECONDS)


@cache
def _items(name: str) -> list[dict[str, Any]]:
    return list(LISTS[name]())


def _entry(
    code: str,
    indonesian: str,
    english: str,
    *,
    valid_from: date | None = None,
    valid_until: date | None = None,
    **more: Any,
) -> dict[str, Any]:
    """A code; without dates it always held, and holds until further notice."""
    return {
        "code": code,
        "names": {"id": indonesian, "en": english},
        "valid_from": valid_from,
        "valid_until": valid_until,
    } | more


def _countries() -> Iterable[dict[str, Any]]:
    for country in COUNTRIES.values():
        yield _entry(
            country.code,
            country.name_id,
            country.name_en,
            valid_from=country.valid_from,
            valid_until=country.valid_until,
            nationality=country.is_nationality,
            same_as=None,
            specimen=is_specimen(country.code),
        )
    for written in _WRITTEN_AS:
        country = COUNTRIES[normalize_country(written)]
        yield _entry(
            written,
            country.name_id,
            country.name_en,
            nationality=country.is_nationality,
            same_as=country.code,
            specimen=False,
        )


def _codes(codes: tuple[Code, ...]) -> Callable[[], Iterable[dict[str, Any]]]:
    return lambda: (_entry(*one) for one in codes)


def _property_types() -> Iterable[dict[str, Any]]:
    return (_entry(kind.value, *names) for kind, names in _PROPERTY_TYPES.items())


def _scopes() -> Iterable[dict[str, Any]]:
    return (_entry(scope, scope, scope) for scope in ALL_SCOPES)


def _error_codes() -> Iterable[dict[str, Any]]:
    """`kind` says where a code stands: as the problem's own, in its errors, in warnings."""
    for code, problem in sorted(API_PROBLEMS.items()):
        yield _words(code, PROBLEMS[code], "problem", problem.status)
    for code in FIELD_FAULTS:
        yield _words(code, PROBLEMS[code], "error", 422)
    for code, text in sorted((WARNINGS | mrz.FAULTS | permit_feeds.WARNINGS).items()):
        yield _words(code, text, "warning", None)


def _words(code: str, text: ProblemText, kind: str, status: int | None) -> dict[str, Any]:
    return _entry(code, text.indonesian, text.english, kind=kind, status=status)


LISTS: dict[str, Callable[[], Iterable[dict[str, Any]]]] = {
    "countries": _countries,
    "document-types": _codes(DOCUMENT_TYPES),
    "permit-kinds": _codes(PERMIT_KINDS),
    "purposes": _codes(PURPOSES),
    "sexes": _codes(SEXES),
    "property-types": _property_types,
    "scopes": _scopes,
    "error-codes": _error_codes,
}
