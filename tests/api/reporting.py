"""What most tests of stays over the API begin with: a guest reported, and the doors of a call."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from apoa.audit.models import AuditRow
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.properties.models import Property, PropertyState
from tests.api.client import ApiClient
from tests.cast import EVERYWHERE
from tests.factories import make_mapping


def report(api: ApiClient, **changes: Any) -> dict[str, Any]:
    """Reports a guest with these changes; gives the stay as answered."""
    response = api.post(f"{api.lodging}/stays", make_mapping(**changes))
    assert response.status_code == 201, response.get_data(as_text=True)
    body: dict[str, Any] = response.get_json()
    return body


def path_of(api: ApiClient, stay: dict[str, Any], rest: str = "") -> str:
    """The path of a stay below `/api/v1`."""
    return f"{api.lodging}/stays/{stay['id']}{rest}"


def count(model: Any) -> int:
    """How many rows there are, sandboxes included."""
    with scope(EVERYWHERE):
        number = db.session.scalar(select(func.count()).select_from(model)) or 0
        db.session.rollback()
        return number


def audit_row_of(stay_id: str) -> AuditRow:
    """The first audit row about a stay."""
    with scope(EVERYWHERE):
        query = select(AuditRow).where(AuditRow.subject_id == UUID(stay_id)).order_by(AuditRow.id)
        row = db.session.scalars(query).first()
        assert row is not None
        db.session.expunge_all()
        db.session.rollback()
        return row


def suspend(property_id: UUID) -> None:
    """The lodging may not report any more."""
    with scope(EVERYWHERE):
        lodging = db.session.get(Property, property_id)
        assert lodging is not None
        lodging.state = PropertyState.SUSPENDED
        db.session.commit()


def pointers(body: dict[str, Any]) -> dict[str, str]:
    """The code of each fault by its pointer."""
    return {one["pointer"]: one["code"] for one in body["errors"]}
