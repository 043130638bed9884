"""A manager connects the lodging's own system, which then shows all that a certificate asks for."""

import json
import re
import time
from typing import Any
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.api.persistent import Pms, Told
from tests.api.running import Running
from tests.factories import make_mapping
from tests.journeys.system import System
from tests.webhooks.receiver import Receiver, run_receiver, status

INTEGRATION = "Contoh PMS 4.2"
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def connect(page: Page, system: System, property_id: str) -> dict[str, str]:
    """Makes a key, registers a webhook and passes a run, as the lodging's signed-in manager.

    Gives the values for the addresses of their pages; the run in them is a second one, open still.
    """
    lodging = f"/frontdesk/{property_id}"
    key_id, text = _make_key(page, lodging)
    key = {"key": text, "properties": [{"id": property_id}]}
    pms = Pms(Running(system, key), key)
    with run_receiver() as receiver:
        receiver.answer = _fail_once
        endpoint_id = _register(page, lodging, receiver)
        passed = _start_run(page, f"{lodging}/keys/{key_id}/conformance")
        show_all(pms)
        receiver.wait_for(2)
        number = _wait_for_certificate(page, f"{lodging}/keys/{key_id}/conformance/{passed}")
    return {
        "key_id": key_id,
        "endpoint_id": endpoint_id,
        "certificate_number": number,
        "run_id": _start_run(page, f"{lodging}/keys/{key_id}/conformance"),
    }


def show_all(pms: Pms) -> None:
    """Every step of a conformance run but the webhook."""
    first = _report(pms, 201)
    faulty = _guest()
    pms.send("POST", pms.path, json.dumps(faulty | {"room": 3}))
    _sent(pms, "POST", "", faulty, 201)
    _sent(pms, "POST", "", faulty, 200)
    patch = {"Content-Type": "application/merge-patch+json", "If-Match": '"v1"'}
    _sent(pms, "PATCH", f"/{first}", {"room": "311"}, 200, patch)
    stay = pms.read(first)
    left = {"checked_out_at": stay["first_received_at"]}
    _sent(pms, "POST", f"/{first}/check-out", left, 200)
    _sent(pms, "POST", f"/{_report(pms, 201)}/cancel", {"reason": "salah kamar"}, 200)
    retried, key = _guest(), {"Idempotency-Key": uuid4().hex}
    assert not _sent(pms, "POST", "", retried, 201, key).replayed
    assert _sent(pms, "POST", "", retried, 201, key).replayed


def _make_key(page: Page, lodging: str) -> tuple[str, str]:
    page.goto(f"{lodging}/keys/new")
    page.locator("[name=name]").fill("PMS resepsionis")
    for box in page.locator("[name=scopes]").all():
        box.check()
    page.locator("main .btn-primary").click()
    text = page.locator("#api-key").inner_text().strip()
    shown = page.locator("main a[href*='/keys/']").first.get_attribute("href") or ""
    return shown.rpartition("/")[2], text


def _register(page: Page, lodging: str, receiver: Receiver) -> str:
    page.goto(f"{lodging}/webhooks/new")
    page.locator("[name=url]").fill(receiver.url)
    page.locator("[name=mode][value=test]").check()
    page.locator("main .btn-primary").click()
    expect(page.locator("#webhook-secret")).to_be_visible()
    shown = page.locator("main a[href*='/webhooks/']").first.get_attribute("href") or ""
    return shown.rpartition("/")[2]


def _start_run(page: Page, path: str) -> str:
    page.goto(path)
    page.locator("[name=integration]").fill(INTEGRATION)
    page.locator("main .btn-primary").click()
    expect(page.locator("#progress")).to_be_visible()
    return _ID.findall(page.url)[-1]


def _wait_for_certificate(page: Page, path: str) -> str:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        page.goto(path)
        link = page.locator("#progress a[href*='/certificates/']")
        if link.count():
            return link.inner_text().strip()
        time.sleep(0.5)
    raise AssertionError(f"not passed: {page.locator('#progress').inner_text()}")


def _fail_once(handler: Any, number: int) -> None:
    status(503 if number == 1 else 204)(handler, number)


def _guest() -> dict[str, Any]:
    mark = uuid4().hex[:8]
    guest = make_mapping(client_ref=f"RES-{mark}", document_number=mark, surname="NYSTRÖM")
    return dict(json.loads(json.dumps(guest, default=str)))


def _report(pms: Pms, expected: int) -> str:
    return str(_sent(pms, "POST", "", _guest(), expected).body["id"])


def _sent(
    pms: Pms,
    method: str,
    rest: str,
    body: dict[str, Any],
    expected: int,
    headers: dict[str, str] | None = None,
) -> Told:
    told = pms.send(method, pms.path + rest, json.dumps(body), headers)
    assert told is not None
    assert told.status == expected, told.body
    return told
