"""A receipt number survives being typed, and never survives being mistyped."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apoa.stays.receipt.number import (
    ALPHABET,
    ReceiptNumberInvalid,
    format_receipt_number,
    new_receipt_number,
    normalize_receipt_number,
)

ISSUED_AT = datetime(2026, 11, 21, 7, 6, tzinfo=UTC)
LOOK_ALIKES = {"0": "O", "1": "IL"}


def numbers() -> st.SearchStrategy[str]:
    """Fresh numbers, each printed form."""
    return st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 31)).map(
        lambda moment: new_receipt_number(moment.replace(tzinfo=UTC))
    )


def compact(number: str) -> str:
    """The number without its hyphens."""
    return number.replace("-", "")


def test_number_has_month_of_issue_and_groups_of_four():
    number = new_receipt_number(ISSUED_AT)
    assert number.startswith("STT-2611-")
    assert [len(group) for group in number.split("-")] == [3, 4, 4, 4, 4, 1]
    assert set(compact(number)[3:]) <= set(ALPHABET)


def test_month_of_issue_is_the_one_of_utc():
    jakarta = timezone(timedelta(hours=7))
    assert new_receipt_number(datetime(2026, 12, 1, 6, 59, tzinfo=jakarta)).startswith("STT-2611")


def test_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        new_receipt_number(datetime(2026, 11, 21))


def test_numbers_differ():
    assert len({new_receipt_number(ISSUED_AT) for _ in range(2000)}) == 2000


@given(numbers())
def test_its_own_form_is_kept(number: str):
    assert normalize_receipt_number(number) == number
    assert format_receipt_number(compact(number)[3:]) == number


@given(numbers(), st.data())
def test_careless_typing_is_understood(number: str, data: st.DataObject):
    typed = compact(number) if data.draw(st.booleans()) else number
    prefix, body = typed[:3], typed[3:]
    for digit, letters in LOOK_ALIKES.items():
        body = body.replace(digit, data.draw(st.sampled_from(digit + letters)))
    typed = data.draw(st.sampled_from([prefix + body, (prefix + body).lower()]))
    typed = typed.replace("-", data.draw(st.sampled_from(["-", " ", " - ", "\u2013", "\u2011"])))
    assert normalize_receipt_number(f"  {typed}\n") == number


@given(numbers())
def test_every_single_substitution_is_refused(number: str):
    plain = compact(number)
    for at, right in enumerate(plain):
        for wrong in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789":
            if wrong == right or (at >= 3 and wrong in LOOK_ALIKES.get(right, "")):
                continue
            with pytest.raises(ReceiptNumberInvalid):
                normalize_receipt_number(plain[:at] + wrong + plain[at + 1 :])


@given(numbers())
def test_every_swap_of_two_characters_is_refused(number: str):
    plain = compact(number)
    for first in range(len(plain)):
        for second in range(first + 1, len(plain)):
            if plain[first] == plain[second]:
                continue
            swapped = list(plain)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            with pytest.raises(ReceiptNumberInvalid):
                normalize_receipt_number("".join(swapped))


@given(numbers(), st.integers(0, 19))
def test_a_lost_or_doubled_character_is_refused(number: str, at: int):
    plain = compact(number)
    for wrong in (plain[:at] + plain[at + 1 :], plain[:at] + plain[at : at + 1] + plain[at:]):
        with pytest.raises(ReceiptNumberInvalid):
            normalize_receipt_number(wrong)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", ReceiptNumberInvalid.WRONG_PREFIX),
        ("ABC-2611-7KQ2-M9XH-4TRV-6", ReceiptNumberInvalid.WRONG_PREFIX),
        ("STT-2611-7KQ2-M9XH-4TRV", ReceiptNumberInvalid.WRONG_LENGTH),
        ("STT" + "-" * 100, ReceiptNumberInvalid.WRONG_LENGTH),
        ("STT-2611-7KQ2-M9XU-4TRV-6", ReceiptNumberInvalid.WRONG_CHARACTER),
        ("STT-2611-7KQ2-M9X\u0425-4TRV-6", ReceiptNumberInvalid.WRONG_CHARACTER),
        ("STT-2613-7KQ2-M9XH-4TRV-6", ReceiptNumberInvalid.WRONG_MONTH),
        ("STT-2611-7KQ2-M9XH-4TRV-3", ReceiptNumberInvalid.WRONG_CHECK),
    ],
)
def test_refusal_says_why(text: str, reason: str):
    with pytest.raises(ReceiptNumberInvalid) as refused:
        normalize_receipt_number(text)
    assert str(refused.value) == reason


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_is_refused_without_an_echo(text: str):
    refusal = None
    try:
        number = normalize_receipt_number(text)
    except ReceiptNumberInvalid as refused:
        refusal = str(refused)
    assert refusal in vars(ReceiptNumberInvalid).values() or number.startswith("STT-")
