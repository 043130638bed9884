"""Receipt keys are read strictly, rotated without losing proofs, and never told."""

import base64

import pytest

from apoa.stays.receipt.keyring import (
    KeyRing,
    ReceiptKeysInvalid,
    UnknownReceiptKey,
    new_key_entry,
)

SEED = base64.b64encode(bytes(range(32))).decode()


def test_first_key_signs_and_all_verify():
    old = KeyRing.parse(new_entry := new_key_entry("2026a"))
    rotated = KeyRing.parse(f"{new_key_entry('2027a')}, {new_entry}")
    key_id, signature = old.sign(b"payload")
    assert rotated.verify(b"payload", key_id, signature)
    assert rotated.sign(b"payload")[0] == "2027a"


def test_retired_public_key_still_verifies_and_cannot_sign():
    old = KeyRing.parse(new_key_entry("2026a"))
    key_id, signature = old.sign(b"payload")
    rotated = KeyRing.parse(f"2026a:pub:{old.public_keys()['2026a']},{new_key_entry('2027a')}")
    assert rotated.verify(b"payload", key_id, signature)
    assert not rotated.verify(b"other", key_id, signature)
    assert rotated.signing_key_id == "2027a"
    assert set(rotated.public_keys()) == {"2026a", "2027a"}


def test_a_key_does_not_verify_for_another():
    ring = KeyRing.parse(f"{new_key_entry('a')},{new_key_entry('b')}")
    _, signature = ring.sign(b"payload")
    assert not ring.verify(b"payload", "b", signature)


def test_unknown_key_is_named_by_its_own_error():
    with pytest.raises(UnknownReceiptKey):
        KeyRing.parse(new_key_entry("a")).verify(b"payload", "b", bytes(64))


def test_public_key_is_the_one_of_the_seed():
    # RFC 8032 section 7.1, test 1.
    seed = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    ring = KeyRing.parse(f"k:{base64.b64encode(seed).decode()}")
    assert base64.b64decode(ring.public_keys()["k"]) == public


@pytest.mark.parametrize(
    "text",
    [
        "",
        " , ",
        f"k:pub:{SEED}",
        f"k:{SEED},k:{SEED}",
        f"k:{SEED},k:pub:{SEED}",
        f":{SEED}",
        f"k y:{SEED}",
        f"{'k' * 33}:{SEED}",
        "k",
        f"k:{SEED[:-4]}",
        "k:not base64!",
        f"k:priv:{SEED}",
        f"k:pub:{SEED}:more",
    ],
)
def test_faulty_key_text_is_refused_and_not_repeated(text: str):
    with pytest.raises(ReceiptKeysInvalid) as refused:
        KeyRing.parse(text)
    assert SEED[:8] not in str(refused.value)


def test_a_ring_does_not_show_its_secrets():
    assert SEED[:8] not in repr(KeyRing.parse(f"k:{SEED}"))
