"""Sealing: bound to its place, rotatable, and findable without being readable."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.base.crypto import BlindKeys, CannotDecrypt, Cipher, Place

PLACE = Place("stays", "document_number", "row-1")
CIPHER = Cipher({"k1": b"1" * 32})


@given(st.text())
def test_what_is_sealed_opens_again(text: str) -> None:
    assert CIPHER.decrypt(CIPHER.encrypt(text, PLACE), PLACE) == text


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert CIPHER.encrypt("L898902C3", PLACE) != CIPHER.encrypt("L898902C3", PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("stays", "document_number", "row-2"),
        Place("stays", "mrz", "row-1"),
        Place("versions", "document_number", "row-1"),
    ],
)
def test_a_sealed_value_does_not_open_elsewhere(elsewhere: Place) -> None:
    sealed = CIPHER.encrypt("L898902C3", PLACE)
    with pytest.raises(CannotDecrypt):
        CIPHER.decrypt(sealed, elsewhere)


@given(st.integers(min_value=0, max_value=200), st.integers(min_value=1, max_value=255))
def test_any_changed_byte_is_noticed(position: int, change: int) -> None:
    sealed = bytearray(CIPHER.encrypt("L898902C3", PLACE))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(CannotDecrypt):
        CIPHER.decrypt(bytes(sealed), PLACE)


def test_keys_rotate_and_old_values_stay_readable() -> None:
    sealed = CIPHER.encrypt("L898902C3", PLACE)
    rotated = Cipher({"k2": b"2" * 32, "k1": b"1" * 32})
    assert rotated.decrypt(sealed, PLACE) == "L898902C3"
    assert rotated.key_id_of(rotated.encrypt("x", PLACE)) == "k2"
    with pytest.raises(CannotDecrypt):
        Cipher({"k2": b"2" * 32}).decrypt(sealed, PLACE)


def test_empty_bytes_do_not_open() -> None:
    with pytest.raises(CannotDecrypt):
        CIPHER.decrypt(b"", PLACE)


def test_blind_keys_differ_by_use_and_master() -> None:
    keys = BlindKeys(b"m" * 32)
    assert keys.blind("stay-document", "L898902C3") == keys.blind("stay-document", "L898902C3")
    assert keys.blind("stay-document", "L898902C3") != keys.blind("permit", "L898902C3")
    assert keys.blind("a", "x") != BlindKeys(b"n" * 32).blind("a", "x")
