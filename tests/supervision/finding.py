"""How the tests report guests and look for them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.report import report_stay
from apoa.supervision.search import SearchPage, run_search, start_search
from apoa.supervision.terms import SearchTerms, SearchTermsSchema
from tests.cast import Cast
from tests.factories import make_report

PURPOSE = "Surat tugas W8-17"
CLERK_OF = {"property_a": "clerk_a", "property_b": "clerk_b", "property_c": "clerk_c"}


def report(cast: Cast, lodging: str = "property_a", **changes: Any) -> ReportedStay:
    """A guest of the lodging, reported by its clerk."""
    actor = cast.act_as(CLERK_OF[lodging])
    return report_stay(actor, cast.properties[lodging], make_report(**changes), source=Source.WEB)


def at(text: str) -> datetime:
    """An instant of UTC, from "2026-11-10 03:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def terms(**wanted: Any) -> SearchTerms:
    """Terms as a form sends them."""
    found: SearchTerms = SearchTermsSchema().read({"purpose": PURPOSE, **wanted})
    return found


def look(cast: Cast, who: str = "supervisor_bengkulu", **wanted: Any) -> SearchPage:
    """The first page that this officer gets."""
    actor = cast.act_as(who)
    return run_search(actor, start_search(actor, terms(**wanted)))


def found(cast: Cast, who: str = "supervisor_bengkulu", **wanted: Any) -> set[UUID]:
    """The stays on the first page."""
    return {hit.stay_id for hit in look(cast, who, **wanted).hits}
