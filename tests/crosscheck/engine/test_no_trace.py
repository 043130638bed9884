"""A lodging sees nothing of what the cross-check found: no page, no answer, no row, no event.

Everything that the lodging's people and its system can read is read before and after a stay was
matched, reviewed, asked about and found wanting: it must be the same to the byte.
"""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from apoa.access.actors import Actor
from apoa.base.clock import now, pretend
from apoa.crosscheck.ask_to_correct import AskedField, ask_to_correct
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.findings.models import Finding
from apoa.crosscheck.models import Match
from apoa.crosscheck.rules.names import RuleId
from apoa.db.base import session
from apoa.db.row_filter import OfficeOwned, OfficersOnly, scoped_classes
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.properties.move import office_classes
from apoa.stays.amend import amend_stay
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from tests.api.client import ApiClient
from tests.api.conftest import MakeKey, new_key  # noqa: F401 - a fixture
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import make_permit, register, work
from tests.crosscheck.engine.test_decisions import Links
from tests.factories import make_report
from tests.habits.test_who_may_enter import site_rules

LODGING_AREAS = {"frontdesk", "own", "public", "account", "docs"}
# Grows with every call, for it lists the calls themselves.
LISTS_CALLS = {"frontdesk.key_calls"}
# New with every answer: the form's tokens, and the number of the request.
_CHANCE = re.compile(
    rb'name="(?:csrf_token|submission_id)"[^>]*value="[^"]+"'
    rb'|"request_id":\s*"[^"]+"|<span class="code-text">[0-9a-f]{32}</span>'
)
Answers = dict[tuple[str, str], tuple[int, bytes]]


def walk(
    app: Flask, people: dict[str, FlaskClient], api: ApiClient, values: dict[str, Any]
) -> Answers:
    """Everything that answers to GET, as the lodging's people and its system read it."""
    found: Answers = {}
    rules = [one for one in app.url_map.iter_rules() if "GET" in (one.methods or ())]
    site = {one.endpoint for one in site_rules(app)}
    adapter = app.url_map.bind("localhost")
    for rule in sorted(rules, key=lambda one: str(one)):
        area = rule.endpoint.partition(".")[0]
        if not set(rule.arguments) <= set(values):
            continue
        given = {name: values[name] for name in rule.arguments}
        path = adapter.build(rule.endpoint, given, method="GET")
        if rule.endpoint not in site:
            answer = api.app.test_client(use_cookies=False).get(path, headers=api.headers)
            found["pms", path] = (answer.status_code, _plain(answer.data))
        elif area in LODGING_AREAS and rule.endpoint not in LISTS_CALLS:
            for name, client in people.items():
                answer = client.get(path, buffered=True)
                found[name, path] = (answer.status_code, _plain(answer.data))
    return found


def _plain(body: bytes) -> bytes:
    return _CHANCE.sub(b"", body)


def found_stay(cast: Cast) -> UUID:
    """A stay that is amended once, so that every page about it has something to show."""
    clerk = cast.act_as("clerk_a")
    arrived = now() - timedelta(days=3)
    done = report_stay(
        clerk, cast.property_a, make_report(checked_in_at=arrived), source=Source.WEB
    )
    again = make_report(checked_in_at=arrived, room="9")
    amend_stay(clerk, cast.property_a, done.stay_id, again, expected_version=1, source=Source.WEB)
    return done.stay_id


def test_a_lodging_reads_the_same_before_and_after(
    app: Flask,
    client: FlaskClient,
    cast: Cast,
    new_key: MakeKey,  # noqa: F811
) -> None:
    stay_id = found_stay(cast)
    session().execute(text("DELETE FROM procrastinate_jobs WHERE queue_name = 'crosscheck'"))
    session().commit()
    api = ApiClient(app, new_key(), cast.property_a)
    number = api.get(f"{api.lodging}/stays/{stay_id}").get_json()["receipt"]["number"]
    values: dict[str, Any] = {
        "property_id": cast.property_a,
        "stay_id": stay_id,
        "number": number,
        "name": "countries",
        "slug": "quick-start",
        "call_id": "getMe",
        "code": "required",
    }
    people = {name: app.test_client() for name in ("clerk_a", "manager_ab")}
    for name, one in people.items():
        one.sign_in_as(cast.users[name])  # type: ignore[attr-defined]
    with pretend(now()):
        walk(app, people, api, values)
        before = walk(app, people, api, values)
        permit_id, finding_ids = _let_everything_be_found(cast, stay_id)
        after = walk(app, people, api, values)
    read = [key for key, (status, _) in before.items() if status == 200]
    assert {who for who, _ in read} == {"clerk_a", "manager_ab", "pms"}
    assert len(read) > 60, "most of what a lodging can open was opened"
    assert sum(str(stay_id) in path for _, path in read) >= 6
    differing = [key for key in before if before[key] != after[key]]
    assert differing == []
    traces = [str(permit_id), permit_id.hex, *map(str, finding_ids)]
    for (who, path), (_, body) in after.items():
        if "/docs" not in path and "openapi" not in path:
            said = body.decode("utf-8", "replace")
            assert not [one for one in (*traces, *RuleId) if one in said], (who, path)


def _let_everything_be_found(cast: Cast, stay_id: UUID) -> tuple[UUID, list[UUID]]:
    run_out = now().date() - timedelta(days=2)
    other = make_permit(document="K7654321", valid_from=date(2026, 1, 1), valid_until=run_out)
    [permit_id] = register(other)
    set_scope(NOTHING)
    work()
    check_stays(cast.property_a, [stay_id])
    officer: Actor = cast.act_as("insarkom_bengkulu")
    ask_to_correct(officer, cast.property_a, stay_id, [AskedField.NAME], links=Links())
    with scope(EVERYWHERE):
        findings = session().execute(select(Finding.id, Finding.rule)).all()
        match = session().scalars(select(Match)).one()
        assert (match.permit_id, match.needs_review) == (permit_id, True)
        assert {"permit-expired", "document-mismatch"} <= {one.rule for one in findings}
        session().rollback()
    set_scope(NOTHING)
    return permit_id, [one.id for one in findings]


def test_no_row_of_the_cross_check_is_in_a_lodgings_scope(cast: Cast) -> None:
    stay_id = found_stay(cast)
    _let_everything_be_found(cast, stay_id)
    hidden = [one for one in scoped_classes() if issubclass(one, OfficeOwned | OfficersOnly)]
    assert len(hidden) > len(office_classes()) > 4
    for name in ("clerk_a", "manager_ab", "stranger"):
        cast.act_as(name)
        for one in hidden:
            assert session().scalars(select(one).limit(1)).all() == [], (name, one)
            table = one.__table__.name  # type: ignore[attr-defined]
            rows = session().execute(text(f"SELECT * FROM {table}")).all()  # noqa: S608 - our own
            assert rows == [], (name, table)


def test_no_event_is_left_for_a_lodging(cast: Cast) -> None:
    stay_id = found_stay(cast)
    with scope(EVERYWHERE):
        before = session().execute(text("SELECT count(*) FROM webhook_events")).scalar()
        session().rollback()
    _let_everything_be_found(cast, stay_id)
    with scope(EVERYWHERE):
        after = session().execute(text("SELECT count(*) FROM webhook_events")).scalar()
        versions = session().execute(text("SELECT max(version) FROM stay_versions")).scalar()
        session().rollback()
    assert (before, versions) == (after, 2)
