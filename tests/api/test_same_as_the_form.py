"""The web form and the API run one act: of one guest they store the same, column by column."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from apoa.base.clock import now
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.stays.columns import report_of
from apoa.stays.models import Receipt, Stay, StayNameToken, StayVersion
from apoa.stays.sealing import unseal_version
from tests.api.client import ApiClient
from tests.api.reporting import path_of
from tests.cast import EVERYWHERE, Cast
from tests.client import PageClient

JAKARTA = ZoneInfo("Asia/Jakarta")
# What two stays of one guest must differ in.
OWN = {"id", "submission_id", "source", "first_received_at", "updated_at"}
SEALED = {"document_number_sealed", "mrz_sealed", "permit_number_sealed", "contact_sealed"}


def day(name: str, value: Any) -> dict[str, str]:
    return {f"{name}-day": str(value.day), f"{name}-month": str(value.month),
            f"{name}-year": str(value.year)}  # fmt: skip


@pytest.fixture
def arrived() -> datetime:
    """A whole minute, as clerks type it."""
    return (now() - timedelta(hours=1)).astimezone(JAKARTA).replace(second=0, microsecond=0)


@pytest.fixture
def by_form(app: Flask, cast: Cast, arrived: datetime) -> UUID:
    """Reported by the clerk, through the page."""
    app.test_client_class = PageClient
    client = app.test_client()
    client.sign_in_as(cast.clerk_a)
    form = {
        "submission_id": "01900000-0000-7000-8000-000000000001",
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "native_name": "Анна",
        "nationality": "SWE",
        "document_type": "passport",
        "document_number": "L898902C3",
        "document_issuing_state": "SWE",
        **day("birth_date", datetime(1974, 8, 12)),
        "sex": "F",
        **day("document_expires_on", datetime(2032, 4, 15)),
        "room": "204",
        "party_ref": "RES-1",
        **day("arrived_on", arrived),
        "arrived_time": arrived.strftime("%H:%M"),
        **day("expected_departure_on", arrived + timedelta(days=3)),
    }
    answer = client.post_form(f"/frontdesk/{cast.property_a}/stays/new", form)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return UUID(answer.headers["Location"].partition("?")[0].rpartition("/")[2])


def of_api(api: ApiClient, arrived: datetime) -> dict[str, Any]:
    return {
        "party_ref": "RES-1",
        "room": "204",
        "guest": {
            "surname": "ERIKSSON",
            "given_names": "ANNA MARIA",
            "native_name": "Анна",
            "sex": "F",
            "birth_date": "1974-08-12",
            "nationality": "SWE",
        },
        "document": {
            "type": "passport",
            "number": "L898902C3",
            "issuing_state": "SWE",
            "expires_on": "2032-04-15",
        },
        "checked_in_at": arrived.isoformat(),
        "expected_departure_on": (arrived + timedelta(days=3)).date().isoformat(),
    }


def columns(stay: Stay) -> dict[str, Any]:
    return {
        name: getattr(stay, name)
        for name in Stay.__table__.columns.keys()
        if name not in OWN | SEALED
    }


def everything(stay_id: UUID) -> dict[str, Any]:
    """All rows of a stay, decrypted, without what must differ."""
    with scope(EVERYWHERE):
        stay = db.session.scalars(db.select(Stay).where(Stay.id == stay_id)).one()
        version = db.session.scalars(
            db.select(StayVersion).where(StayVersion.stay_id == stay_id)
        ).one()
        receipt = db.session.scalars(db.select(Receipt).where(Receipt.stay_id == stay_id)).one()
        tokens = db.session.scalars(
            db.select(StayNameToken.token).where(StayNameToken.stay_id == stay_id)
        )
        payload = json.loads(receipt.payload)
        found = {
            "columns": columns(stay),
            "report": report_of(stay),
            "content": unseal_version(stay_id, 1, version.content_sealed),
            "act": (version.act, version.version, version.changed, version.reason),
            "tokens": sorted(tokens),
            "receipt": {
                name: payload[name]
                for name in ("property_name", "checked_in_at", "due_at", "deadline_state")
            },
        }
        db.session.rollback()
        return found


def test_field_by_field(api: ApiClient, by_form: UUID, arrived: datetime, cast: Cast) -> None:
    # The form's stay is cancelled, so that the second is no duplicate of the first.
    first = everything(by_form)
    api.post(path_of(api, {"id": by_form}, "/cancel"), {"reason": "To compare"})
    response = api.post(f"{api.lodging}/stays", of_api(api, arrived))
    assert response.status_code == 201, response.get_data(as_text=True)
    second = everything(UUID(response.get_json()["id"]))
    assert second == first


def test_what_the_form_reported_the_api_shows(
    api: ApiClient, by_form: UUID, arrived: datetime
) -> None:
    shown = api.get(path_of(api, {"id": by_form})).get_json()
    sent = of_api(api, arrived)
    assert shown["source"] == "web"
    assert {name: shown[name] for name in ("party_ref", "room", "checked_in_at")} == {
        name: sent[name] for name in ("party_ref", "room", "checked_in_at")
    }
    assert shown["guest"] | sent["guest"] == shown["guest"]
    assert shown["document"] | sent["document"] == shown["document"]
