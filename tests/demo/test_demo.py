"""The demo: offices, lodgings of all types, accounts of each role, every awkward case."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from apoa.access.models import PropertyMembership
from apoa.base.settings import Settings
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.demo.credentials import FILE, credentials_text, read_credentials
from apoa.demo.load import has_data, load_demo
from apoa.offices.models import Office, WorkingArea
from apoa.properties.models import Property, PropertyState, PropertyType
from apoa.stays.models import DeadlineState, Stay, StayState, StayVersion
from tests.cast import EVERYWHERE


@pytest.fixture
def demo(app: Flask, clean: None, settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    small = replace(settings, demo_stays=60, instance_path=tmp_path)
    assert not has_data()
    load_demo(small)
    assert has_data()
    set_scope(EVERYWHERE)
    yield small
    set_scope(NOTHING)


def count(*conditions: object) -> int:
    statement = select(func.count()).select_from(Stay).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(statement) or 0


def test_it_is_as_the_readme_says(demo: Settings) -> None:
    real = Office.code != "sandbox"
    assert set(db.session.scalars(select(Office.code).where(real))) == {
        "bengkulu",
        "blitar",
        "tanjung-uban",
    }
    assert db.session.scalar(select(func.count()).select_from(WorkingArea)) == 10 + 3 + 3
    real_lodgings = select(Property).where(Property.sandbox_of.is_(None))
    lodgings = db.session.scalars(real_lodgings).all()
    assert len(lodgings) == 60
    assert {one.type for one in lodgings} == set(PropertyType)
    assert {one.state for one in lodgings} >= {
        PropertyState.APPROVED,
        PropertyState.SUBMITTED,
        PropertyState.ASKED_BACK,
        PropertyState.REFUSED,
        PropertyState.SUSPENDED,
        PropertyState.CLOSED,
    }
    assert count() == 60


def test_every_awkward_case_is_there(demo: Settings) -> None:
    assert count(Stay.deadline_state == DeadlineState.LATE)
    assert count(Stay.mononym)
    assert count(Stay.birth_date.like("%-00"))
    assert count(Stay.state == StayState.CANCELLED)
    assert count(Stay.state == StayState.DEPARTED)
    assert count(Stay.state == StayState.IN_HOUSE)
    assert count(Stay.party_ref.is_not(None)) > 1
    assert count(Stay.document_unavailable_reason.is_not(None))
    codes = {one["code"] for row in db.session.scalars(select(Stay.warnings)) for one in row}
    assert codes >= {"late", "minor-alone", "document-expired"}
    acts = set(db.session.scalars(select(StayVersion.act)))
    assert acts >= {"report", "amend", "cancel", "check_out"}


def test_the_credentials_name_every_role_and_can_be_printed(demo: Settings) -> None:
    path = demo.instance_path / FILE
    assert path.stat().st_mode & 0o077 == 0
    accounts = json.loads(path.read_text())["accounts"]
    assert {one["role"] for one in accounts} == {
        "clerk",
        "manager",
        "insarkom",
        "supervision",
        "head_of_office",
        "directorate",
        "auditor",
    }
    text = credentials_text(read_credentials(demo))
    assert all(one["email"] in text for one in accounts)
    members = select(func.count()).select_from(PropertyMembership)
    assert (db.session.scalar(members) or 0) > len(accounts)
