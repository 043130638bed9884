"""The search form: everything personal is posted, and what follows is an id."""

from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from apoa.access.sessions import find_purpose
from apoa.base.clock import today
from apoa.base.errors import InvalidInput, NotFound, Problem
from apoa.offices.queries import find_region_paths
from apoa.properties.queries import find_property
from apoa.supervision.search import start_search
from apoa.supervision.stored_search import get_terms, list_searches
from apoa.supervision.terms import SearchTermsSchema
from apoa.web.forms import copy_problems
from apoa.web.office_clock import office_time_zone
from apoa.web.supervision import blueprint
from apoa.web.supervision.chips import term_label
from apoa.web.supervision.forms import SearchForm
from apoa.web.supervision.place import reach_in_words
from apoa.web.supervision.purpose import keep_purpose
from apoa.web.supervision.regions import regions_like


@blueprint.get("/search")
def search() -> str:
    """An empty form, one with an earlier search's terms, or one for a single lodging."""
    form = SearchForm(formdata=None)
    form.purpose.process_data(find_purpose(g.actor))
    earlier = request.args.get("from", type=UUID)
    if earlier is not None:
        form.show(get_terms(g.actor, earlier))
    lodging_id = request.args.get("property_id", type=UUID)
    if lodging_id is not None:
        form.property_id.process_data(str(lodging_id))
    return _page(form)


@blueprint.post("/search")
def start() -> ResponseReturnValue:
    """Keeps the terms and leads to the hits."""
    form = SearchForm()
    query = (request.form.get("region_code-query") or "").strip()
    found = regions_like(query) if query and not form.region_code.data else None
    if "region_code-search" in request.form:
        return _page(form, query, regions_like(query) if query else [])
    if found and len(found) == 1:
        form.region_code.process_data(found[0].code)
    try:
        terms = SearchTermsSchema().read(form.terms())
        if query and not form.region_code.data:
            raise InvalidInput([Problem("/region_code", "choose-region")])
        search_id = start_search(g.actor, terms)
    except InvalidInput as error:
        copy_problems(form, error)
        return _page(form, query, found), 422
    keep_purpose(terms.purpose)
    return redirect(url_for("supervision.results", search_id=search_id), 303)


def _page(form: SearchForm, query: str = "", found: list[object] | None = None) -> str:
    form.offer_choices()
    zone = office_time_zone()
    midnight = datetime.combine(today(zone), time(), ZoneInfo(zone))
    return render_template(
        "supervision/search.html",
        form=form,
        region_query=query,
        region_results=found,
        region_chosen=_chosen_region(form),
        lodging=_chosen_lodging(form),
        searches=list_searches(g.actor, since=midnight),
        term_label=term_label,
        reach=reach_in_words(),
        time_zone=zone,
    )


def _chosen_region(form: SearchForm) -> dict[str, str] | None:
    code = form.region_code.data or ""
    path = find_region_paths([code]).get(code)
    return {"code": code, "label": ", ".join(reversed(path))} if path else None


def _chosen_lodging(form: SearchForm) -> object | None:
    if not form.property_id.data:
        return None
    try:
        lodging = find_property(UUID(form.property_id.data))
    except ValueError:
        return None
    if lodging is None:
        raise NotFound("property")
    return lodging
