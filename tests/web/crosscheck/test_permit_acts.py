"""An officer extends a permit or ends it on its page; the stays are checked again by it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import today
from apoa.crosscheck.findings.models import Finding
from apoa.db.base import session
from apoa.db.scope import scope
from apoa.permits.models import Permit
from tests.cast import EVERYWHERE, Cast
from tests.crosscheck.engine.conftest import work
from tests.web.crosscheck.conftest import Ground, sign_in

HERE = today("Asia/Jakarta")


def boxes(name: str, day: date) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}-{part}": str(value) for part, value in parts.items()}


def extension(days: int, **more: str) -> dict[str, str]:
    until = HERE + timedelta(days=days)
    return boxes("extend-valid_until", until) | boxes("extend-granted_on", HERE) | more


def ending(**more: str) -> dict[str, str]:
    said = {"end-status": "cancelled", "end-reason": "Permohonan sponsor"}
    return said | boxes("end-status_on", HERE) | more


def stored(ground: Ground) -> Permit:
    with scope(EVERYWHERE):
        found = session().get_one(Permit, ground.permit_id, populate_existing=True)
        session().expunge(found)
        session().rollback()
    return found


def rules_of(ground: Ground) -> set[str]:
    with scope(EVERYWHERE):
        rows = session().query(Finding).filter(Finding.stay_id == ground.stay_id)
        found = {one.rule for one in rows if one.state == "open"}
        session().rollback()
    return found


@pytest.fixture
def insarkom(client: FlaskClient, cast: Cast, ground: Ground) -> Any:
    sign_in(client, cast.insarkom_bengkulu, ground.permit)
    return client


def test_an_extension_is_recorded_and_the_stay_looked_at_again(
    insarkom: Any, ground: Ground
) -> None:
    assert "permit-expires-during-stay" in rules_of(ground)
    answer = insarkom.post_form(f"{ground.permit}/extend", extension(60))
    assert (answer.status_code, answer.headers["Location"]) == (303, ground.permit)
    page = insarkom.get(ground.permit).get_data(as_text=True)
    assert "Perpanjangan dicatat." in page
    assert stored(ground).valid_until == HERE + timedelta(days=60)
    work()
    assert "permit-expires-during-stay" not in rules_of(ground)


def test_an_ended_permit_can_be_changed_no_more(insarkom: Any, ground: Ground) -> None:
    long_ago = HERE - timedelta(days=30)
    sent = ending(**boxes("end-status_on", long_ago))
    assert insarkom.post_form(f"{ground.permit}/end", sent).status_code == 303
    assert (stored(ground).status, stored(ground).status_on) == ("cancelled", long_ago)
    page = insarkom.get(ground.permit).get_data(as_text=True)
    assert "Permohonan sponsor" in page
    assert "Catat perpanjangan" not in page
    work()
    assert "permit-cancelled" in rules_of(ground)
    again = insarkom.post_form(f"{ground.permit}/extend", extension(60))
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("act", "sent", "words"),
    [
        ("extend", {}, "Wajib diisi."),
        ("extend", extension(-5), "tidak sesudah hari terakhir"),
        ("extend", extension(60, **{"extend-valid_until-month": "13"}), "tanggal"),
        ("extend", extension(60, **{"extend-reason": "x" * 501}), "500"),
        ("end", {}, "Wajib diisi."),
        ("end", ending(**{"end-reason": " "}), "Wajib diisi."),
        ("end", ending(**{"end-status": "active"}), "Kesalahan:"),
        ("end", ending(**boxes("end-status_on", date(2020, 1, 1))), "mendahului hari pertama"),
    ],
)
def test_faults_stand_at_their_fields_and_nothing_is_lost(
    insarkom: Any, ground: Ground, act: str, sent: dict[str, str], words: str
) -> None:
    before = stored(ground).version
    answer = insarkom.post_form(f"{ground.permit}/{act}", sent)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Kesalahan:" in page
    assert words in page
    for name, value in sent.items():
        if name.endswith(("-day", "-reason")) and value.strip():
            assert f'value="{value}"' in page
    assert stored(ground).version == before


@pytest.mark.parametrize(
    ("name", "status"), [("supervisor_bengkulu", 403), ("auditor", 403), ("clerk_a", 404)]
)
def test_who_may_not(
    client: FlaskClient, cast: Cast, ground: Ground, name: str, status: int
) -> None:
    client.sign_in_as(cast.users[name])
    for act, sent in (("extend", extension(60)), ("end", ending())):
        assert client.post_form(f"{ground.permit}/{act}", sent).status_code == status
    assert stored(ground).version == 1
