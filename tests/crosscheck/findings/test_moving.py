"""A finding that comes to another office takes its history along."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade

from apoa.app import create_app
from apoa.base.ids import new_id
from apoa.base.settings import settings_from
from apoa.cli import register_commands
from apoa.crosscheck.findings.dismiss import dismiss_finding
from apoa.crosscheck.findings.listing import get_finding
from apoa.db.base import db
from apoa.properties.working_areas import set_working_area
from apoa.start.embedded import ADMIN, EmbeddedPostgres, create_database
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Source
from tests.cast import Cast
from tests.conftest import environment_for
from tests.crosscheck.findings.support import (
    later,
    make_permit,
    make_rule,
    night,
    nov,
    on_day,
    register,
    report,
    the_finding,
    work,
)


def dismiss_as(cast: Cast, name: str, finding_id: UUID) -> list[str]:
    """Somebody of the new office reads it and says that it is none; gives its history then."""
    dismiss_finding(cast.act_as(name), finding_id, "sudah jelas")
    events = get_finding(cast.act_as(name), finding_id).events
    return [event.act for event in events]


def test_the_next_lodging_of_a_mover_is_another_offices(cast: Cast) -> None:
    with on_day(nov(9)):
        make_rule(cast, "frequent-mover", 9, most_properties=1)
        register(make_permit())
    with on_day(nov(12)):
        first = report(cast)
        check_out_stay(cast.act_as("clerk_a"), cast.property_a, first, later(1), source=Source.WEB)
        second = report(cast, "property_b", checked_in_at=later(1))
        work()
        assert the_finding("frequent-mover").office_id == cast.office_bengkulu
        check_out_stay(cast.act_as("clerk_b"), cast.property_b, second, later(2), source=Source.WEB)
        report(cast, "property_c", checked_in_at=later(2) - timedelta(hours=1))
        work()
        moved = the_finding("frequent-mover")
        assert moved.office_id == cast.office_blitar
        assert moved.evidence["properties"] == 3
        events = get_finding(cast.act_as("supervisor_blitar"), moved.id).events
        assert [event.act for event in events] == ["opened", "updated"]
        assert (events[-1].evidence or {})["office_before"] == str(cast.office_bengkulu)
        assert dismiss_as(cast, "supervisor_blitar", moved.id) == ["opened", "updated", "dismissed"]


def test_the_search_for_a_holder_goes_with_the_working_area(cast: Cast) -> None:
    with on_day(nov(17)):
        register(make_permit(kind="voa", entered_on=nov(9), region_code="35.72.01.1001"))
        work()
        night()
        assert the_finding("no-stay-reported").office_id == cast.office_blitar
        set_working_area(cast.act_as("directorate"), "35.72", cast.office_bengkulu)
        night()
        moved = the_finding("no-stay-reported")
        assert moved.office_id == cast.office_bengkulu
        history = dismiss_as(cast, "supervisor_bengkulu", moved.id)
        assert history == ["opened", "updated", "dismissed"]


@pytest.fixture
def older(postgres: EmbeddedPostgres, tmp_path: Path, app: Flask) -> Iterator[str]:
    """A database as it was before the repair; gives its address for its administrator."""
    with psycopg.connect(postgres.url(ADMIN, "postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS older")
        create_database(connection, "older")
    made = create_app(settings_from(environment_for(postgres, "older", tmp_path)))
    register_commands(made)
    with made.app_context():
        upgrade(revision="0017")
        yield postgres.url(ADMIN, "older")
        db.session.remove()
        db.engine.dispose()


def test_histories_that_were_left_behind_follow(older: str) -> None:
    finding_id, office_id, property_id, stay_id = (new_id() for _ in range(4))
    stays = [stay_id], [property_id]
    with psycopg.connect(older, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO findings (id, cause, rule, rule_version, office_id, property_id, stay_id,"
            " severity, handled_by, state, evidence, evidence_mark, stay_ids, stay_property_ids,"
            " opened_at, updated_at) VALUES (%s, %s, 'frequent-mover', 1, %s, %s, %s, 'low',"
            " 'supervision', 'open', '{}', %s, %s, %s, now(), now())",
            (finding_id, b"c" * 32, office_id, property_id, stay_id, b"m" * 32, *stays),
        )
        connection.execute("DELETE FROM finding_stays")
        connection.execute(
            "INSERT INTO finding_events (finding_id, seq, office_id, property_id, act, state,"
            " rule_version, at) VALUES (%s, 1, %s, %s, 'opened', 'open', 1, now())",
            (finding_id, new_id(), new_id()),
        )
        upgrade(revision="0018")
        events = connection.execute("SELECT office_id, property_id FROM finding_events").fetchall()
        assert events == [(office_id, property_id)]
        pairs = connection.execute("SELECT stay_id, finding_id FROM finding_stays").fetchall()
        assert pairs == [(stay_id, finding_id)]
