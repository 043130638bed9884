"""What a clerk types, and a stay that is there already."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import now
from tests.cast import Cast

JAKARTA = ZoneInfo("Asia/Jakarta")


def typed(**changes: Any) -> dict[str, Any]:
    """The form of ANNA MARIA ERIKSSON, who came an hour ago and leaves in three days."""
    arrived = (now() - timedelta(hours=1)).astimezone(JAKARTA)
    leaves = arrived.date() + timedelta(days=3)
    return {
        "submission_id": str(uuid4()),
        "surname": "ERIKSSON",
        "given_names": "ANNA MARIA",
        "nationality": "SWE",
        "document_type": "passport",
        "document_number": "L898902C3",
        "document_issuing_state": "",
        "birth_date-day": "12",
        "birth_date-month": "8",
        "birth_date-year": "1974",
        "sex": "F",
        "document_expires_on-day": "15",
        "document_expires_on-month": "4",
        "document_expires_on-year": "2032",
        "room": "204",
        "arrived_on-day": str(arrived.day),
        "arrived_on-month": str(arrived.month),
        "arrived_on-year": str(arrived.year),
        "arrived_time": arrived.strftime("%H:%M"),
        "expected_departure_on-day": str(leaves.day),
        "expected_departure_on-month": str(leaves.month),
        "expected_departure_on-year": str(leaves.year),
    } | changes


Report = Callable[..., UUID]


@pytest.fixture
def report(client: FlaskClient, cast: Cast) -> Report:
    """Reports a guest through the form as clerk_a and gives the stay's id."""

    def _report(**changes: Any) -> UUID:
        client.sign_in_as(cast.clerk_a)
        answer = client.post_form(f"/frontdesk/{cast.property_a}/stays/new", typed(**changes))
        assert answer.status_code == 303, answer.get_data(as_text=True)[:4000]
        return UUID(answer.headers["Location"].partition("?")[0].rpartition("/")[2])

    return _report
