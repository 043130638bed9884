"""What a feed does to the register: new, changed, unchanged and refused rows, dry runs, twice."""

from datetime import UTC, date, datetime

import pytest

from apoa.permits.feed import run
from apoa.permits.feed.models import FeedState
from tests.cast import Cast
from tests.permits.feed.rows import (
    counts,
    csv_file,
    faults,
    json_file,
    load,
    permit,
    stored_permits,
    xlsx_file,
)

pytestmark = pytest.mark.usefixtures("cast")


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


def test_the_three_kinds_of_file_say_the_same() -> None:
    rows = [permit(1), permit(2)]
    assert counts(load(csv_file(rows))) == (2, 0, 0, 0)
    assert counts(load(json_file(rows))) == (0, 0, 2, 0)
    assert counts(load(xlsx_file([list(rows[0]), *(list(row.values()) for row in rows)]))) == (
        0,
        0,
        2,
        0,
    )


def test_the_same_file_again_changes_nothing() -> None:
    content = csv_file([permit(one) for one in range(20)])
    assert counts(load(content)) == (20, 0, 0, 0)
    assert counts(load(content)) == (0, 0, 20, 0)


def test_a_change_is_a_new_version() -> None:
    load(csv_file([permit(1), permit(2)]))
    feed = load(csv_file([permit(1), permit(2, valid_until="2028-01-14")]))
    assert counts(feed) == (0, 1, 1, 0)
    _, second = stored_permits()
    assert (second.valid_until, second.version) == (date(2028, 1, 14), 2)


def test_good_rows_are_taken_and_bad_ones_told() -> None:
    rows = [
        permit(1),
        permit(2, birth_date="2026-02-30"),
        permit(3, nationality="Atlantis", valid_until=""),
        permit(4),
    ]
    feed = load(csv_file(rows))
    assert counts(feed) == (2, 0, 0, 2)
    assert faults(feed.id) == [
        (3, "birth_date", "invalid-date"),
        (4, "nationality", "permit-country-unknown"),
        (4, "valid_until", "required"),
    ]


def test_a_dry_run_stores_nothing_but_its_report() -> None:
    feed = load(csv_file([permit(1), permit(2, kind="?")]), is_dry_run=True)
    assert feed.state == FeedState.DONE
    assert counts(feed) == (1, 0, 0, 1)
    assert faults(feed.id) == [(3, "kind", "not-a-choice")]
    assert stored_permits() == []


def test_the_later_of_two_rows_with_one_number_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    for rows_at_once in (1000, 1):
        monkeypatch.setattr(run, "CHUNK_ROWS", rows_at_once)
        number = 100 + rows_at_once
        feed = load(csv_file([permit(number), permit(number, surname="LATER"), permit(number + 1)]))
        assert counts(feed) == (2, 1, 0, 0)
        assert {one.surname for one in stored_permits() if one.feed_id == feed.id} == {
            "LATER",
            "ERIKSSON",
        }


def test_older_data_changes_nothing() -> None:
    load(csv_file([permit(1)]), data_as_of=datetime(2026, 5, 2, tzinfo=UTC))
    feed = load(
        csv_file([permit(1, surname="BEFORE")]), data_as_of=datetime(2026, 5, 1, tzinfo=UTC)
    )
    assert counts(feed) == (0, 0, 1, 0)
    assert faults(feed.id) == [(2, None, "permit-newer-known")]
    assert [one.surname for one in stored_permits()] == ["ERIKSSON"]


def test_what_is_not_known_here_only_warns() -> None:
    odd = {"index_code": "Z99", "region_code": "99.99", "issuing_office": "Kanim Atlantis"}
    feed = load(csv_file([permit(1, **odd)]))
    assert counts(feed) == (1, 0, 0, 0)
    assert faults(feed.id) == [
        (2, "index_code", "permit-index-unknown"),
        (2, "issuing_office", "permit-office-unknown"),
        (2, "region_code", "permit-region-unknown"),
    ]


def test_office_and_region_are_found_in_any_writing(cast: Cast) -> None:
    load(csv_file([permit(1, issuing_office="Kanim Bengkulu", region_code="177101")]))
    load(csv_file([permit(2, issuing_office="Kantor Imigrasi Kelas I TPI Bengkulu")]))
    first, second = stored_permits()
    assert first.issuing_office_id == second.issuing_office_id == cast.office_bengkulu
    assert first.region_code == "17.71.01"


def test_the_index_code_says_the_kind() -> None:
    load(csv_file([permit(1, kind="", index_code="e33g")]))
    assert [(one.kind, one.index_code) for one in stored_permits()] == [("itas", "E33G")]
    feed = load(csv_file([permit(2, kind="", index_code="Z99")]))
    assert faults(feed.id) == [(2, "kind", "permit-kind-needed")]


def test_one_that_the_database_refuses_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = load(csv_file([permit(one) for one in range(9)]))
    assert counts(feed) == (9, 0, 0, 0)
