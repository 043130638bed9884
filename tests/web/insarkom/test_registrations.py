"""The queue and one registration: who sees it, who decides, and what a second decision hears."""

from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from apoa.base.ids import new_id
from apoa.properties.review import ask_back
from tests.cast import Cast
from tests.properties.support import LINKS, NEAR, read_everywhere, submitted

QUEUE = "/insarkom/registrations"
REASON = "Alamat kurang lengkap"


@pytest.fixture
def waiting(cast: Cast) -> UUID:
    """A registration in Bengkulu's queue."""
    return submitted()


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


@pytest.mark.parametrize("name", ["insarkom_bengkulu", "head_bengkulu", "directorate", "auditor"])
def test_the_queue_shows_what_waits(
    client: FlaskClient, cast: Cast, waiting: UUID, name: str
) -> None:
    client.sign_in_as(cast.users[name])
    page = _text(client.get(QUEUE))
    assert "Homestay Bunga Kibut" in page
    assert "baru saja" in page
    page = _text(client.get(f"{QUEUE}/{waiting}"))
    for shown in ("17.71.07.1001", "-3.792845", "9120001234567", "siti@example.com", "Riwayat"):
        assert shown in page
    may_decide = name in ("insarkom_bengkulu", "head_bengkulu")
    assert ("Setujui pendaftaran" in page) is may_decide


def test_another_office_sees_nothing(client: FlaskClient, cast: Cast, waiting: UUID) -> None:
    client.sign_in_as(cast.insarkom_blitar)
    assert "Homestay Bunga Kibut" not in _text(client.get(QUEUE))
    assert client.get(f"{QUEUE}/{waiting}").status_code == 404
    response = client.post_form(f"{QUEUE}/{waiting}/approve", {"approve-reason": ""})
    assert response.status_code == 404
    assert read_everywhere(waiting).state == "submitted"


@pytest.mark.parametrize("name", ["supervisor_bengkulu", "manager_ab", "clerk_a", "stranger"])
def test_others_have_no_such_page(
    client: FlaskClient, cast: Cast, waiting: UUID, name: str
) -> None:
    client.sign_in_as(cast.users[name])
    assert client.get(QUEUE).status_code == 404
    assert client.get(f"{QUEUE}/{waiting}").status_code == 404
    assert client.post_form(f"{QUEUE}/{waiting}/approve").status_code == 404


@pytest.mark.parametrize("name", ["directorate", "auditor"])
def test_who_only_reads_does_not_decide(
    client: FlaskClient, cast: Cast, waiting: UUID, name: str
) -> None:
    client.sign_in_as(cast.users[name])
    response = client.post_form(f"{QUEUE}/{waiting}/refuse", {"refuse-reason": REASON})
    assert response.status_code == 403
    assert read_everywhere(waiting).state == "submitted"


def test_anonymous_people_are_sent_to_the_sign_in(client: FlaskClient, waiting: UUID) -> None:
    assert client.get(QUEUE).headers["Location"].startswith("/sign-in")
    assert client.get(f"{QUEUE}/{waiting}").headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(
    ("path", "field", "state"),
    [
        ("approve", "approve-reason", "approved"),
        ("ask-back", "ask-back-reason", "asked_back"),
        ("refuse", "refuse-reason", "refused"),
    ],
)
def test_each_decision(
    client: FlaskClient, cast: Cast, waiting: UUID, path: str, field: str, state: str
) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    response = client.post_form(f"{QUEUE}/{waiting}/{path}", {field: REASON})
    assert response.status_code == 303
    assert read_everywhere(waiting).state == state
    page = _text(client.get(f"{QUEUE}/{waiting}"))
    assert REASON in page
    assert "Setujui pendaftaran" not in page


@pytest.mark.parametrize(
    ("path", "field"), [("ask-back", "ask-back-reason"), ("refuse", "refuse-reason")]
)
def test_a_missing_reason_is_told_at_its_box(
    client: FlaskClient, cast: Cast, waiting: UUID, path: str, field: str
) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    response = client.post_form(f"{QUEUE}/{waiting}/{path}", {field: ""})
    page = _text(response)
    assert response.status_code == 422
    assert f'href="#{field}"' in page
    assert f'id="{field}-error"' in page
    response = client.post_form(f"{QUEUE}/{waiting}/{path}", {field: "abc"})
    assert "abc</textarea>" in _text(response)
    assert "Kesalahan:" in page


def test_the_second_decision_hears_that_it_is_decided(
    client: FlaskClient, cast: Cast, waiting: UUID
) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    client.post_form(f"{QUEUE}/{waiting}/approve")
    response = client.post_form(f"{QUEUE}/{waiting}/refuse", {"refuse-reason": REASON})
    assert response.status_code == 409
    assert "sudah diputuskan" in _text(response)
    assert read_everywhere(waiting).state == "approved"


def test_a_page_that_is_out_of_date_does_not_decide(
    client: FlaskClient, cast: Cast, waiting: UUID
) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    sent = {"approve-reason": "Lengkap sekali", "approve-seen": str(new_id())}
    response = client.post_form(f"{QUEUE}/{waiting}/approve", sent)
    assert response.status_code == 409
    assert "sudah diubah orang lain" in _text(response)
    assert "Lengkap sekali" in _text(response)
    assert read_everywhere(waiting).state == "submitted"


def test_likely_duplicates_are_shown_with_reasons(
    client: FlaskClient, cast: Cast, waiting: UUID
) -> None:
    other = submitted(name="Bunga Kibut", responsible_email="lain@example.com", **NEAR)
    client.sign_in_as(cast.insarkom_bengkulu)
    page = _text(client.get(f"{QUEUE}/{waiting}"))
    assert f"{QUEUE}/{other}" in page
    assert "NIB sama" in page
    assert "nama mirip, berdekatan" in page


def test_tabs_by_state(client: FlaskClient, cast: Cast, waiting: UUID) -> None:
    ask_back(cast.act_as("insarkom_bengkulu"), waiting, links=LINKS, reason=REASON)
    client.sign_in_as(cast.insarkom_bengkulu)
    assert "Homestay Bunga Kibut" not in _text(client.get(QUEUE))
    assert "Homestay Bunga Kibut" in _text(client.get(f"{QUEUE}?state=asked_back"))
    assert client.get(f"{QUEUE}?state=nonsense").status_code == 404
    assert client.get(f"{QUEUE}?after=nonsense").status_code == 200


def test_wrong_method_and_csrf(client: FlaskClient, cast: Cast, waiting: UUID) -> None:
    client.sign_in_as(cast.insarkom_bengkulu)
    assert client.get(f"{QUEUE}/{waiting}/approve").status_code == 405
    assert client.post(f"{QUEUE}/{waiting}/approve").status_code == 400
    assert client.post_form(f"{QUEUE}/{waiting}/nonsense").status_code == 404
    assert client.post_form(f"{QUEUE}/{new_id()}/approve").status_code == 404
    assert read_everywhere(waiting).state == "submitted"
