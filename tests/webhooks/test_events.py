"""Acts on stays leave events for who listens, in their own transaction, and cost others nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from apoa.access.api_keys import end_key
from apoa.access.api_models import KeyMode
from apoa.base.clock import now, pretend
from apoa.base.ids import sandbox_twin
from apoa.db.base import db
from apoa.db.scope import set_scope
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from apoa.stays.reopen import reopen_stay
from apoa.stays.report import report_items, report_stay
from apoa.webhooks.change_endpoint import amend_endpoint, end_endpoint
from apoa.webhooks.forget import forget_old_events
from apoa.webhooks.tell import find_forgotten, tell_of_events
from tests.cast import Cast
from tests.factories import make_mapping, make_report
from tests.webhooks.conftest import Listen, Register, everything

EVENTS = "SELECT type, data, property_id, told_at FROM webhook_events ORDER BY id"
JOBS = "SELECT args FROM procrastinate_jobs WHERE task_name = 'tell_of_events'"


def report(cast: Cast, who: str = "clerk_a", **changes: Any) -> Any:
    actor = cast.act_as(who)
    [property_id] = actor.property_roles
    return report_stay(actor, property_id, make_report(**changes), source=Source.WEB)


def test_every_act_leaves_its_event(cast: Cast, register: Register) -> None:
    register()
    made = report(cast, client_ref="R-1")
    clerk = cast.act_as("clerk_a")
    stay = (clerk, cast.property_a, made.stay_id)
    amend_stay(
        *stay, make_report(client_ref="R-1", room="9"), expected_version=1, source=Source.WEB
    )
    check_out_stay(*stay, now(), source=Source.WEB)
    reopen_stay(*stay, source=Source.API)
    cancel_stay(*stay, reason="keliru", source=Source.WEB)
    rows = everything(EVENTS)
    assert [row.type for row in rows] == [
        "stay.accepted",
        "stay.amended",
        "stay.checked_out",
        "stay.reopened",
        "stay.cancelled",
    ]
    assert [row.data["version"] for row in rows] == [1, 2, 3, 4, 5]
    assert rows[0].data == {
        "property_id": str(cast.property_a),
        "stay_id": str(made.stay_id),
        "client_ref": "R-1",
        "version": 1,
        "state": "in_house",
        "source": "web",
        "receipt_number": made.receipt_number,
    }
    assert len(everything(JOBS)) == 5


def test_an_event_says_nothing_of_the_guest(cast: Cast, register: Register) -> None:
    register()
    report(cast)
    [row] = everything("SELECT e::text AS row FROM webhook_events e")
    for word in ("ERIKSSON", "ANNA", "L898902C3", "1974", "SWE", "ZENITH"):
        assert word not in row.row


def test_repeating_an_act_leaves_no_second_event(cast: Cast, register: Register) -> None:
    register()
    report(cast, client_ref="R-1")
    report(cast, client_ref="R-1")
    assert len(everything(EVENTS)) == 1


def test_a_rolled_back_act_leaves_no_event(cast: Cast, register: Register) -> None:
    register()
    clerk = cast.act_as("clerk_a")

    def fail_after_reporting() -> None:
        with unit_of_work():
            report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_reporting()
    assert everything(EVENTS) == []
    assert everything(JOBS) == []


def test_a_batch_leaves_its_events_with_one_job(cast: Cast, register: Register) -> None:
    register()
    clerk = cast.act_as("clerk_a")
    items = [
        json.loads(json.dumps(make_mapping(client_ref=f"R-{n}", document_number=f"X{n}")))
        for n in range(20)
    ]
    report_items(clerk, cast.property_a, items, source=Source.API)
    assert len(everything(EVENTS)) == 20
    assert len(everything(JOBS)) == 1


def reporting(cast: Cast, who: str) -> list[str]:
    """The statements of one report."""
    actor = cast.act_as(who)
    [property_id] = actor.property_roles
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        report_stay(actor, property_id, make_report(), source=Source.WEB)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return seen


def test_a_lodging_that_nobody_listens_to_pays_no_statement(cast: Cast, register: Register) -> None:
    register()
    heard, unheard = reporting(cast, "clerk_a"), reporting(cast, "clerk_c")
    assert len(heard) == len(unheard) + 1
    assert not [one for one in unheard if "webhook_events" in one]
    assert len([one for one in heard if "webhook_events" in one]) == 1


def test_only_chosen_events_of_own_lodgings_are_kept(cast: Cast, register: Register) -> None:
    register(events=["stay.cancelled"])
    report(cast, "clerk_a")
    report(cast, "clerk_c")
    assert everything(EVENTS) == []


def test_a_disabled_or_ended_endpoint_keeps_nothing(cast: Cast, register: Register) -> None:
    made = register()
    manager = cast.act_as("manager_ab")
    endpoint_id, lodging = made.view.endpoint_id, {"property_id": cast.property_a}
    amend_endpoint(manager, endpoint_id, {"state": "disabled"}, allow_local=True, **lodging)
    report(cast, document_number="A1")
    assert everything(EVENTS) == []
    cast.act_as("manager_ab")
    amend_endpoint(manager, endpoint_id, {"state": "active"}, allow_local=True, **lodging)
    report(cast, document_number="A2")
    assert len(everything(EVENTS)) == 1
    cast.act_as("manager_ab")
    end_endpoint(manager, endpoint_id, **lodging)
    report(cast, document_number="A3")
    assert len(everything(EVENTS)) == 1


def test_an_ended_key_hears_nothing_more(
    cast: Cast, register: Register, api_caller: Listen
) -> None:
    caller = api_caller()
    register(actor=caller)
    end_key(cast.act_as("manager_ab"), caller.user_id)
    report(cast)
    assert everything(EVENTS) == []
    forget_old_events()
    assert everything("SELECT * FROM webhook_subscriptions") == []


def test_test_mode_hears_the_sandbox_alone(
    cast: Cast, register: Register, api_caller: Listen
) -> None:
    caller = api_caller(mode=KeyMode.TEST)
    register(actor=caller)
    report(cast)
    assert everything(EVENTS) == []
    twin = sandbox_twin(cast.property_a)
    cast.act_as("clerk_a")
    db.session.rollback()
    set_scope(caller.scope)
    report_stay(caller, twin, make_report(), source=Source.API)
    [row] = everything(EVENTS)
    assert row.property_id == twin
    assert row.data["property_id"] == str(cast.property_a)


def test_each_event_is_told_once_to_those_who_were_there(cast: Cast, register: Register) -> None:
    first = register()
    report(cast)
    register()
    assert tell_of_events(cast.property_a) == 1
    assert tell_of_events(cast.property_a) == 0
    [row] = everything("SELECT endpoint_id, state, tries FROM webhook_deliveries")
    assert (row.endpoint_id, row.state, row.tries) == (first.view.endpoint_id, "pending", 0)
    jobs = everything("SELECT args FROM procrastinate_jobs WHERE task_name = 'deliver_webhook'")
    assert len(jobs) == 1


def test_what_fell_through_is_found(cast: Cast, register: Register) -> None:
    register()
    report(cast)
    everything("SELECT 1")
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM procrastinate_jobs")
    assert find_forgotten() == (0, 0)
    with pretend(now() + timedelta(minutes=3)):
        assert find_forgotten() == (1, 0)
    assert len(everything(JOBS)) == 1
    tell_of_events(cast.property_a)
    with pretend(now() + timedelta(minutes=3)):
        assert find_forgotten() == (0, 1)
