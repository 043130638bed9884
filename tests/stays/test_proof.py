"""The receipt of each version: genuine for ever, and honest about what became of the stay."""

import base64
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from apoa.access.actors import Actor
from apoa.base.clock import now
from apoa.base.errors import NotFound
from apoa.db import secrets as holder
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.db.secrets import secrets, set_secrets
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.models import Receipt, ReceiptKey, Source
from apoa.stays.queries import get_lodging, get_version_content
from apoa.stays.read import list_versions
from apoa.stays.receipt.signing import SignedReceipt, is_content_of
from apoa.stays.receipt_views import receipt_pdf_for, receipt_view, receipts_pdf_for_party
from apoa.stays.reopen import reopen_stay
from apoa.stays.verify_receipt import verify_receipt
from tests.cast import Cast
from tests.conftest import key
from tests.factories import make_report
from tests.stays.conftest import Reporter

PERSONAL = ("ERIKSSON", "ANNA", "L898902C3", "1974", "SWE")


@pytest.fixture
def rotating() -> Iterator[Any]:
    """Replaces the receipt keys as a restart with other settings would."""
    before = holder.secrets()

    def rotate(text: str) -> None:
        set_secrets(replace(secrets(), receipt_keys=text))

    yield rotate
    set_secrets(before)


def test_a_receipt_is_verified_by_anybody_and_tells_nothing_personal(
    reported: Reporter, cast: Cast
) -> None:
    outcome = reported()
    set_scope(NOTHING)
    verdict = verify_receipt(outcome.receipt_number.lower().replace("-", " "))
    assert verdict is not None
    assert verdict.genuine
    assert not verdict.amended_since
    assert not verdict.cancelled
    assert verdict.property_name == "Hotel Pantai Panjang"
    assert verdict.office_name == "Kantor Imigrasi Kelas I TPI Bengkulu"
    assert verdict.first_received_at == outcome.first_received_at.replace(microsecond=0)
    assert verdict.due_at == outcome.due_at.replace(microsecond=0)
    assert (verdict.deadline_state, verdict.version) == ("on_time", 1)
    assert not [word for word in PERSONAL if word in repr(verdict)]


@pytest.mark.parametrize("number", ["", "STT", "STT-2611-7KQ2-M9XH-4TRV-C", "x" * 500, "\x00"])
def test_an_unknown_or_mistyped_number_has_no_verdict(cast: Cast, number: str) -> None:
    assert verify_receipt(number) is None


def test_an_old_receipt_says_that_the_stay_was_amended_or_cancelled(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    first = reported()
    second = amend_stay(
        clerk, cast.property_a, first.stay_id, make_report(room="9"),
        expected_version=1, source=Source.WEB,
    )  # fmt: skip
    old, new = verify_receipt(first.receipt_number), verify_receipt(second.receipt_number)
    assert old is not None
    assert new is not None
    assert (old.genuine, old.amended_since, old.version, old.current_version) == (True, True, 1, 2)
    assert (new.genuine, new.amended_since, new.version) == (True, False, 2)
    assert old.first_received_at == new.first_received_at
    last = cancel_stay(clerk, cast.property_a, first.stay_id, reason="x", source=Source.WEB)
    for number in (first.receipt_number, second.receipt_number, last.receipt_number):
        verdict = verify_receipt(number)
        assert verdict is not None
        assert verdict.genuine
        assert verdict.cancelled
    reopen_stay(clerk, cast.property_a, first.stay_id, source=Source.WEB)
    verdict = verify_receipt(first.receipt_number)
    assert verdict is not None
    assert not verdict.cancelled


def test_every_version_has_a_receipt_of_its_content(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    stay_id = reported().stay_id
    check_out_stay(clerk, cast.property_a, stay_id, now(), source=Source.WEB)
    receipts = db.session.scalars(select(Receipt).order_by(Receipt.version)).all()
    assert [receipt.version for receipt in receipts] == [1, 2]
    assert len({receipt.number for receipt in receipts}) == 2
    for receipt in receipts:
        signed = SignedReceipt(
            receipt.payload, receipt.key_id, receipt.signature,
            json.loads(receipt.payload)["content_digest"], receipt.content_salt,
        )  # fmt: skip
        content = get_version_content(cast.property_a, stay_id, receipt.version)
        assert is_content_of(signed, content)
        assert not is_content_of(signed, content | {"room": "205"})


def test_receipts_stay_genuine_when_the_private_key_is_gone(
    reported: Reporter, rotating: Any
) -> None:
    old = reported()
    rotating(f"r2:{key('n')}")
    new = reported(document_number="N2")
    for outcome, key_id in ((old, "r1"), (new, "r2")):
        verdict = verify_receipt(outcome.receipt_number)
        assert verdict is not None
        assert (verdict.genuine, verdict.key_id) == (True, key_id)
        stored = db.session.scalars(select(ReceiptKey).where(ReceiptKey.id == key_id)).one()
        assert base64.b64decode(verdict.public_key) == stored.public_key
    assert len(db.session.scalars(select(ReceiptKey)).all()) == 2


def test_a_forged_payload_or_a_swapped_row_is_not_genuine(reported: Reporter, owner: Any) -> None:
    one, other = reported(), reported(document_number="N2")
    owner.execute(
        "UPDATE receipts SET payload = convert_to(replace(convert_from(payload, 'UTF8'),"
        " 'on_time', 'extended'), 'UTF8') WHERE number = %s",
        (one.receipt_number,),
    )
    verdict = verify_receipt(one.receipt_number)
    assert verdict is not None
    assert not verdict.genuine
    owner.execute(
        "UPDATE receipts SET (payload, signature) = (SELECT payload, signature FROM receipts"
        " WHERE number = %s) WHERE number = %s",
        (other.receipt_number, one.receipt_number),
    )
    swapped = verify_receipt(one.receipt_number)
    assert swapped is not None
    assert not swapped.genuine


def test_a_receipt_is_printed_for_each_version(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    first = reported()
    amend_stay(
        clerk, cast.property_a, first.stay_id, make_report(room="9"),
        expected_version=1, source=Source.WEB,
    )  # fmt: skip
    for version, language in ((None, "id"), (1, "en"), (2, "fr")):
        pdf = receipt_pdf_for(
            clerk, cast.property_a, first.stay_id,
            version=version, language=language, base_url="https://apoa.test/",
        )  # fmt: skip
        assert pdf.startswith(b"%PDF")


def test_what_is_printed_is_what_the_version_said(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    first = reported()
    second = cancel_stay(clerk, cast.property_a, first.stay_id, reason="x", source=Source.WEB)
    lodging = get_lodging(cast.property_a)
    old, new = (
        receipt_view(lodging, first.stay_id, version, language="id", base_url="https://apoa.test")
        for version in (1, 2)
    )
    assert (old.state, new.state) == ("in_house", "cancelled")
    assert old.guest_name == "ANNA MARIA ERIKSSON"
    assert (old.document_number, old.issuing_state_name) == ("L898902C3", "Swedia")
    assert old.number == first.receipt_number
    assert new.verification_url == f"https://apoa.test/receipts/{second.receipt_number}"
    assert new.received_at > new.first_received_at or new.version == 2
    assert len(list_versions(clerk, cast.property_a, first.stay_id)) == 2


def test_an_unknown_version_is_not_found(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    stay_id = reported().stay_id
    with pytest.raises(NotFound):
        receipt_pdf_for(
            clerk, cast.property_a, stay_id,
            version=2, language="id", base_url="https://apoa.test",
        )  # fmt: skip


def test_another_propertys_receipt_is_not_printed(reported: Reporter, cast: Cast) -> None:
    stay_id = reported().stay_id
    stranger = cast.act_as("clerk_b")
    for property_id in (cast.property_a, cast.property_b):
        with pytest.raises(NotFound):
            receipt_pdf_for(
                stranger, property_id, stay_id, language="id", base_url="https://apoa.test"
            )
        with pytest.raises(NotFound):
            receipts_pdf_for_party(
                stranger, property_id, stay_id, language="id", base_url="https://apoa.test"
            )


def test_a_party_is_printed_in_one_file(reported: Reporter, clerk: Actor, cast: Cast) -> None:
    family = [reported(party_ref="FAM", document_number=f"F{n}").stay_id for n in range(3)]
    cancel_stay(clerk, cast.property_a, family[2], reason="x", source=Source.WEB)
    reported(party_ref="OTHER", document_number="F9")
    pdf = receipts_pdf_for_party(
        clerk, cast.property_a, family[0], language="id", base_url="https://apoa.test"
    )
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") in (0, 2)
    alone = receipts_pdf_for_party(
        clerk, cast.property_a, reported(document_number="F8").stay_id,
        language="en", base_url="https://apoa.test",
    )  # fmt: skip
    assert alone.startswith(b"%PDF")
    assert len(pdf) > len(alone)
