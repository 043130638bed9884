"""What most tests of stays begin with: a clerk at work, and the database's owner looking in."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from apoa.access.actors import Actor
from apoa.base.settings import Settings
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report

Reporter = Callable[..., ReportedStay]


@pytest.fixture
def clerk(cast: Cast) -> Actor:
    """The clerk of property A, in the middle of a request."""
    return cast.act_as("clerk_a")


@pytest.fixture
def reported(clerk: Actor, cast: Cast) -> Reporter:
    """Reports a guest of property A with the changes given."""

    def report(**changes: Any) -> ReportedStay:
        return report_stay(clerk, cast.property_a, make_report(**changes), source=Source.WEB)

    return report


@pytest.fixture
def owner(cast: Cast, settings: Settings) -> Iterator[psycopg.Connection[Any]]:
    """A connection of the tables' owner that sees every row."""
    url = settings.owner_database_url.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT set_config('apoa.everywhere', 'on', false)")
        yield connection
