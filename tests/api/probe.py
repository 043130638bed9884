"""A resource for tests of what all resources have in common: it reports a stay, or fails."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Flask, g
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from apoa.api.answers import answer, shown_id
from apoa.api.blueprint import NEEDS
from apoa.api.idempotency import idempotent
from apoa.api.request_body import read_json
from apoa.app import create_app
from apoa.base.settings import Settings
from apoa.db.base import db
from apoa.stays.models import Source
from apoa.stays.report import report_stay
from apoa.stays.schemas import StayReportSchema

ENDPOINT = "api.probe"
PATH = "/probe"


def probe(property_id: UUID) -> Response:
    """Reports one stay; {"fault": ...} ends otherwise."""
    body = read_json()
    match body.get("fault"):
        case "bug":
            raise RuntimeError("ANNA MARIA ERIKSSON")
        case "database":
            raise OperationalError("SELECT 1", {}, Exception("gone"))
        case "echo":
            return answer(body)
    done = report_stay(g.actor, property_id, StayReportSchema().read(body), source=Source.API)
    if body.get("room") == "late-bug":
        raise RuntimeError("after the work")
    status = 200 if done.duplicate else 201
    shown: dict[str, Any] = {"id": done.stay_id, "property_id": shown_id(done.property_id)}
    return answer(shown, status, {"Location": f"/stays/{done.stay_id}", "X-Other": "not kept"})


def make_probe_app(settings: Settings) -> Iterator[Flask]:
    """An instance of its own, over the same database."""
    made = create_app(settings)
    made.config["PROPAGATE_EXCEPTIONS"] = False
    NEEDS[ENDPOINT] = "stays:write"
    made.add_url_rule(
        f"/api/v1/properties/<uuid:property_id>{PATH}",
        ENDPOINT,
        idempotent(probe),
        methods=["POST"],
    )
    yield made
    del NEEDS[ENDPOINT]
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
