"""What a feed does to the register: new, changed, unchanged and refused rows, dry runs, twice."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from apoa.base.clock import now, pretend
from apoa.base.errors import InvalidInput
from apoa.permits.content import PermitContent
from apoa.permits.feed import chunk, run
from apoa.permits.feed.freshness import freshness, list_freshness
from apoa.permits.feed.models import FeedState, PermitFeedPiece
from apoa.permits.feed.run import run_feed
from apoa.permits.feed.start import forget_old_files, resume_stalled_feeds
from apoa.permits.incoming import UpsertSource
from apoa.permits.upsert import Upserted
from tests.cast import EVERYWHERE, Cast, db, scope
from tests.permits.feed.rows import (
    counts,
    csv_file,
    faults,
    json_file,
    load,
    permit,
    send,
    start,
    stored_permits,
    the_feed,
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
        assert faults(feed.id) == [(3, "number", "permit-number-twice")]


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


def test_a_number_thrice_warns_of_the_later_rows_only() -> None:
    load(csv_file([permit(1)]))
    rows = [permit(1, surname="B"), permit(1, surname="C"), permit(1, surname="C")]
    feed = load(csv_file(rows))
    assert counts(feed) == (0, 2, 1, 0)
    assert faults(feed.id) == [(3, "number", "permit-number-twice")]


def test_one_that_the_database_refuses_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = chunk.upsert_permits

    def picky(contents: list[PermitContent], source: UpsertSource) -> list[Upserted]:
        if any(one.surname == "POISON" for one in contents):
            raise IntegrityError("no", None, ValueError())
        return plain(contents, source)

    monkeypatch.setattr(chunk, "upsert_permits", picky)
    rows = [permit(one, surname="POISON" if one == 4 else "FINE") for one in range(9)]
    feed = load(csv_file(rows))
    assert counts(feed) == (8, 0, 0, 1)
    assert faults(feed.id) == [(6, None, "permit-not-stored")]


def test_a_cell_of_a_megabyte_is_a_fault_of_its_row() -> None:
    feed = load(csv_file([permit(1, sponsor="x" * 1_000_000), permit(2)]))
    assert counts(feed) == (1, 0, 0, 1)
    assert faults(feed.id) == [(2, "sponsor", "too-long")]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("surname", "ERIK\x07SSON", "control-character"),
        ("surname", "ERIK\u202eSSON", "control-character"),
        ("surname", "ERIK\ufffdSSON", "control-character"),
        ("surname", "=HYPERLINK(1)", "formula-in-cell"),
        ("number", "---", "permit-number-unreadable"),
        ("number", "", "required"),
        ("nationality", "IDN", "permit-not-foreign"),
        ("nationality", "EUE", "permit-country-unknown"),
        ("birth_date", "1974-13-00", "invalid-date"),
        ("birth_date", "1974-00-12", "invalid-date"),
        ("birth_date", "2126-01-01", "permit-birth-in-future"),
        ("valid_until", "2026-02-30", "invalid-date"),
        ("valid_until", "02/30/2026", "invalid-date"),
        ("valid_until", "46352", "bare-day-number"),
        ("valid_until", "2025-01-01", "permit-until-before-from"),
        ("status", "cancelled", "permit-status-date-needed"),
        ("status", "whatever", "not-a-choice"),
        ("index_code", "E 23 / X", "permit-index-form"),
    ],
)
def test_faults_of_rows(field: str, value: str, code: str) -> None:
    feed = load(csv_file([permit(1) | {field: value}]))
    assert feed.refused == 1
    assert code in [one[2] for one in faults(feed.id)]


@pytest.mark.parametrize(
    ("field", "value", "column", "stored"),
    [
        ("valid_until", "14/01/2027", "valid_until", date(2027, 1, 14)),
        ("valid_until", "14 Agustus 2027", "valid_until", date(2027, 8, 14)),
        ("valid_until", "20270114", "valid_until", date(2027, 1, 14)),
        ("valid_until", "2027-01-14T00:00:00", "valid_until", date(2027, 1, 14)),
        ("birth_date", "00/08/1974", "birth_date", "1974-08-00"),
        ("birth_date", "1974", "birth_date", "1974-00-00"),
        ("nationality", "Swedia", "nationality", "SWE"),
        ("nationality", "se", "nationality", "SWE"),
        ("nationality", "TIONGKOK", "nationality", "CHN"),
        ("kind", "Izin Tinggal Tetap", "kind", "itap"),
        ("surname", '="00123"', "surname", "00123"),
        ("surname", "MÜLLER-ŁUKASIEWICZ", "surname", "MÜLLER-ŁUKASIEWICZ"),
        ("surname", "-", "surname", None),
    ],
)
def test_writings_that_are_understood(field: str, value: str, column: str, stored: object) -> None:
    feed = load(csv_file([permit(1) | {field: value}]))
    assert counts(feed) == (1, 0, 0, 0), faults(feed.id)
    assert [getattr(one, column) for one in stored_permits()] == [stored]


def test_days_of_a_sheet_as_days_and_as_bare_numbers() -> None:
    rows = [permit(1, valid_until=date(2027, 1, 14)), permit(2, valid_until=46401)]
    feed = load(xlsx_file([list(rows[0]), *(list(row.values()) for row in rows)]))
    assert counts(feed) == (2, 0, 0, 0), faults(feed.id)
    assert {one.valid_until for one in stored_permits()} == {date(2027, 1, 14)}


def test_numbers_of_a_sheet_are_texts_unless_digits_are_lost() -> None:
    rows = [permit(1) | {"number": 2011000123}, permit(2) | {"number": 123456789012345678}]
    feed = load(xlsx_file([list(rows[0]), *(list(row.values()) for row in rows)]))
    assert counts(feed) == (1, 0, 0, 1)
    assert faults(feed.id) == [(3, "number", "digits-lost")]


def test_a_number_that_no_float_can_hold_is_a_fault_of_its_row_alone() -> None:
    huge = permit(1) | {"number": 10**400}
    feed = load(json_file([huge, permit(2)]))
    assert (feed.state, counts(feed)) == (FeedState.DONE, (1, 0, 0, 1))


def test_a_full_name_is_taken_apart_at_its_comma() -> None:
    names = [{"full_name": "ERIKSSON, ANNA"}, {"full_name": "SUKARNO"}]
    rows = [permit(n) | {"surname": "", "given_names": ""} | one for n, one in enumerate(names)]
    load(csv_file(rows))
    assert {(one.surname, one.given_names) for one in stored_permits()} == {
        ("ERIKSSON", "ANNA"),
        ("SUKARNO", None),
    }


def test_a_file_that_breaks_is_refused_before_a_row_is_taken() -> None:
    content = csv_file([permit(one) for one in range(3000)]) + b"\xff\xfe broken"
    feed = load(content)
    assert (feed.state, feed.failure_code) == (FeedState.FAILED, "feed-encoding")
    assert counts(feed) == (0, 0, 0, 0)
    assert stored_permits() == []


def test_missing_columns_are_told_together() -> None:
    feed_id = send(b"number,surname\n1,X\n")
    with pytest.raises(InvalidInput) as refused:
        start(feed_id)
    [problem] = refused.value.problems
    assert problem.code == "feed-columns-missing"
    for heading in ("Issuing state", "Permit kind", "Date of birth", "Nationality", "Valid until"):
        assert heading.casefold() in problem.params["columns"].casefold()


def test_a_feed_is_fresh_as_its_sender_says(cast: Cast) -> None:
    with scope(EVERYWHERE):
        assert freshness().data_as_of is None
    may, june = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
    insarkom = cast.act_as("insarkom_bengkulu")
    office_id = cast.office_bengkulu
    content = csv_file([permit(1)])
    feed_id = send(content, actor=insarkom, office_id=office_id, data_as_of=june)
    start(feed_id)
    with scope(EVERYWHERE):
        assert freshness().data_as_of is None
    run_feed(feed_id)
    with scope(EVERYWHERE):
        assert freshness().data_as_of == june
    # Of another office long ago: where nobody sends the whole, the register is as old as that.
    april = datetime(2026, 4, 1, tzinfo=UTC)
    other = cast.act_as("insarkom_blitar")
    blitar = send(
        csv_file([permit(4)]), actor=other, office_id=cast.office_blitar, data_as_of=april
    )
    start(blitar)
    run_feed(blitar)
    with scope(EVERYWHERE):
        assert freshness().data_as_of == april
    load(csv_file([permit(2)]), data_as_of=may)
    load(csv_file([permit(3)]), data_as_of=june, is_dry_run=True)
    with scope(EVERYWHERE):
        assert freshness().data_as_of == may
        assert [one.freshness.data_as_of for one in list_freshness()] == [may, june, april]


def test_two_who_run_one_feed_take_each_row_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "CHUNK_ROWS", 5)
    feed_id = send(csv_file([permit(one) for one in range(20)]))
    start(feed_id)
    seen = []

    def meanwhile(done: int, _total: int) -> None:
        seen.append(done)
        if done == 5:
            run_feed(feed_id)

    run_feed(feed_id, meanwhile)
    assert seen == [5]
    assert counts(the_feed(feed_id)) == (20, 0, 0, 0)


def test_a_feed_that_nobody_works_at_is_found_by_the_sweep() -> None:
    feed_id = send(csv_file([permit(1)]))
    start(feed_id)
    assert resume_stalled_feeds() == 0
    with pretend(now() + timedelta(minutes=3)):
        assert resume_stalled_feeds() == 1
        assert resume_stalled_feeds() == 0
    run_feed(feed_id)
    assert the_feed(feed_id).state == FeedState.DONE


def test_files_that_nobody_starts_are_forgotten() -> None:
    feed_id = send(csv_file([permit(1)]))
    assert forget_old_files() == 0
    with pretend(now() + timedelta(days=8)):
        assert forget_old_files() == 1
    with pytest.raises(InvalidInput) as refused:
        start(feed_id)
    assert refused.value.problems[0].code == "feed-file-gone"


def test_a_file_is_sealed_while_it_is_kept() -> None:
    send(csv_file([permit(1, surname="VERYSECRETNAME")]))
    with scope(EVERYWHERE):
        [piece] = db.session.query(PermitFeedPiece).all()
        assert b"VERYSECRETNAME" not in piece.content_sealed
        db.session.rollback()


def test_a_piece_that_was_altered_fails_the_feed() -> None:
    feed_id = send(csv_file([permit(1)]))
    start(feed_id)
    with scope(EVERYWHERE):
        [piece] = db.session.query(PermitFeedPiece).all()
        sealed = bytearray(piece.content_sealed)
        sealed[-1] ^= 1
        db.session.delete(piece)
        db.session.flush()
        db.session.expunge_all()
        db.session.add(PermitFeedPiece(feed_id=feed_id, number=0, content_sealed=bytes(sealed)))
        db.session.commit()
    run_feed(feed_id)
    assert the_feed(feed_id).failure_code == "feed-file-altered"
