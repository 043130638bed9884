"""What a feed does to the register: new, changed, unchanged and refused rows, dry runs, twice."""

import pytest

from apoa.permits.feed.models import FeedState
from tests.cast import Cast
from tests.permits.feed.rows import (
    counts, csv_file, faults, json_file, load, permit, stored_permits, xlsx_file,
)  # fmt: skip

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture(autouse=True)
def _people(cast: Cast) -> None:
    """The offices and people stand."""


def test_rows_become_permits() -> None:
    feed = load(csv_file([permit(1), permit(2, sponsor="PT Contoh")]))
    assert feed.state == FeedState.DONE
    assert counts(feed) == (2, 0, 0, 0)
    assert feed.total == 2
    assert faults(feed.id) == []
    first, second = stored_permits()
    assert (first.surname, first.given_names, first.kind) == ("ERIKSSON", "ANNA 1", "itas")
    assert second.sponsor == "PT Contoh"
    assert first.feed_id == feed.id
