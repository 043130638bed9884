"""A lodging registered while working areas change gets the office that answers afterwards."""

import re
from threading import Event, Thread
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from apoa.access.accept_invitation import accept_invitation
from apoa.access.invitations import invite
from apoa.access.models import Mail, PropertyMembership
from apoa.access.passwords import PasswordHashing
from apoa.db.base import db, session
from apoa.db.scope import NOTHING, scope, set_scope
from apoa.properties import working_areas
from apoa.properties.edit import edit_property
from apoa.properties.register import register_property
from apoa.properties.working_areas import set_working_area
from tests.cast import EVERYWHERE, Cast
from tests.properties.support import LINKS, read_everywhere, registration

DISTRICT = "17.71.07"


def _wait_until_somebody_waits(locktypes: tuple[str, ...] = ("advisory",)) -> None:
    for _ in range(200):
        waiting = session().scalar(
            text("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = ANY (:types)"),
            {"types": list(locktypes)},
        )
        if waiting:
            return
        session().execute(text("SELECT pg_sleep(0.02)"))
    raise AssertionError("nobody waits")


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


def test_who_joins_while_the_lodging_moves_is_kept_under_the_new_office(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(
        cast.act_as("manager_ab"),
        "baru@example.com",
        "clerk",
        property_id=cast.property_a,
        link=lambda token: f"https://apoa.test/{token}",
    )
    body = session().scalar(select(Mail.body).where(Mail.to_address == "baru@example.com")) or ""
    found = re.search(r"https://apoa\.test/(\S+)", body)
    assert found
    session().rollback()
    joined: list[UUID] = []

    def join() -> None:
        with app.app_context():
            set_scope(NOTHING)
            hashing = PasswordHashing(time_cost=1, memory_kib=8)
            password = "teras-kopi-hujan-42"
            joined.append(accept_invitation(found[1], "Orang Baru", password, hashing=hashing))
            db.session.remove()

    thread = Thread(target=join)
    record_moves = working_areas._record_moves

    def let_somebody_join(affected: list[object]) -> None:
        thread.start()
        _wait_until_somebody_waits(("transactionid", "tuple"))
        record_moves(affected)  # type: ignore[arg-type]

    monkeypatch.setattr(working_areas, "_record_moves", let_somebody_join)
    district = read_everywhere(cast.property_a).region_code[:8]
    set_working_area(cast.act_as("directorate"), district, cast.office_blitar)
    thread.join(timeout=30)
    with scope(EVERYWHERE):
        office_id = session().scalar(
            select(PropertyMembership.office_id).where(PropertyMembership.user_id == joined[0])
        )
    assert office_id == cast.office_blitar
