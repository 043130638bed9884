"""The queue of matches that a person must look at."""

import re

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.crosscheck.engine.conftest import report, work
from tests.web.crosscheck.conftest import Ground, sign_in

QUEUE = "/insarkom/review"


def test_the_purpose_is_asked_before_anybody_is_named(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    page = client.get(QUEUE).get_data(as_text=True)
    assert 'name="purpose"' in page
    assert "ERIKSSON" not in page
    refused = client.post_form(QUEUE, {"purpose": " "})
    assert refused.status_code == 422
    assert "Wajib diisi." in refused.get_data(as_text=True)


def test_it_lists_what_waits_longest_first_with_chips(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    second = report(cast, "property_b")
    work()
    sign_in(client, cast.insarkom_bengkulu, QUEUE)
    page = client.get(QUEUE).get_data(as_text=True)
    rows = re.findall(r'href="/insarkom/review/[^/]+/([0-9a-f-]{36})">ANNA', page)
    assert rows == [str(ground.stay_id), str(second)]
    assert "2 laporan" in page
    assert "Dokumen berbeda" in page
    assert 'aria-current="true"' in page
    unsure = client.get(f"{QUEUE}?kind=unsure").get_data(as_text=True)
    assert "Tidak ada yang menunggu" in unsure
    other = client.get(f"{QUEUE}?kind=other_document&turn=all").get_data(as_text=True)
    assert str(second) in other


def test_pages_stand_still(
    client: FlaskClient, cast: Cast, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = report(cast, "property_b")
    work()
    sign_in(client, cast.insarkom_bengkulu, QUEUE)
    after = client.get(f"{QUEUE}?after={ground.stay_id}").get_data(as_text=True)
    assert str(second) in after
    assert str(ground.stay_id) not in after
    assert 'rel="prev"' in after


def test_bad_values_in_the_address_are_no_error(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    sign_in(client, cast.insarkom_bengkulu, QUEUE)
    answer = client.get(f"{QUEUE}?after=x&kind=x&turn=x")
    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "status"),
    [("supervisor_bengkulu", 404), ("clerk_a", 404), ("directorate", 403), ("auditor", 403)],
)
def test_who_may_not(client: FlaskClient, cast: Cast, name: str, status: int) -> None:
    client.sign_in_as(cast.users[name])
    assert client.get(QUEUE).status_code == status


def test_strangers_methods_and_forgeries(client: FlaskClient, cast: Cast) -> None:
    assert "/sign-in" in client.get(QUEUE).headers["Location"]
    client.sign_in_as(cast.insarkom_bengkulu)
    assert client.delete(QUEUE).status_code == 405
    assert client.post(QUEUE, data={"purpose": "Surat tugas"}).status_code == 400


def test_another_offices_queue_is_its_own(client: FlaskClient, cast: Cast, ground: Ground) -> None:
    sign_in(client, cast.insarkom_blitar, QUEUE)
    assert str(ground.stay_id) not in client.get(QUEUE).get_data(as_text=True)
