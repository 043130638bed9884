"""Outages: declared and ended by the directorate, seen by auditors."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.stays.models import Source
from apoa.stays.outages import declare_outage, list_outages
from apoa.stays.read import view_stay
from apoa.stays.report import report_stay
from tests.cast import Cast
from tests.factories import make_report

OUTAGES = "/directorate/outages"
BEGAN = now().replace(second=0, microsecond=0) - timedelta(hours=9)


def _text(response: Any) -> str:
    return response.get_data(as_text=True)


def _boxes(prefix: str, instant: datetime) -> dict[str, str]:
    local = instant.astimezone(ZoneInfo("Asia/Jakarta"))
    return {
        f"{prefix}_on-day": str(local.day),
        f"{prefix}_on-month": str(local.month),
        f"{prefix}_on-year": str(local.year),
        f"{prefix}_time": f"{local:%H.%M}",
    }


def _form(hours: float | None = 2, **changes: str) -> dict[str, str]:
    ends = {} if hours is None else _boxes("ends", BEGAN + timedelta(hours=hours))
    return {"reason": "Listrik padam", **_boxes("starts", BEGAN), **ends} | changes


def _declare_lasting(cast: Cast) -> str:
    actor = cast.act_as("directorate")
    return str(declare_outage(actor, starts_at=BEGAN, ends_at=None, reason="Jaringan putus").id)


def test_one_is_declared_and_moves_deadlines(client: FlaskClient, cast: Cast) -> None:
    clerk = cast.act_as("clerk_a")
    stay = report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    client.sign_in_as(cast.directorate)
    assert "Tidak ada gangguan" in _text(client.get(OUTAGES))
    answer = client.post_form(OUTAGES, _form(hours=8))
    assert (answer.status_code, answer.headers["Location"]) == (303, OUTAGES)
    page = _text(client.get(OUTAGES))
    assert "Listrik padam" in page
    assert "Sudah berakhir" in page
    [outage] = list_outages()
    assert (outage.starts_at, outage.ends_at) == (BEGAN, BEGAN + timedelta(hours=8))
    moved = view_stay(cast.act_as("clerk_a"), cast.property_a, stay.stay_id)
    # Every minute from check-in to the end of the outage.
    lost = outage.ends_at - moved.report.checked_in_at
    assert timedelta(0) < lost
    assert moved.due_at - stay.due_at == lost


def test_one_that_lasts_is_ended(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.post_form(OUTAGES, _form(hours=None)).status_code == 303
    page = _text(client.get(OUTAGES))
    assert "Masih berlangsung" in page
    [outage] = list_outages()
    path = f"{OUTAGES}/{outage.id}"
    assert f'href="{path}"' in page
    assert "Nyatakan berakhir" in _text(client.get(path))
    ends = _boxes("ends", BEGAN + timedelta(hours=3))
    assert client.post_form(f"{path}/end", ends).status_code == 303
    [outage] = list_outages()
    assert outage.ends_at == BEGAN + timedelta(hours=3)
    assert "Nyatakan berakhir" not in _text(client.get(path))
    again = client.post_form(f"{path}/end", ends)
    assert again.status_code == 409
    assert "Gangguan ini sudah berakhir." in _text(again)


def test_one_is_withdrawn(client: FlaskClient, cast: Cast) -> None:
    path = f"{OUTAGES}/{_declare_lasting(cast)}"
    client.sign_in_as(cast.directorate)
    answer = client.post_form(f"{path}/withdraw", {"reason": ""})
    assert answer.status_code == 422
    assert "Kesalahan:" in _text(answer)
    assert client.get("/api/v1/status").get_json()["status"] == "outage"
    answer = client.post_form(f"{path}/withdraw", {"reason": "Salah hari"})
    assert (answer.status_code, answer.headers["Location"]) == (303, OUTAGES)
    page = _text(client.get(OUTAGES))
    assert "Pernyataan gangguan ditarik kembali." in page
    assert "Ditarik kembali" in page
    page = _text(client.get(path))
    assert "Salah hari" in page
    assert "<form method" not in page.partition("<main")[2]
    again = client.post_form(f"{path}/withdraw", {"reason": "Lagi"})
    assert again.status_code == 409
    assert "sudah ditarik kembali" in _text(again)
    assert client.get("/api/v1/status").get_json() == {"status": "ok", "outages": []}
    page = _text(client.get("/officers/audit?action=withdraw_outage"))
    assert "Pernyataan gangguan ditarik kembali" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"reason": " "}, "Kesalahan:"),
        ({"reason": "x" * 501}, "500"),
        ({"starts_on-day": "31", "starts_on-month": "2"}, "Isi tanggal dan jam yang benar."),
        ({"starts_time": "25.00"}, "Isi tanggal dan jam yang benar."),
        ({"starts_time": ""}, "Isi tanggal dan jam yang benar."),
        ({"ends_time": "kemarin"}, "Isi tanggal dan jam yang benar."),
        (_boxes("starts", now() + timedelta(days=1)), "Gangguan hanya dinyatakan setelah terjadi."),
        (_boxes("ends", now() + timedelta(days=1)), "Gangguan hanya dinyatakan setelah terjadi."),
        (_boxes("ends", BEGAN), "Akhir gangguan harus sesudah awalnya."),
        (_boxes("starts", BEGAN) | {"starts_on-year": "99999"}, "Isi tanggal dan jam yang benar."),
    ],
)
def test_faults_stand_at_their_fields(
    client: FlaskClient, cast: Cast, changes: dict[str, str], words: str
) -> None:
    client.sign_in_as(cast.directorate)
    answer = client.post_form(OUTAGES, _form(**changes))
    page = _text(answer)
    assert answer.status_code == 422
    assert "Kesalahan:" in page
    assert words in page
    assert f'value="{_form()["starts_on-year"]}"' in page or "99999" in page
    assert list_outages() == []


def test_all_faults_are_told_at_once(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    page = _text(client.post_form(OUTAGES, {}))
    assert page.count('href="#starts_on') == 1
    assert page.count('href="#reason') == 1
    changes = _form(**_boxes("ends", BEGAN)) | {"starts_time": "x", "reason": ""}
    page = _text(client.post_form(OUTAGES, changes))
    assert page.count('href="#starts_on') == 1
    assert page.count('href="#reason') == 1


def test_faults_of_an_end(client: FlaskClient, cast: Cast) -> None:
    path = f"{OUTAGES}/{_declare_lasting(cast)}/end"
    client.sign_in_as(cast.directorate)
    for boxes, words in (
        ({}, "Kesalahan:"),
        (_boxes("ends", BEGAN) | {"ends_time": "9"}, "Isi tanggal dan jam yang benar."),
        (_boxes("ends", BEGAN), "Akhir gangguan harus sesudah awalnya."),
        (_boxes("ends", now() + timedelta(days=2)), "Gangguan hanya dinyatakan setelah terjadi."),
    ):
        answer = client.post_form(path, boxes)
        assert answer.status_code == 422
        assert words in _text(answer)
    assert list_outages()[0].ends_at is None


def test_an_unknown_one(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert client.get(f"{OUTAGES}/{new_id()}").status_code == 404
    assert client.get(f"{OUTAGES}/nonsense").status_code == 404
    ends = _boxes("ends", BEGAN)
    assert client.post_form(f"{OUTAGES}/{new_id()}/end", ends).status_code == 404


def test_auditors_look_and_nobody_else(client: FlaskClient, cast: Cast) -> None:
    path = f"{OUTAGES}/{_declare_lasting(cast)}"
    assert client.get(OUTAGES).headers["Location"].startswith("/sign-in")
    assert client.get(path).headers["Location"].startswith("/sign-in")
    client.sign_in_as(cast.users["auditor"])
    assert "Jaringan putus" in _text(client.get(OUTAGES))
    assert "<form method" not in _text(client.get(path)).partition("<main")[2]
    assert client.post_form(OUTAGES, _form()).status_code == 403
    assert client.post_form(f"{path}/end", _boxes("ends", now())).status_code == 403
    assert client.post_form(f"{path}/withdraw", {"reason": "x"}).status_code == 403
    for name in ("head_bengkulu", "supervisor_bengkulu", "manager_ab", "stranger"):
        client.sign_in_as(cast.users[name])
        for asked in (OUTAGES, path):
            assert client.get(asked).status_code == 404
        assert client.post_form(OUTAGES, _form()).status_code == 404
        assert client.post_form(f"{path}/end", _boxes("ends", now())).status_code == 404
        assert client.post_form(f"{path}/withdraw", {"reason": "x"}).status_code == 404
    assert len(list_outages()) == 1


def test_wrong_method_and_csrf(client: FlaskClient, cast: Cast) -> None:
    path = f"{OUTAGES}/{_declare_lasting(cast)}"
    client.sign_in_as(cast.directorate)
    assert client.delete(OUTAGES).status_code in (400, 405)
    assert client.get(f"{path}/end").status_code == 405
    assert client.post(OUTAGES, data=_form()).status_code == 400
    assert client.post(f"{path}/end", data=_boxes("ends", now())).status_code == 400
    assert [one.ends_at for one in list_outages()] == [None]


def test_it_is_in_the_menu_and_the_audit_has_words(client: FlaskClient, cast: Cast) -> None:
    client.sign_in_as(cast.directorate)
    assert f'href="{OUTAGES}"' in _text(client.get("/officers/"))
    client.post_form(OUTAGES, _form(hours=None))
    page = _text(client.get("/officers/audit?action=declare_outage"))
    assert "Gangguan sistem dinyatakan" in page
    assert "Batas lapor yang bergeser" in page
    [outage] = list_outages()
    client.post_form(f"{OUTAGES}/{outage.id}/end", _boxes("ends", BEGAN + timedelta(hours=1)))
    assert "Gangguan sistem berakhir" in _text(client.get("/officers/audit?action=end_outage"))
