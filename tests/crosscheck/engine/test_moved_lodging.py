"""A lodging that comes under another office takes its matches along, whoever moves it."""

from apoa.crosscheck.models import StayKey
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.move import move_property
from apoa.properties.queries import lock_property
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import get_match, make_permit, register, report, work


def test_its_manager_moves_what_the_manager_never_sees(cast: Cast) -> None:
    register(make_permit())
    work()
    stay_id = report(cast)
    work()
    assert get_match(stay_id).office_id == cast.office_bengkulu
    cast.act_as("manager_ab")
    with unit_of_work():
        move_property(lock_property(cast.property_a), "35.72.01.1001")
    assert get_match(stay_id).office_id == cast.office_blitar
    with scope(EVERYWHERE):
        offices = {one.office_id for one in session().query(StayKey)}
        session().rollback()
    assert offices == {cast.office_blitar}
    report(cast, room="9")
    work()
    assert get_match(stay_id).office_id == cast.office_blitar
