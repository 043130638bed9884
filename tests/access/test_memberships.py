"""Who sees and removes the people of a lodging."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from apoa.access.memberships import list_people, remove_person
from apoa.access.models import PropertyMembership, User
from apoa.access.roles import Role
from apoa.base.clock import now
from apoa.base.errors import NotAllowed, NotFound, StateConflict
from apoa.db.base import db
from apoa.db.scope import scope, set_scope
from tests.cast import EVERYWHERE, Cast


def add_manager(cast: Cast, user_id: UUID) -> None:
    with scope(EVERYWHERE):
        db.session.add(
            PropertyMembership(
                property_id=cast.property_a,
                user_id=user_id,
                office_id=cast.office_bengkulu,
                role=Role.MANAGER,
                created_at=now(),
            )
        )
        db.session.commit()


def test_a_manager_sees_the_people_of_the_lodging(cast: Cast) -> None:
    people = list_people(cast.act_as("manager_ab"), cast.property_a)
    assert [(one.user_id, one.role) for one in people] == [
        (cast.manager_ab, Role.MANAGER),
        (cast.clerk_a, Role.CLERK),
    ]


def test_a_removed_clerk_has_no_role_from_then_on(cast: Cast, audit: Any) -> None:
    remove_person(cast.act_as("manager_ab"), cast.property_a, cast.clerk_a)
    assert cast.actor("clerk_a").property_roles == {}
    (row,) = audit("person_removed")
    assert (row.subject_id, row.property_id) == (cast.clerk_a, cast.property_a)


def test_removal_from_one_lodging_leaves_the_other(cast: Cast) -> None:
    add_manager(cast, cast.stranger)
    remove_person(cast.act_as("manager_ab"), cast.property_a, cast.manager_ab)
    assert cast.actor("manager_ab").property_roles == {cast.property_b: Role.MANAGER}


def test_the_last_manager_cannot_be_removed(cast: Cast) -> None:
    with pytest.raises(StateConflict) as error:
        remove_person(cast.act_as("manager_ab"), cast.property_a, cast.manager_ab)
    assert error.value.problems[0].code == "last-manager"


def test_a_disabled_manager_does_not_count_as_one(cast: Cast) -> None:
    add_manager(cast, cast.stranger)
    db.session.get_one(User, cast.stranger).disabled_at = now()
    db.session.commit()
    actor = cast.act_as("manager_ab")
    with pytest.raises(StateConflict):
        remove_person(actor, cast.property_a, cast.manager_ab)
    remove_person(cast.act_as("manager_ab"), cast.property_a, cast.stranger)


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("clerk_a", NotAllowed),
        ("clerk_b", NotFound),
        ("clerk_c", NotFound),
        ("insarkom_bengkulu", NotFound),
        ("directorate", NotAllowed),
        ("stranger", NotFound),
    ],
)
def test_who_may_neither_list_nor_remove(cast: Cast, who: str, error: type[Exception]) -> None:
    actor = cast.act_as(who)
    with pytest.raises(error):
        list_people(actor, cast.property_a)
    with pytest.raises(error):
        remove_person(actor, cast.property_a, cast.clerk_a)


def test_a_person_of_another_lodging_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        remove_person(cast.act_as("manager_ab"), cast.property_a, cast.clerk_b)


def test_two_managers_cannot_remove_each_other_at_once(cast: Cast, app: Flask) -> None:
    add_manager(cast, cast.stranger)
    actors = [cast.actor("manager_ab"), cast.actor("stranger")]
    targets = [cast.stranger, cast.manager_ab]
    db.session.rollback()
    barrier = Barrier(2)

    def race(number: int) -> str:
        with app.app_context():
            set_scope(actors[number].scope)
            barrier.wait()
            try:
                remove_person(actors[number], cast.property_a, targets[number])
            except (StateConflict, NotFound) as error:
                return type(error).__name__
            finally:
                db.session.remove()
            return "removed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(race, [0, 1]))
    assert outcomes.count("removed") == 1
