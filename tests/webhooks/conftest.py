"""Lodging A's system listens: a receiver, endpoints that lead to it, and the worker's jobs."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from apoa.access.admit import Limits, admit
from apoa.access.api_caller import ApiCaller
from apoa.access.api_keys import make_key
from apoa.access.api_models import KeyMode
from apoa.access.api_scopes import SCOPES
from apoa.base.clock import now
from apoa.db.base import db
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.delivery.webhooks import deliver_webhook
from apoa.delivery.worker import make_worker
from apoa.properties.sandbox import ensure_sandbox
from apoa.webhooks.models import WebhookDelivery
from apoa.webhooks.register_endpoint import RegisteredEndpoint, register_endpoint
from apoa.webhooks.schemas import read_endpoint
from tests.cast import EVERYWHERE, Cast
from tests.webhooks.receiver import Receiver, run_receiver

Register = Callable[..., RegisteredEndpoint]
Listen = Callable[..., ApiCaller]
EVENTS = ["stay.accepted", "stay.amended", "stay.checked_out", "stay.cancelled", "stay.reopened"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A system that answers 204."""
    with run_receiver() as running:
        yield running


@pytest.fixture
def register(cast: Cast, receiver: Receiver) -> Register:
    """Registers an endpoint of lodging A as its manager, or as `actor`."""

    def _register(**changes: Any) -> RegisteredEndpoint:
        actor = changes.pop("actor", None)
        mode = changes.pop("mode", KeyMode.LIVE)
        property_id = None if actor is not None else changes.pop("property_id", cast.property_a)
        if actor is None:
            actor = cast.act_as(changes.pop("who", "manager_ab"))
        else:
            db.session.rollback()
            set_scope(actor.scope)
        asked = read_endpoint({"url": receiver.url, "events": EVENTS} | changes, allow_local=True)
        return register_endpoint(actor, asked, mode=mode, property_id=property_id)

    return _register


@pytest.fixture
def api_caller(cast: Cast) -> Listen:
    """Makes a key of lodging A and gives its caller, with the scope in force."""

    def _make(**changes: Any) -> ApiCaller:
        values: dict[str, Any] = {
            "name": "PMS",
            "mode": KeyMode.LIVE,
            "scopes": SCOPES,
            "property_ids": [cast.property_a],
            "expires_at": now() + timedelta(days=30),
            "make_sandbox": ensure_sandbox,
        }
        key = make_key(cast.act_as("manager_ab"), **(values | changes))
        found = admit(key.text, "127.0.0.1", Limits(600, 120)).caller
        assert found is not None
        db.session.rollback()
        set_scope(found.scope)
        return found

    return _make


@pytest.fixture
def work(app: Flask, cast: Cast) -> Callable[[], None]:
    """Lets the real worker do all that waits, and forgets what is scheduled for later."""

    def _work() -> None:
        db.session.rollback()
        set_scope(NOTHING)
        make_worker(app).run_worker(
            queues=["webhooks"],
            wait=False,
            concurrency=1,
            delete_jobs="successful",
            install_signal_handlers=False,
            listen_notify=False,
        )

    return _work


def retry_all() -> None:
    """Runs the job of every delivery that waits, as if its time had come."""
    db.session.rollback()
    set_scope(NOTHING)
    for property_id, delivery_id in waiting():
        deliver_webhook(property_id, delivery_id)


def waiting() -> list[tuple[UUID, UUID]]:
    """Deliveries that are not finished, the first first."""
    with scope(EVERYWHERE):
        rows = db.session.execute(
            select(WebhookDelivery.property_id, WebhookDelivery.id)
            .where(WebhookDelivery.state == "pending")
            .order_by(WebhookDelivery.id)
        ).all()
        db.session.rollback()
    return [(row[0], row[1]) for row in rows]


def everything(statement: str) -> list[Any]:
    """Rows of all lodgings."""
    db.session.rollback()
    with scope(EVERYWHERE):
        rows = list(db.session.execute(text(statement)).all())
        db.session.rollback()
    return rows
