"""Who may enter which page: every route of the site against everybody, from one table.

A route that is not in the table fails the test: nobody can add a page and forget its permission.
"""

import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from apoa.access.api_keys import make_key
from apoa.access.api_models import KeyMode
from apoa.access.api_scopes import SCOPES
from apoa.access.office_keys import make_office_key
from apoa.base.clock import now
from apoa.conformance.runs import start_run
from apoa.crosscheck.findings.models import Finding
from apoa.crosscheck.rules.names import RuleId
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.permits.content import DocumentContent
from apoa.permits.feed.models import FeedSource
from apoa.permits.feed.receive import receive_feed
from apoa.properties.sandbox import ensure_sandbox
from apoa.stays.models import Source
from apoa.stays.outages import declare_outage
from apoa.stays.report import report_stay
from apoa.supervision.permit_search import start_permit_search
from apoa.supervision.permit_terms import PermitTerms
from apoa.supervision.search import start_search
from apoa.supervision.terms import SearchTermsSchema
from tests.cast import EVERYWHERE, OFFICERS, PROPERTY_PEOPLE, Cast
from tests.crosscheck.engine.conftest import make_permit, register, work
from tests.factories import make_report

LODGING_PEOPLE = set(PROPERTY_PEOPLE)
OF_A = {"clerk_a", "manager_ab"}
SIGNED_IN = {*PROPERTY_PEOPLE, *OFFICERS, "stranger"}
INSARKOM = {"insarkom_bengkulu", "insarkom_blitar"}
HEADS = {"head_bengkulu"}
ONBOARDING = INSARKOM | HEADS | {"directorate", "auditor"}
SEARCHERS = (
    INSARKOM | HEADS | {"supervisor_bengkulu", "supervisor_blitar", "supervisor_tanjung"}
) & set(OFFICERS) | {"directorate"}
BENGKULU_READERS = {"insarkom_bengkulu", "head_bengkulu", "directorate", "auditor"}
BENGKULU_DECIDERS = {"insarkom_bengkulu", "head_bengkulu"}
BENGKULU_REGISTRARS = BENGKULU_DECIDERS | {"directorate"}
CHIEFS = HEADS | {"directorate"}
EVERYBODY = None

# Who may enter; every other route of the same blueprint must be named too.
MAY: dict[str, set[str] | None] = {
    "static": EVERYBODY,
    "frontdesk.properties": LODGING_PEOPLE,
    "frontdesk.people": {"manager_ab"},
    "frontdesk.invite_person": {"manager_ab"},
    "frontdesk.remove": {"manager_ab"},
    "frontdesk.withdraw": {"manager_ab"},
    "frontdesk.webhooks": {"manager_ab"},
    "frontdesk.new_webhook": {"manager_ab"},
    "frontdesk.register_webhook": {"manager_ab"},
    "frontdesk.webhook": {"manager_ab"},
    "frontdesk.edit_webhook": {"manager_ab"},
    "frontdesk.save_webhook": {"manager_ab"},
    "frontdesk.set_webhook_state": {"manager_ab"},
    "frontdesk.replace_webhook_secret": {"manager_ab"},
    "frontdesk.send_webhook_test": {"manager_ab"},
    "frontdesk.replay_webhook": {"manager_ab"},
    "frontdesk.delete_webhook": {"manager_ab"},
    "frontdesk.details": {"manager_ab"},
    "frontdesk.save_details": {"manager_ab"},
    "frontdesk.keys": {"manager_ab"},
    "frontdesk.new_key": {"manager_ab"},
    "frontdesk.make_new_key": {"manager_ab"},
    "frontdesk.key": {"manager_ab"},
    "frontdesk.key_calls": {"manager_ab"},
    "frontdesk.rotate": {"manager_ab"},
    "frontdesk.end": {"manager_ab"},
    "frontdesk.conformance": {"manager_ab"},
    "frontdesk.start_conformance": {"manager_ab"},
    "frontdesk.conformance_run": {"manager_ab"},
    "officers.home": set(OFFICERS),
    "officers.people": CHIEFS,
    "officers.invite_officer": CHIEFS,
    "officers.disable": CHIEFS,
    "officers.enable": CHIEFS,
    "officers.withdraw": CHIEFS,
    "officers.audit": CHIEFS | {"auditor"},
    "officers.permit_search": set(OFFICERS),
    "officers.search_permits": set(OFFICERS),
    "officers.permit_hits": {"supervisor_bengkulu"},
    "officers.permit": set(OFFICERS),
    "officers.findings": set(OFFICERS),
    "officers.finding": set(OFFICERS) - {"insarkom_blitar", "supervisor_blitar"},
    "officers.dismiss": {"insarkom_bengkulu", "head_bengkulu"},
    "insarkom.review_queue": INSARKOM | HEADS,
    "insarkom.review": BENGKULU_DECIDERS,
    "insarkom.decide_review": BENGKULU_DECIDERS,
    "officers.rules": set(OFFICERS),
    "officers.rule": set(OFFICERS),
    "officers.switch": HEADS,
    "directorate.rule": {"directorate"},
    "directorate.change_rule": {"directorate"},
    "directorate.fine_rates": {"directorate"},
    "directorate.new_fine_rate": {"directorate"},
    "officers.cross_check": set(OFFICERS),
    "officers.start_cross_check": INSARKOM | CHIEFS,
    "officers.stop_cross_check": INSARKOM | CHIEFS,
    "insarkom.permit_feeds": INSARKOM | CHIEFS,
    "insarkom.send_feed": INSARKOM | CHIEFS,
    "insarkom.permit_feed_template": ONBOARDING,
    "insarkom.permit_feed": BENGKULU_REGISTRARS,
    "insarkom.permit_feed_report": BENGKULU_REGISTRARS,
    "insarkom.start_permit_feed": BENGKULU_REGISTRARS,
    "insarkom.change_permit_feed": BENGKULU_REGISTRARS,
    "insarkom.permit_keys": INSARKOM | HEADS,
    "insarkom.make_permit_key": INSARKOM | HEADS,
    "insarkom.end_permit_key": BENGKULU_DECIDERS,
    "insarkom.registrations": ONBOARDING,
    "insarkom.properties": ONBOARDING,
    "insarkom.regions": ONBOARDING,
    "insarkom.registration": BENGKULU_READERS,
    "insarkom.property_page": BENGKULU_READERS,
    "insarkom.decide": BENGKULU_DECIDERS,
    "insarkom.change_state": BENGKULU_DECIDERS,
    "supervision.search": SEARCHERS,
    "supervision.start": SEARCHERS,
    "supervision.regions": SEARCHERS,
    "supervision.results": {"supervisor_bengkulu"},
    "supervision.person": SEARCHERS - {"insarkom_blitar", "supervisor_blitar"},
    "directorate.offices": {"directorate", "auditor"},
    "directorate.office": {"directorate", "auditor"},
    "directorate.deadlines": {"directorate"},
    "directorate.new_deadline": {"directorate"},
    "directorate.permit_indexes": {"directorate"},
    "directorate.new_permit_index": {"directorate"},
    "directorate.nationality_lists": {"directorate"},
    "directorate.new_nationality": {"directorate"},
    "directorate.finish_nationality": {"directorate"},
    "directorate.outages": {"directorate", "auditor"},
    "directorate.outage": {"directorate", "auditor"},
    "directorate.new_outage": {"directorate"},
    "directorate.finish_outage": {"directorate"},
    "directorate.take_back_outage": {"directorate"},
    "officers.extend_permit_page": INSARKOM | CHIEFS,
    "officers.end_permit_page": INSARKOM | CHIEFS,
    "directorate.new_office": {"directorate"},
    "directorate.rename": {"directorate"},
    "directorate.give_area": {"directorate"},
    "directorate.take_area": {"directorate"},
}
FOR_ALL_OF_A = {
    "frontdesk." + name
    for name in (
        "amend", "board", "cancel", "check_out", "check_out_from_board", "find_stays", "new_stay",
        "party_receipts_pdf", "receipt_pdf", "reopen", "report_new_stay", "save_amendment", "stay",
        "stays", "undo_check_out",
    )
}  # fmt: skip
OPEN_AREAS = {"public", "account", "docs"}
# For machines that bring a token; to everybody else it is not there.
BY_TOKEN = {"public.metrics"}
OWN_AREA = "own"
# These answer 404 also to who may enter: the id or the link names nothing here.
NAMES_NOTHING = {
    "recheck_id",
    "token",
    "user_id",
    "invitation_id",
    "session_id",
    "filename",
    "endpoint_id",
    "delivery_id",
    "certificate_number",
}


def may_enter(endpoint: str) -> set[str] | None:
    """The names of the table. Raises KeyError for a route that nobody has thought of."""
    area = endpoint.partition(".")[0]
    if endpoint in BY_TOKEN:
        return set()
    if area in OPEN_AREAS:
        return EVERYBODY
    if area == OWN_AREA:
        return SIGNED_IN
    if endpoint in FOR_ALL_OF_A:
        return OF_A
    return MAY[endpoint]


def site_rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if not rule.endpoint.startswith("api")]


@pytest.fixture
def values(app: Flask, cast: Cast) -> dict[str, Any]:
    """What stands in the addresses: things of lodging A, a search of Bengkulu's supervisor."""
    clerk = cast.act_as("clerk_a")
    stay = report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    supervisor = cast.act_as("supervisor_bengkulu")
    terms = SearchTermsSchema().read({"nationality": "SWE", "purpose": "pemeriksaan rutin"})
    search_id = start_search(supervisor, terms)
    manager = cast.act_as("manager_ab")
    key = make_key(
        manager,
        name="PMS",
        mode=KeyMode.TEST,
        scopes=SCOPES,
        property_ids=[cast.property_a],
        expires_at=now() + timedelta(days=30),
        make_sandbox=ensure_sandbox,
    )
    directorate = cast.act_as("directorate")
    outage = declare_outage(directorate, starts_at=now(), ends_at=None, reason="Listrik padam")
    return {
        "property_id": cast.property_a,
        "stay_id": stay.stay_id,
        "office_id": cast.office_bengkulu,
        "outage_id": outage.id,
        "search_id": search_id,
        "number": stay.receipt_number,
        "user_id": uuid4(),
        "invitation_id": uuid4(),
        "endpoint_id": uuid4(),
        "delivery_id": uuid4(),
        "session_id": uuid4(),
        "recheck_id": uuid4(),
        **permits_of_bengkulu(cast),
        **cross_check_of_a(cast),
        "key_id": key.key_id,
        "run_id": start_run(manager, key.key_id, "PMS").run_id,
        "token": "nothing",
        "certificate_number": "nothing",
        "filename": "nothing",
        "list_name": "bvk",
        "rule": "permit-expired",
        "slug": "quick-start",
        "call_id": "getMe",
        "code": "required",
        "act": "suspend",
        "decision": "approve",
        "step": "stop",
        "form": "csv",
        "answer": "confirm",
    }


def cross_check_of_a(cast: Cast) -> dict[str, Any]:
    """The guest's permit under another passport, the finding about that, a search for permits."""
    [permit_id] = register(make_permit(documents=(DocumentContent("K7654321", "SWE"),)))
    work()
    with scope(EVERYWHERE):
        finding_id = db.session.scalars(
            select(Finding.id).where(Finding.rule == RuleId.DOCUMENT_MISMATCH)
        ).one()
        db.session.rollback()
    supervisor = cast.act_as("supervisor_bengkulu")
    terms = PermitTerms(purpose="pemeriksaan rutin", permit_number="2A11KB0001")
    return {
        "permit_id": permit_id,
        "finding_id": finding_id,
        "permit_search_id": start_permit_search(supervisor, terms),
    }


def permits_of_bengkulu(cast: Cast) -> dict[str, Any]:
    """A feed that waits for its columns, and a key of the office's own system."""
    insarkom = cast.act_as("insarkom_bengkulu")
    feed_id = receive_feed(
        insarkom,
        io.BytesIO(b"Nomor izin\n1\n"),
        file_name="izin.csv",
        source=FeedSource.PAGE,
        office_id=cast.office_bengkulu,
        data_as_of=None,
    )
    key = make_office_key(
        insarkom,
        office_id=cast.office_bengkulu,
        name="Sistem kantor",
        expires_at=now() + timedelta(days=30),
    )
    return {"feed_id": feed_id, "office_key_id": key.key_id}


def test_every_route_is_in_the_table(app: Flask) -> None:
    for rule in site_rules(app):
        may_enter(rule.endpoint)
    assert set(MAY) | FOR_ALL_OF_A <= {rule.endpoint for rule in site_rules(app)}


def test_every_area_of_the_site_says_who_may_enter(app: Flask) -> None:
    known = set(app.extensions["apoa_area_roles"])
    assert {name for name in app.blueprints if not name.startswith("api")} == known


def knock(client: FlaskClient, app: Flask, rule: Rule, method: str, values: dict[str, Any]) -> Any:
    adapter = app.url_map.bind("localhost")
    needed = {name: values[name] for name in rule.arguments}
    path = adapter.build(rule.endpoint, needed, method=method)
    if method == "POST":
        return client.post_form(path)  # type: ignore[attr-defined]
    return client.get(path, buffered=True)


@pytest.mark.parametrize("name", [*sorted(SIGNED_IN), "anonymous"])
def test_who_may_enter(
    app: Flask, client: FlaskClient, cast: Cast, values: dict[str, Any], name: str
) -> None:
    wrong = []
    for rule in site_rules(app):
        for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
            if rule.endpoint == "public.choose_language":
                continue
            if name != "anonymous":
                client.sign_in_as(cast.users[name])  # type: ignore[attr-defined]
            answer = knock(client, app, rule, method, values)
            allowed = may_enter(rule.endpoint)
            entered = _entered(answer, rule)
            wanted = allowed is EVERYBODY or name in allowed
            if wanted and answer.status_code == 404 and NAMES_NOTHING & set(rule.arguments):
                continue
            if entered != wanted or answer.status_code >= 500:
                wrong.append((method, rule.endpoint, answer.status_code, "wanted", wanted))
    assert not wrong, "\n".join(map(str, wrong))


def _entered(answer: Any, rule: Rule) -> bool:
    to_sign_in = answer.headers.get("Location", "").startswith("/sign-in")
    if answer.status_code in (302, 303) and to_sign_in:
        # Signing out, or a link that leads to the sign-in, is an answer of an open page.
        return rule.endpoint.partition(".")[0] in OPEN_AREAS
    return answer.status_code not in (401, 403, 404)
