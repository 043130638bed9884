"""A signed receipt proves its facts and its content, and gives the content away to nobody."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.stays.receipt.keyring import new_key_entry
from apoa.stays.receipt.signing import (
    KeyRing,
    ReceiptFacts,
    UnknownReceiptKey,
    is_content_of,
    is_genuine,
    sign_receipt,
)

FACTS = ReceiptFacts(
    number="STT-2611-7KQ2-M9XH-4TRV-6",
    property_id="01939d5c-0000-7000-8000-000000000001",
    property_name="Hotel Contoh Pantai",
    office_name="Kantor Imigrasi Kelas I TPI Bengkulu",
    stay_id="01939d5c-0000-7000-8000-000000000002",
    version=1,
    issued_at=datetime(2026, 11, 21, 7, 6, tzinfo=UTC),
    first_received_at=datetime(2026, 11, 21, 7, 6, tzinfo=UTC),
    checked_in_at=datetime(2026, 11, 21, 14, 5, tzinfo=timezone(timedelta(hours=7))),
    due_at=datetime(2026, 11, 22, 7, 5, tzinfo=UTC),
    deadline_state="on_time",
)
CONTENT = {
    "guest": {"surname": "ERIKSSON", "given_names": "ANNA MARIA", "native_name": None},
    "document": {"number": "L898902C3"},
    "minor": False,
    "entries": [1, 2],
}
RING = KeyRing.parse(new_key_entry("2026a"))


def test_payload_is_canonical_and_states_everything():
    receipt = sign_receipt(FACTS, CONTENT, RING)
    stated = json.loads(receipt.payload)
    assert stated == {
        "number": FACTS.number,
        "property_id": FACTS.property_id,
        "property_name": FACTS.property_name,
        "office_name": FACTS.office_name,
        "stay_id": FACTS.stay_id,
        "version": 1,
        "issued_at": "2026-11-21T07:06:00Z",
        "first_received_at": "2026-11-21T07:06:00Z",
        "checked_in_at": "2026-11-21T07:05:00Z",
        "due_at": "2026-11-22T07:05:00Z",
        "deadline_state": "on_time",
        "content_digest": receipt.content_digest,
        "key_id": "2026a",
        "format": "apoa-receipt-1",
    }
    sorted_form = json.dumps(stated, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert receipt.payload == sorted_form.encode()


def test_genuine_receipt_verifies():
    receipt = sign_receipt(FACTS, CONTENT, RING)
    assert is_genuine(receipt.payload, receipt.key_id, receipt.signature, RING)


def test_payload_and_representation_hold_nothing_about_the_guest():
    receipt = sign_receipt(FACTS, CONTENT, RING)
    for secret in ("ERIKSSON", "ANNA", "L898902C3", receipt.content_salt.hex()):
        assert secret not in receipt.payload.decode()
    assert repr(receipt.content_salt) not in repr(receipt)


def test_same_content_has_another_digest_each_time():
    first, second = sign_receipt(FACTS, CONTENT, RING), sign_receipt(FACTS, CONTENT, RING)
    assert first.content_digest != second.content_digest
    assert len(first.content_salt) == 16


def test_content_is_recognised_in_any_order_and_no_other():
    receipt = sign_receipt(FACTS, CONTENT, RING)
    assert is_content_of(receipt, dict(reversed(CONTENT.items())))
    assert not is_content_of(receipt, CONTENT | {"minor": True})
    assert not is_content_of(replace(receipt, content_salt=bytes(16)), CONTENT)


@given(st.data())
def test_tampering_with_any_field_is_found(data: st.DataObject):
    receipt = sign_receipt(FACTS, CONTENT, RING)
    stated = json.loads(receipt.payload)
    name = data.draw(st.sampled_from(sorted(stated)))
    other = data.draw(st.integers() if name == "version" else st.text())
    if other == stated[name]:
        return
    forged = json.dumps(
        stated | {name: other}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    forged_bytes = forged.encode("utf-8", "surrogatepass")
    assert not is_genuine(forged_bytes, receipt.key_id, receipt.signature, RING)


@given(st.integers(min_value=0), st.integers(0, 7))
def test_every_flipped_bit_is_found(position: int, bit: int):
    receipt = sign_receipt(FACTS, CONTENT, RING)
    payload, signature = bytearray(receipt.payload), bytearray(receipt.signature)
    payload[position % len(payload)] ^= 1 << bit
    signature[position % len(signature)] ^= 1 << bit
    assert not is_genuine(bytes(payload), receipt.key_id, receipt.signature, RING)
    assert not is_genuine(receipt.payload, receipt.key_id, bytes(signature), RING)


@pytest.mark.parametrize("signature", [b"", b"x", bytes(64), bytes(65)])
def test_a_signature_of_any_shape_is_refused(signature: bytes):
    receipt = sign_receipt(FACTS, CONTENT, RING)
    assert not is_genuine(receipt.payload, receipt.key_id, signature, RING)


def test_a_signed_text_that_is_no_receipt_is_refused():
    payload = b'{"format":"something-else","key_id":"2026a"}'
    key_id, signature = RING.sign(payload)
    assert not is_genuine(payload, key_id, signature, RING)


def test_receipt_of_another_house_names_an_unknown_key():
    receipt = sign_receipt(FACTS, CONTENT, KeyRing.parse(new_key_entry("elsewhere")))
    with pytest.raises(UnknownReceiptKey):
        is_genuine(receipt.payload, receipt.key_id, receipt.signature, RING)


def test_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        sign_receipt(replace(FACTS, due_at=datetime(2026, 11, 22)), CONTENT, RING)


@pytest.mark.parametrize("value", [2**60, "\ud800"])
def test_content_that_json_cannot_carry_is_refused_without_an_echo(value: object):
    with pytest.raises(ValueError, match="canonical") as refused:
        sign_receipt(FACTS, {"room": value}, RING)
    assert str(value) not in str(refused.value)
