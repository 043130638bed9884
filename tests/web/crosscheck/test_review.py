"""Both records side by side, and the three decisions."""

import re
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from apoa.audit.models import AuditRow
from apoa.crosscheck.decide import confirm_match, reject_match
from apoa.db.base import session
from apoa.db.scope import scope
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import get_match, report, work
from tests.web.crosscheck.conftest import PURPOSE, Ground, sign_in

QUEUE = "/insarkom/review"


def fields(page: str) -> dict[str, str]:
    """What the page's form says was seen."""
    found = re.findall(r'name="(version|proposed_id|permit_id|waiting)" value="([^"]*)"', page)
    assert len(found) == 4
    return dict(found)


@pytest.fixture
def opened(client: FlaskClient, cast: Cast, ground: Ground) -> str:
    """The page, as Insarkom of Bengkulu sees it."""
    sign_in(client, cast.insarkom_bengkulu, QUEUE)
    answer = client.get(ground.review)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def test_fields_are_marked_in_words_and_by_sign(opened: str) -> None:
    rows = re.findall(r'<tr role="row">(.*?)</tr>', opened, re.DOTALL)
    texts = [re.sub(r"<[^>]+>|\s+", " ", row) for row in rows]
    by_label = {
        label: text
        for text in texts
        for label in ("Nama depan", "Nomor dokumen", "Nama keluarga")
        if label in text
    }
    assert "Sama" in by_label["Nama keluarga"]
    assert "✓" in by_label["Nama keluarga"]
    assert "Mirip" in by_label["Nama depan"]
    assert "Berbeda" in by_label["Nomor dokumen"]
    assert "!" in by_label["Nomor dokumen"]
    for number in ("L898902C3", "K7654321", "J1112223"):
        assert number in by_label["Nomor dokumen"]
    assert "PT Contoh Sejahtera" in opened
    assert "Alasan skor ini" in opened


def test_nobody_is_named_in_links_or_in_the_title(opened: str) -> None:
    title = re.findall(r"<title>(.*?)</title>", opened)[0]
    for text in [*re.findall(r'(?:href|action|src)="([^"]+)"', opened), title]:
        for word in ("eriksson", "anna", "l898902c3", "k7654321", "1974"):
            assert word not in text.lower()


def test_confirming_leads_to_the_next(
    client: FlaskClient, cast: Cast, ground: Ground, opened: str
) -> None:
    second = report(cast, "property_b")
    work()
    answer = client.post_form(f"{ground.review}/confirm", {**fields(opened), "reason": "Sama"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{QUEUE}/{cast.property_b}/{second}"
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Dipastikan: orang yang sama." in page
    match = get_match(ground.stay_id)
    assert (match.decision, match.decided_by) == ("confirmed", cast.insarkom_bengkulu)
    again = client.get(ground.review).get_data(as_text=True)
    assert "Insarkom Bengkulu memastikan" in again
    assert 'data-key="k"' not in again


def test_a_decision_is_changed_with_a_reason_and_changed_back(
    client: FlaskClient, cast: Cast, ground: Ground, opened: str
) -> None:
    client.post_form(f"{ground.review}/confirm", fields(opened))
    work()
    assert "Ubah keputusan" in client.get(ground.person).get_data(as_text=True)
    page = client.get(ground.review).get_data(as_text=True)
    refused = client.post_form(f"{ground.review}/reject", fields(page))
    assert refused.status_code == 422
    assert "Kesalahan:" in refused.get_data(as_text=True)
    assert get_match(ground.stay_id).decision == "confirmed"
    # Who still has the page of before is told that it is decided.
    late = client.post_form(f"{ground.review}/reject", {**fields(opened), "reason": "Salah"})
    assert "sudah memutuskan" in client.get(late.headers["Location"]).get_data(as_text=True)
    answer = client.post_form(f"{ground.review}/reject", {**fields(page), "reason": "Salah tekan"})
    assert answer.status_code == 303
    work()
    assert get_match(ground.stay_id).permit_id is None
    person = client.get(ground.person).get_data(as_text=True)
    assert "Bukan pemegang izin ini" in person
    rejected = f"{ground.review}?permit={ground.permit_id}"
    assert f'href="{rejected}"' in person
    page = client.get(rejected).get_data(as_text=True)
    answer = client.post_form(f"{ground.review}/confirm", {**fields(page), "reason": "Paspornya"})
    assert answer.status_code == 303
    work()
    match = get_match(ground.stay_id)
    assert (match.permit_id, match.decision) == (ground.permit_id, "confirmed")


def test_a_link_that_nobody_made_is_contradicted(
    client: FlaskClient, cast: Cast, ground: Ground, opened: str
) -> None:
    stay_id = report(cast, "property_b", document_number="K7654321")
    work()
    assert get_match(stay_id).band == "linked"
    review = f"{QUEUE}/{cast.property_b}/{stay_id}"
    page = client.get(review).get_data(as_text=True)
    client.post_form(f"{review}/reject", {**fields(page), "reason": "Saudara kembarnya"})
    work()
    assert get_match(stay_id).permit_id is None


def test_rejecting_the_last_leads_to_the_empty_queue(
    client: FlaskClient, ground: Ground, opened: str
) -> None:
    answer = client.post_form(f"{ground.review}/reject", fields(opened))
    assert (answer.status_code, answer.headers["Location"]) == (303, QUEUE)
    page = client.get(QUEUE).get_data(as_text=True)
    assert "Dicatat: bukan orang yang sama." in page
    assert "Tidak ada yang menunggu" in page
    # Nobody is proposed any more: the old address leads on.
    assert client.get(ground.review).status_code == 303


def test_asking_mails_the_lodging_and_waits_for_it(
    client: FlaskClient, ground: Ground, opened: str
) -> None:
    sent = {**fields(opened), "fields": ["document_number", "name"]}
    answer = client.post_form(f"{ground.review}/ask", sent)
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).get_data(as_text=True)
    assert "Permintaan dikirim kepada 1 pengelola penginapan." in page
    assert str(ground.stay_id) in client.get(f"{QUEUE}?turn=lodging").get_data(as_text=True)
    assert str(ground.stay_id) not in client.get(QUEUE).get_data(as_text=True)
    refused = client.post_form(f"{ground.review}/ask", sent)
    assert "sudah diminta memeriksa" in client.get(refused.headers["Location"]).get_data(
        as_text=True
    )


def test_asking_about_nothing_is_refused_at_the_field(
    client: FlaskClient, ground: Ground, opened: str
) -> None:
    answer = client.post_form(f"{ground.review}/ask", {**fields(opened), "reason": "Cek"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'value="Cek"' in page
    assert "Kesalahan:" in page


@pytest.mark.parametrize(
    ("act", "words"), [(confirm_match, "orang yang sama"), (reject_match, "bukan")]
)
def test_a_decision_made_meanwhile_is_said(
    client: FlaskClient, cast: Cast, ground: Ground, opened: str, act: Any, words: str
) -> None:
    act(cast.act_as("head_bengkulu"), cast.property_a, ground.stay_id, ground.permit_id)
    sign_in(client, cast.insarkom_bengkulu, QUEUE)
    answer = client.post_form(f"{ground.review}/confirm", fields(opened))
    page = client.get(answer.headers["Location"], follow_redirects=True).get_data(as_text=True)
    assert "Head Bengkulu sudah memutuskan laporan ini" in page
    assert words in page
    assert "tidak disimpan" in page


def test_a_report_that_changed_meanwhile_is_shown_anew(
    client: FlaskClient, ground: Ground, opened: str
) -> None:
    answer = client.post_form(f"{ground.review}/confirm", {**fields(opened), "version": "7"})
    assert answer.headers["Location"] == ground.review
    assert get_match(ground.stay_id).decision is None


def test_the_purpose_goes_into_the_audit(ground: Ground, opened: str) -> None:
    with scope(EVERYWHERE):
        rows = session().execute(
            select(AuditRow.action, AuditRow.purpose).where(
                AuditRow.action.in_(["review_opened", "view_permit"])
            )
        )
        assert {tuple(row) for row in rows} == {
            ("review_opened", PURPOSE),
            ("view_permit", PURPOSE),
        }
        session().rollback()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("insarkom_blitar", 404),
        ("supervisor_bengkulu", 404),
        ("directorate", 403),
        ("auditor", 403),
        ("clerk_a", 404),
    ],
)
def test_who_may_not(
    client: FlaskClient, cast: Cast, ground: Ground, name: str, status: int
) -> None:
    client.sign_in_as(cast.users[name])
    assert client.get(ground.review).status_code == status
    assert client.post_form(f"{ground.review}/confirm").status_code == status


def test_strangers_methods_forgeries_and_nothing(
    client: FlaskClient, cast: Cast, ground: Ground
) -> None:
    assert "/sign-in" in client.get(ground.review).headers["Location"]
    sign_in(client, cast.insarkom_bengkulu, QUEUE)
    assert client.get(f"{ground.review}/confirm").status_code == 405
    assert client.post(f"{ground.review}/confirm", data={}).status_code == 400
    assert client.get(f"{QUEUE}/{cast.property_a}/{UUID(int=5)}").status_code == 404
    assert client.post_form(f"{ground.review}/cancel").status_code == 404
    bare = client.post_form(f"{ground.review}/confirm")
    assert (bare.status_code, bare.headers["Location"]) == (303, ground.review)
