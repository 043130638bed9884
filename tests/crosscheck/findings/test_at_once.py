"""Many workers at once make one finding of one cause, and many stays cost few statements."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from threading import Barrier
from uuid import UUID

from flask import Flask
from sqlalchemy import event

from apoa.base.clock import now, pretend
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.findings.settle import settle
from apoa.crosscheck.gather import gather_stays
from apoa.crosscheck.rules.rulebook import read_rulebook
from apoa.db.base import db
from apoa.db.scope import NOTHING, scope, set_scope
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.findings.support import (
    ARRIVAL,
    acts_of,
    findings,
    make_permit,
    nov,
    on_day,
    register,
    report,
    work,
)


def test_two_lodgings_checked_at_the_same_time_make_one_finding(app: Flask, cast: Cast) -> None:
    with on_day(nov(13)):
        register(make_permit(valid_until=nov(11)))
        work()
        stays = [
            (cast.property_a, report(cast)),
            (cast.property_b, report(cast, "property_b", checked_in_at=ARRIVAL)),
            (cast.property_c, report(cast, "property_c", checked_in_at=ARRIVAL)),
        ]
        start, at = Barrier(6), now()

        def check(place: int) -> int:
            property_id, stay_id = stays[place % 3]
            with app.app_context(), pretend(at):
                set_scope(NOTHING)
                start.wait()
                try:
                    return check_stays(property_id, [stay_id]).failed
                finally:
                    db.session.remove()

        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(check, range(6))) == 0
        work()
        assert len(findings("permit-expired")) == 3
        pairs = findings("two-places")
        assert len(pairs) == 3
        for one in (*pairs, *findings("permit-expired")):
            assert acts_of(one) == ["opened"]


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def test_many_stays_are_gathered_with_the_statements_of_one(cast: Cast) -> None:
    with on_day(nov(13)):
        register(make_permit())
        keys: list[tuple[UUID, UUID]] = []
        for number in range(8):
            at = ARRIVAL + timedelta(minutes=number)
            changes = {"checked_in_at": at, "document_number": f"L89890{number}C3"}
            keys.append((cast.property_a, report(cast, **changes)))
        work()
        with scope(EVERYWHERE):
            rules = read_rulebook()
            with counted() as of_one:
                gather_stays(keys[:1], rules)
            with counted() as of_all:
                gathered = gather_stays(keys, rules)
            assert len(gathered) == 8
            assert len(of_all) <= len(of_one) <= 8
            settle(gathered[0], rules)
            with counted() as again:
                settle(gathered[0], rules)
            assert len(again) == 1
            db.session.rollback()
