"""The pages of permit feeds: a file with its columns, trying, loading, stopping, the report."""

import io
import re
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from apoa.base.ids import new_id
from apoa.permits.feed.models import FeedSource, FeedState
from apoa.permits.feed.run import run_feed
from tests.cast import Cast
from tests.permits.feed.rows import (
    counts,
    csv_file,
    faults,
    load,
    permit,
    send,
    stored_permits,
    the_feed,
)

FEEDS = "/insarkom/permit-feeds"


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def upload(client: FlaskClient, content: bytes, name: str = "izin.csv", **more: str) -> Any:
    """Sends a file by the form of the page."""
    return client.post_form(FEEDS, {"file": (io.BytesIO(content), name), **more})


def uploaded(client: FlaskClient, content: bytes, name: str = "izin.csv") -> UUID:
    """The id of a feed that was sent by the page."""
    response = upload(client, content, name)
    assert response.status_code == 303, _text(response)
    return UUID(response.headers["Location"].rpartition("/")[2])


def fields(rows: list[dict[str, Any]], **changes: str) -> dict[str, str]:
    """The selects as the page fills them for a file with these headings."""
    return {f"column_{name}": name for row in rows[:1] for name in row} | changes


@pytest.fixture
def insarkom(client: FlaskClient, cast: Cast) -> FlaskClient:
    """A browser of Bengkulu's insarkom."""
    client.sign_in_as(cast.insarkom_bengkulu)
    return client


def test_from_a_file_to_permits(insarkom: FlaskClient) -> None:
    rows = [permit(1), permit(2, birth_date="1974-02-30")]
    feed_id = uploaded(insarkom, csv_file(rows))
    page = _text(insarkom.get(f"{FEEDS}/{feed_id}"))
    assert "izin.csv" in page
    assert re.search(r'<option selected value="number">number \(2C11AA000001\)', page)
    response = insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start"))
    assert response.status_code == 303
    page = _text(insarkom.get(f"{FEEDS}/{feed_id}"))
    assert "Sedang dimuat" in page
    assert 'hx-trigger="every 3s"' in page
    assert '<noscript><meta http-equiv="refresh"' in page
    run_feed(feed_id)
    page = _text(insarkom.get(f"{FEEDS}/{feed_id}"))
    assert "Bukan tanggal yang ada." in page
    assert counts(the_feed(feed_id)) == (1, 0, 0, 1)
    assert the_feed(feed_id).source == FeedSource.PAGE
    assert "hx-get" not in _text(insarkom.get(f"{FEEDS}/{feed_id}", headers={"HX-Request": "true"}))


def test_trying_stores_nothing_and_can_be_followed_by_loading(insarkom: FlaskClient) -> None:
    rows = [permit(1)]
    feed_id = uploaded(insarkom, csv_file(rows))
    insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="try"))
    run_feed(feed_id)
    page = _text(insarkom.get(f"{FEEDS}/{feed_id}"))
    assert "Tidak ada yang disimpan" in page
    assert stored_permits() == []
    insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start"))
    run_feed(feed_id)
    assert counts(the_feed(feed_id)) == (1, 0, 0, 0)
    assert len(stored_permits()) == 1
    response = insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start"))
    assert response.status_code in (200, 409)
    assert the_feed(feed_id).state == FeedState.DONE


def test_missing_columns_are_named_at_once_and_the_choice_is_kept(insarkom: FlaskClient) -> None:
    rows = [permit(1)]
    feed_id = uploaded(insarkom, csv_file(rows))
    chosen = fields(rows, do="start", column_number="", column_valid_until="")
    response = insarkom.post_form(f"{FEEDS}/{feed_id}/start", chosen)
    page = _text(response)
    assert response.status_code == 422
    assert "Kolom berikut tidak ada: Nomor izin (Permit number), Berlaku sampai" in page
    assert re.search(r'<option selected value="surname">', page)
    assert the_feed(feed_id).state == FeedState.UPLOADED


def test_a_column_that_is_not_there_is_said_at_its_field(insarkom: FlaskClient) -> None:
    rows = [permit(1)]
    feed_id = uploaded(insarkom, csv_file(rows))
    chosen = fields(rows, do="start", column_sponsor="Atlantis")
    response = insarkom.post_form(f"{FEEDS}/{feed_id}/start", chosen)
    assert response.status_code == 422
    assert "Berkas tidak mempunyai kolom Atlantis." in _text(response)


def test_an_encoding_can_be_chosen_when_the_file_says_none(insarkom: FlaskClient) -> None:
    rows = [permit(1, surname="MÜLLER")]
    feed_id = uploaded(insarkom, csv_file(rows, encoding="cp1252"))
    page = _text(insarkom.get(f"{FEEDS}/{feed_id}"))
    assert "tidak terbaca sebagai UTF-8" in page
    again = insarkom.post_form(f"{FEEDS}/{feed_id}/start", {"do": "read", "encoding": "cp1252"})
    assert "tidak terbaca" not in _text(again)
    insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start", encoding="cp1252"))
    run_feed(feed_id)
    assert [one.surname for one in stored_permits()] == ["MÜLLER"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Berkas kosong"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "XLS lama"),
        (b"%PDF-1.7 what", "bukan CSV, XLSX atau JSON"),
    ],
)
def test_what_is_no_feed_is_refused_at_once(
    insarkom: FlaskClient, content: bytes, words: str
) -> None:
    response = upload(insarkom, content)
    assert response.status_code == 422
    assert words in _text(response)


def test_without_a_file(insarkom: FlaskClient) -> None:
    response = insarkom.post_form(FEEDS, {})
    assert response.status_code == 422
    assert "Wajib diisi." in _text(response)


def test_data_of_a_day_to_come_is_refused(insarkom: FlaskClient) -> None:
    response = upload(insarkom, csv_file([permit(1)]), **{"data_as_of-day": "1", "data_as_of-month": "1", "data_as_of-year": "2126"})  # fmt: skip  # noqa: E501 - three boxes
    page = _text(response)
    assert (response.status_code, "masa depan" in page) == (422, True), page


def test_a_file_that_is_too_large(insarkom: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apoa.web.insarkom.permit_feeds._LARGEST_BODY", 1000)
    response = upload(insarkom, b"number\n" + b"1\n" * 2000)
    assert response.status_code == 413
    assert "lebih dari 256 MB" in _text(response)
    monkeypatch.undo()
    monkeypatch.setattr("apoa.permits.feed.pieces.LARGEST_FILE", 1000)
    assert upload(insarkom, b"number\n" + b"1\n" * 2000).status_code == 422


def test_a_larger_file_than_any_form_is_taken(insarkom: FlaskClient) -> None:
    rows = [permit(one, sponsor="PT " + "X" * 150) for one in range(12000)]
    content = csv_file(rows)
    assert len(content) > 2 * 1024 * 1024
    # Written by hand: the test browser keeps a large body in a file that it forgets to close.
    parts = [
        b'--limit\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n',
        insarkom.csrf_token().encode(),
        b'\r\n--limit\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n',
        content,
        b"\r\n--limit--\r\n",
    ]
    response = insarkom.post(
        FEEDS, data=b"".join(parts), content_type="multipart/form-data; boundary=limit"
    )
    feed_id = UUID(response.headers["Location"].rpartition("/")[2])
    assert the_feed(feed_id).file_bytes == len(content)


def test_the_same_file_is_recognised(insarkom: FlaskClient) -> None:
    content = csv_file([permit(1)])
    load(content)
    feed_id = uploaded(insarkom, content)
    assert "Berkas yang sama sudah pernah dimuat" in _text(insarkom.get(f"{FEEDS}/{feed_id}"))


def test_stopping_and_resuming(insarkom: FlaskClient, cast: Cast) -> None:
    rows = [permit(1)]
    feed_id = uploaded(insarkom, csv_file(rows))
    insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start"))
    assert insarkom.post_form(f"{FEEDS}/{feed_id}/stop").status_code == 303
    assert the_feed(feed_id).state == FeedState.STOPPED
    run_feed(feed_id)
    assert stored_permits() == []
    page = _text(insarkom.get(f"{FEEDS}/{feed_id}"))
    assert "Lanjutkan" in page
    insarkom.post_form(f"{FEEDS}/{feed_id}/resume")
    run_feed(feed_id)
    assert len(stored_permits()) == 1
    assert insarkom.post_form(f"{FEEDS}/{feed_id}/stop").status_code == 303
    assert "Tidak dapat dilakukan" in _text(insarkom.get(FEEDS))


def test_the_list_says_how_fresh_the_register_is(insarkom: FlaskClient, cast: Cast) -> None:
    page = _text(insarkom.get(FEEDS))
    assert "Belum ada data izin tinggal yang dimuat" in page
    rows = [permit(1)]
    feed_id = uploaded(insarkom, csv_file(rows))
    insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start"))
    run_feed(feed_id)
    page = _text(insarkom.get(FEEDS))
    assert "Register izin tinggal berisi data per" in page
    assert "Kantor Imigrasi Kelas I TPI Bengkulu" in page


def test_the_report_can_be_downloaded(insarkom: FlaskClient) -> None:
    rows = [permit(1, sex="?")]
    content = csv_file(rows).replace(b"sex", b"=sex()")
    feed_id = uploaded(insarkom, content)
    chosen = fields(rows, do="start", column_sex="=sex()")
    insarkom.post_form(f"{FEEDS}/{feed_id}/start", chosen)
    run_feed(feed_id)
    answer = insarkom.get(f"{FEEDS}/{feed_id}/report.csv")
    assert answer.get_data().startswith(b"\xef\xbb\xbf")
    lines = _text(answer).splitlines()
    assert lines[1].startswith("2,'=sex(),ditolak,not-a-choice,")
    sheet = insarkom.get(f"{FEEDS}/{feed_id}/report.xlsx").get_data()
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert cells[1][:2] == [2, "=sex()"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_a_feed_that_is_accepted(insarkom: FlaskClient, form: str) -> None:
    content = insarkom.get(f"{FEEDS}/template.{form}").get_data()
    feed = load(content)
    assert counts(feed) == (1, 0, 0, 0), faults(feed.id)


def test_who_may_not(client: FlaskClient, cast: Cast, insarkom: FlaskClient) -> None:
    feed_id = uploaded(insarkom, csv_file([permit(1)]))
    client.sign_in_as(cast.auditor)
    assert client.get(FEEDS).status_code == 403
    assert upload(client, b"number\n1\n").status_code == 403
    for name in ("insarkom_blitar",):
        client.sign_in_as(cast.users[name])
        assert "izin.csv" not in _text(client.get(FEEDS))
        for path in ("", "/report.csv"):
            assert client.get(f"{FEEDS}/{feed_id}{path}").status_code == 404
        for act in ("start", "stop", "resume"):
            assert client.post_form(f"{FEEDS}/{feed_id}/{act}").status_code == 404
    for name in ("supervisor_bengkulu", "manager_ab", "clerk_a", "stranger"):
        client.sign_in_as(cast.users[name])
        assert client.get(FEEDS).status_code == 404
        assert client.get(f"{FEEDS}/{feed_id}").status_code == 404
        assert client.get(f"{FEEDS}/template.csv").status_code == 404
        assert upload(client, b"number\n1\n").status_code == 404
        assert client.get("/insarkom/permit-keys").status_code == 404
    assert the_feed(feed_id).state == FeedState.UPLOADED


def test_the_directorates_feeds_are_its_own(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    rows = [permit(1)]
    feed_id = uploaded(client, csv_file(rows))
    assert the_feed(feed_id).office_id is None
    client.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start"))
    run_feed(feed_id)
    assert counts(the_feed(feed_id)) == (1, 0, 0, 0)
    client.sign_in_as(cast.insarkom_bengkulu)
    assert client.get(f"{FEEDS}/{feed_id}").status_code == 404
    assert "Direktorat Jenderal Imigrasi" in _text(client.get(FEEDS))


def test_anonymous_csrf_and_methods(client: FlaskClient, cast: Cast) -> None:
    assert client.get(FEEDS).status_code == 302
    assert client.post(FEEDS, data={"file": (io.BytesIO(b"x"), "x.csv")}).status_code in (302, 400)
    client.sign_in_as(cast.insarkom_bengkulu)
    response = client.post(FEEDS, data={"file": (io.BytesIO(b"number\n1\n"), "x.csv")})
    assert response.status_code == 400
    feed_id = send(b"number\n1\n")
    assert client.post(f"{FEEDS}/{feed_id}/start").status_code == 400
    assert client.get(f"{FEEDS}/{feed_id}/start").status_code == 405
    assert client.get(f"{FEEDS}/{new_id()}").status_code == 404


def test_a_file_that_is_not_kept_any_more(insarkom: FlaskClient) -> None:
    feed_id = uploaded(insarkom, csv_file([permit(1)]))
    from apoa.permits.feed.pieces import forget_file
    from tests.cast import EVERYWHERE, db, scope

    with scope(EVERYWHERE):
        forget_file(feed_id)
        db.session.commit()
    assert "tidak lagi disimpan" in _text(insarkom.get(f"{FEEDS}/{feed_id}"))


def test_a_failed_feed_says_why(insarkom: FlaskClient) -> None:
    rows = [permit(one) for one in range(20)]
    feed_id = uploaded(insarkom, csv_file(rows) + b"\xff\xfe\xfa,broken\n")
    insarkom.post_form(f"{FEEDS}/{feed_id}/start", fields(rows, do="start"))
    run_feed(feed_id)
    assert the_feed(feed_id).state == FeedState.FAILED
    assert "Baris 22 tidak terbaca sebagai UTF-8" in _text(insarkom.get(f"{FEEDS}/{feed_id}"))
