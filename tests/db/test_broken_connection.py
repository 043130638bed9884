"""A database that goes away in the middle is told as that, and no scope outlives it."""

import pytest
from flask import render_template
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from apoa.db.base import db
from apoa.db.scope import NOTHING, Scope, current_scope, scope
from tests.cast import Cast

BREAK = text("SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_break_below_a_scope_is_told_as_what_it_is(cast: Cast) -> None:
    with pytest.raises(OperationalError), scope(Scope(reads_all=True)):
        db.session.execute(BREAK)
    assert current_scope() == NOTHING
    db.session.rollback()
    assert db.session.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize(
    "where", ["apoa.web.own.account.get_user", "apoa.access.sessions.load_actor"]
)
def test_a_break_in_a_request_is_503_and_the_next_one_is_answered(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    client.sign_in_as(cast.clerk_a)
    with monkeypatch.context() as patch:
        patch.setattr(where, lambda *_a, **_k: db.session.execute(BREAK))
        assert client.get("/account/").status_code == 503
    assert client.get("/account/").status_code == 200


def test_an_answer_goes_out_also_when_the_database_goes_away_behind_it(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.sign_in_as(cast.clerk_a)

    def render(name: str, **values: object) -> str:
        page = render_template(name, **values)
        pid = db.session.scalar(text("SELECT pg_backend_pid()"))
        with db.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        return page

    monkeypatch.setattr("apoa.web.own.account.render_template", render)
    assert "clerk_a@example.com" in client.get("/account/").text
