"""Keys: only managers make them, secrets are shown once, ends and overlaps hold."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from apoa.access.admit import Admission, Limits, admit
from apoa.access.api_caller import ApiCaller, shown_property_id
from apoa.access.api_keys import end_key, make_key, rotate_key
from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.issue_token import forget_expired_tokens, issue_token
from apoa.access.key_text import KeyText, parse_key
from apoa.access.list_keys import list_keys
from apoa.access.roles import Action
from apoa.audit.models import AuditRow
from apoa.base.clock import now, pretend
from apoa.base.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn, StateConflict
from apoa.base.ids import SANDBOX_OFFICE_ID, sandbox_twin
from apoa.db.base import db
from apoa.db.scope import scope
from apoa.properties.models import Property
from apoa.properties.sandbox import MARK, ensure_sandbox
from tests.cast import EVERYWHERE, Cast

LIMITS = Limits(per_key=600, per_address=120)


def made(cast: Cast, who: str = "manager_ab", **changes: Any) -> KeyText:
    """A new live key of lodging A, or as changed."""
    values = {
        "name": "PMS",
        "mode": KeyMode.LIVE,
        "scopes": ["stays:read", "stays:write"],
        "property_ids": [cast.property_a],
        "expires_at": now() + timedelta(days=90),
        "make_sandbox": ensure_sandbox,
    }
    return make_key(cast.act_as(who), **(values | changes))


def shown(bearer: str | None, limits: Limits = LIMITS) -> Admission:
    return admit(bearer, "127.0.0.1", limits)


def caller(key: KeyText) -> ApiCaller:
    found = shown(key.text).caller
    assert found is not None
    return found


def test_a_key_is_let_in_for_its_lodgings_and_scopes(cast: Cast) -> None:
    key = made(cast, scopes=["stays:read"])
    found = caller(key)
    assert key.text.startswith("apoa_live_")
    assert parse_key(key.text) == key
    assert found.properties == {cast.property_a: cast.property_a}
    assert found.may(Action.VIEW_STAY, property_id=cast.property_a)
    assert not found.may(Action.REPORT_STAY, property_id=cast.property_a)
    assert not found.may(Action.VIEW_STAY, property_id=cast.property_b)
    assert not found.may(Action.MANAGE_PEOPLE, property_id=cast.property_a)


def test_the_secret_is_not_stored(cast: Cast) -> None:
    key = made(cast)
    row = db.session.execute(text("SELECT api_keys::text FROM api_keys")).scalar_one()
    assert key.secret not in row
    assert key.secret not in repr(key)


@pytest.mark.parametrize(
    ("who", "error"), [("clerk_a", NotAllowed), ("clerk_c", NotFound), ("directorate", NotAllowed)]
)
def test_only_its_manager_makes_a_key(cast: Cast, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        made(cast, who)


def test_no_key_for_a_lodging_of_others(cast: Cast) -> None:
    with pytest.raises(NotFound):
        made(cast, property_ids=[cast.property_a, cast.property_c])


def test_all_faults_of_a_key_are_told_at_once(cast: Cast) -> None:
    with pytest.raises(InvalidInput) as caught:
        made(cast, name=" ", scopes=["stays:read", "permits:write"], expires_at=now())
    assert [(p.pointer, p.code) for p in caught.value.problems] == [
        ("/name", "key-name-needed"),
        ("/scopes/1", "unknown-scope"),
        ("/expires_at", "key-expiry"),
    ]


def test_a_test_key_acts_on_the_sandbox(cast: Cast) -> None:
    found = caller(made(cast, mode=KeyMode.TEST))
    twin = sandbox_twin(cast.property_a)
    assert found.properties == {cast.property_a: twin}
    assert found.scope.property_ids == {twin}
    assert shown_property_id(found, twin) == cast.property_a
    with scope(found.scope):
        stored = db.session.scalars(select(Property)).one()
        assert (stored.id, stored.sandbox_of) == (twin, cast.property_a)
        assert (stored.office_id, stored.state) == (SANDBOX_OFFICE_ID, "approved")
        assert stored.name == f"{MARK}Hotel Pantai Panjang"


def test_a_second_test_key_uses_the_same_sandbox_brought_up_to_date(cast: Cast) -> None:
    made(cast, mode=KeyMode.TEST)
    with scope(EVERYWHERE):
        db.session.get_one(Property, cast.property_a).name = "Hotel Baru"
        db.session.commit()
    made(cast, mode=KeyMode.TEST)
    with scope(EVERYWHERE):
        twins = select(Property.name).where(Property.sandbox_of.is_not(None))
        assert db.session.scalars(twins).all() == [f"{MARK}Hotel Baru"]


@pytest.mark.parametrize("text", ["", "x", "apoa_live_", "apoa_live_abc_def", "apoa_token_x"])
def test_what_is_no_key_is_refused(cast: Cast, text: str) -> None:
    assert shown(text).refusal == "credentials-invalid"
    assert shown(None).refusal == "credentials-missing"


def test_another_secret_or_mode_of_a_known_key_is_refused(cast: Cast) -> None:
    key = made(cast)
    assert shown(f"{key.client_id}_wrong").refusal == "credentials-invalid"
    assert shown(key.text[:-1]).refusal == "credentials-invalid"


def test_an_expired_key_is_refused(cast: Cast) -> None:
    key = made(cast)
    with pretend(now() + timedelta(days=91)):
        assert shown(key.text).refusal == "key-expired"


def test_an_ended_key_and_its_tokens_are_refused_at_once(cast: Cast) -> None:
    key = made(cast)
    token = issue_token(key.client_id, key.secret).token
    end_key(cast.act_as("manager_ab"), key.key_id)
    end_key(cast.act_as("manager_ab"), key.key_id)
    assert shown(key.text).refusal == "key-ended"
    assert shown(token).refusal == "key-ended"
    with pytest.raises(NotSignedIn):
        issue_token(key.client_id, key.secret)
    with pytest.raises(StateConflict):
        rotate_key(cast.act_as("manager_ab"), key.key_id)


def test_ending_a_shared_key_takes_ones_own_lodgings_away(cast: Cast) -> None:
    key = made(cast, property_ids=[cast.property_a, cast.property_b])
    with scope(EVERYWHERE):
        db.session.execute(
            text("DELETE FROM property_memberships WHERE property_id = :p AND role = 'manager'"),
            {"p": cast.property_b},
        )
        db.session.commit()
    with pytest.raises(NotFound):
        rotate_key(cast.act_as("manager_ab"), key.key_id)
    end_key(cast.act_as("manager_ab"), key.key_id)
    assert set(caller(key).properties) == {cast.property_b}


@pytest.mark.parametrize(("who", "error"), [("clerk_a", NotAllowed), ("clerk_c", NotFound)])
def test_only_its_manager_ends_rotates_and_lists(
    cast: Cast, who: str, error: type[Exception]
) -> None:
    key = made(cast)
    for act in (end_key, rotate_key):
        with pytest.raises(error):
            act(cast.act_as(who), key.key_id)
    with pytest.raises(error):
        list_keys(cast.act_as(who), cast.property_a)
    assert shown(key.text).caller


def test_after_a_rotation_both_secrets_are_good_for_the_overlap(cast: Cast) -> None:
    old = made(cast)
    new = rotate_key(cast.act_as("manager_ab"), old.key_id, overlap=timedelta(days=2))
    assert new.client_id == old.client_id
    assert caller(old).user_id == caller(new).user_id
    with pretend(now() + timedelta(days=3)):
        assert shown(old.text).refusal == "credentials-invalid"
        assert shown(new.text).caller


def test_a_rotation_without_overlap_ends_the_old_secret_at_once(cast: Cast) -> None:
    old = made(cast)
    rotate_key(cast.act_as("manager_ab"), old.key_id, overlap=timedelta(0))
    assert shown(old.text).refusal == "credentials-invalid"


def test_use_is_noted_once_a_minute(cast: Cast) -> None:
    key = made(cast)
    start = now()
    seen = []
    for seconds in (0, 30, 61):
        with pretend(start + timedelta(seconds=seconds)):
            shown(key.text)
            db.session.rollback()
            [view] = list_keys(cast.act_as("manager_ab"), cast.property_a)
            seen.append(view.last_used_at)
    assert seen == [start, start, start + timedelta(seconds=61)]


def test_the_list_tells_states_and_no_lodgings_of_others(cast: Cast) -> None:
    made(cast, name="Satu")
    made(cast, name="Dua", property_ids=[cast.property_a, cast.property_b])
    views = list_keys(cast.act_as("manager_ab"), cast.property_a)
    assert [(v.name, v.state, len(v.property_ids)) for v in views] == [
        ("Dua", "live", 2),
        ("Satu", "live", 1),
    ]
    assert [v.name for v in list_keys(cast.act_as("manager_ab"), cast.property_b)] == ["Dua"]
    with pretend(now() + timedelta(days=100)):
        assert {v.state for v in list_keys(cast.act_as("manager_ab"), cast.property_a)} == {
            "expired"
        }


def test_a_token_is_good_for_an_hour_with_some_of_the_scopes(cast: Cast) -> None:
    key = made(cast)
    issued = issue_token(key.client_id, key.secret, ["stays:read"])
    assert issued.expires_in == 3600
    found = shown(issued.token).caller
    assert found is not None
    assert (found.user_id, found.scopes) == (key.key_id, {"stays:read"})
    with pretend(now() + timedelta(minutes=61)):
        assert shown(issued.token).refusal == "token-expired"
    with pretend(now() + timedelta(days=2)):
        assert forget_expired_tokens() == 1
        assert shown(issued.token).refusal == "credentials-invalid"


def test_a_token_gives_no_more_than_its_key(cast: Cast) -> None:
    key = made(cast, scopes=["stays:read"])
    with pytest.raises(InvalidInput):
        issue_token(key.client_id, key.secret, ["stays:write"])
    with pytest.raises(NotSignedIn):
        issue_token(key.client_id, "wrong")
    with pytest.raises(NotSignedIn):
        issue_token("nonsense", key.secret)


def test_every_act_on_a_key_is_audited_under_the_lodgings_office(cast: Cast) -> None:
    key = made(cast)
    rotate_key(cast.act_as("manager_ab"), key.key_id)
    end_key(cast.act_as("manager_ab"), key.key_id)
    with scope(EVERYWHERE):
        rows = db.session.scalars(
            select(AuditRow).where(AuditRow.subject_id == key.key_id).order_by(AuditRow.id)
        ).all()
        assert [row.action for row in rows] == ["key_made", "key_rotated", "key_ended"]
        assert {row.office_id for row in rows} == {cast.office_bengkulu}


def test_calls_are_counted_for_each_key_and_refilled(cast: Cast) -> None:
    key, other = made(cast), made(cast)
    few = Limits(per_key=3, per_address=2)
    left = [shown(key.text, few).allowance for _ in range(4)]
    assert [one.remaining for one in left] == [2, 1, 0, 0]
    assert [one.retry_after is None for one in left] == [True, True, True, False]
    assert left[3].retry_after == 20
    assert shown(other.text, few).allowance.remaining == 2
    with pretend(now() + timedelta(seconds=21)):
        assert shown(key.text, few).allowance.retry_after is None


def test_wrong_secrets_use_up_the_address_and_not_the_key(cast: Cast) -> None:
    key = made(cast)
    few = Limits(per_key=3, per_address=2)
    wrong = [shown(f"{key.client_id}_wrong", few).allowance.retry_after for _ in range(3)]
    assert wrong[:2] == [None, None]
    assert wrong[2] is not None
    assert shown(key.text, few).allowance.remaining == 2


def test_a_key_must_serve_some_lodging(cast: Cast) -> None:
    with pytest.raises(InvalidInput):
        made(cast, property_ids=[])
    assert db.session.scalars(select(ApiKey)).all() == []
    assert isinstance(cast.property_a, UUID)
