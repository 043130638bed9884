"""A lodging registered while working areas change gets the office that answers afterwards."""

from threading import Event, Thread
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text

from apoa.db.base import db, session
from apoa.db.scope import NOTHING, set_scope
from apoa.properties import working_areas
from apoa.properties.edit import edit_property
from apoa.properties.register import register_property
from apoa.properties.working_areas import set_working_area
from tests.cast import Cast
from tests.properties.support import LINKS, read_everywhere, registration

DISTRICT = "17.71.07"


def _wait_until_somebody_waits() -> None:
    for _ in range(200):
        waiting = session().scalar(
            text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
        )
        if waiting:
            return
        session().execute(text("SELECT pg_sleep(0.02)"))
    raise AssertionError("nobody waits for the areas")


def test_a_registration_waits_for_a_change_of_areas(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[UUID] = []
    started = Event()

    def register() -> None:
        with app.app_context():
            set_scope(NOTHING)
            started.set()
            wanted = registration(region_code=DISTRICT)
            made.append(register_property(wanted, "id", links=LINKS))
            db.session.remove()

    thread = Thread(target=register)
    record_moves = working_areas._record_moves

    def let_somebody_register(affected: list[object]) -> None:
        thread.start()
        started.wait(timeout=10)
        _wait_until_somebody_waits()
        record_moves(affected)  # type: ignore[arg-type]

    monkeypatch.setattr(working_areas, "_record_moves", let_somebody_register)
    set_working_area(cast.act_as("directorate"), DISTRICT, cast.office_blitar)
    thread.join(timeout=30)
    assert read_everywhere(made[0]).office_id == cast.office_blitar


def test_an_edit_and_a_change_of_areas_do_not_lock_each_other_out(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors: list[Exception] = []
    started = Event()

    def edit() -> None:
        with app.app_context():
            actor = cast.actor("manager_ab")
            db.session.rollback()
            set_scope(actor.scope)
            started.set()
            try:
                wanted = registration(region_code="17.71.01.1002")
                edit_property(actor, cast.property_a, wanted)
            except Exception as error:
                errors.append(error)
            finally:
                db.session.remove()

    thread = Thread(target=edit)
    record_moves = working_areas._record_moves

    def let_somebody_edit(affected: list[object]) -> None:
        thread.start()
        started.wait(timeout=10)
        _wait_until_somebody_waits()
        record_moves(affected)  # type: ignore[arg-type]

    monkeypatch.setattr(working_areas, "_record_moves", let_somebody_edit)
    set_working_area(cast.act_as("directorate"), "17.71.01", cast.office_blitar)
    thread.join(timeout=30)
    assert errors == []
    lodging = read_everywhere(cast.property_a)
    assert (lodging.office_id, lodging.region_code) == (cast.office_blitar, "17.71.01.1002")
