"""What a receipt number looks like, and which slips of eye or finger it catches.

`STT-2611-7KQ2-M9XH-4TRV-C`: the year and month of issue (UTC, as in the signed payload), twelve
random characters (60 bits) of Crockford's base 32, and one check character of the same alphabet.
"""

import secrets
from datetime import UTC, datetime

PREFIX = "STT"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_RANDOM_CHARACTERS = 12
_BODY_CHARACTERS = 4 + _RANDOM_CHARACTERS + 1
_LONGEST_TEXT = 60
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans(
    "", "", "- \t\r\n\u00a0\u00ad\u200b\u2010\u2011\u2012\u2013\u2014\u2212"
)


class ReceiptNumberInvalid(ValueError):
    """The text is no receipt number; the message says why in Indonesian and never echoes it."""

    WRONG_LENGTH = "Nomor tanda terima terlalu pendek atau terlalu panjang."
    WRONG_PREFIX = "Nomor tanda terima diawali dengan STT."
    WRONG_CHARACTER = "Nomor tanda terima hanya berisi huruf A-Z (tanpa U) dan angka."
    WRONG_MONTH = "Empat angka setelah STT bukan tahun dan bulan."
    WRONG_CHECK = "Nomor tanda terima salah ketik: huruf pemeriksa tidak cocok."


def new_receipt_number(now: datetime) -> str:
    """A new number for a receipt issued at this aware instant; naive instants are a ValueError."""
    if now.tzinfo is None:
        raise ValueError("the instant of issue must be aware")
    random_bits = secrets.randbits(5 * _RANDOM_CHARACTERS)
    random_part = "".join(ALPHABET[random_bits >> 5 * n & 31] for n in range(_RANDOM_CHARACTERS))
    body = now.astimezone(UTC).strftime("%y%m") + random_part
    return format_receipt_number(body + _check_character(body))


def format_receipt_number(body: str) -> str:
    """The printed form of the 17 characters that follow the prefix: groups of four, hyphens."""
    groups = [body[start : start + 4] for start in range(0, len(body), 4)]
    return "-".join([PREFIX, *groups])


def normalize_receipt_number(text: str) -> str:
    """The printed form of a number typed by a person.

    Lower case, spaces, other or missing hyphens, and O for 0 and I or L for 1 are accepted.
    Raises ReceiptNumberInvalid for everything else, a failing check character included.
    """
    if len(text) > _LONGEST_TEXT:
        raise ReceiptNumberInvalid(ReceiptNumberInvalid.WRONG_LENGTH)
    plain = text.translate(_SEPARATORS)
    if not plain.isascii():
        raise ReceiptNumberInvalid(ReceiptNumberInvalid.WRONG_CHARACTER)
    plain = plain.upper()
    if not plain.startswith(PREFIX):
        raise ReceiptNumberInvalid(ReceiptNumberInvalid.WRONG_PREFIX)
    body = plain[len(PREFIX) :].translate(_LOOK_ALIKES)
    _require_sound(body)
    return format_receipt_number(body)


def _require_sound(body: str) -> None:
    if len(body) != _BODY_CHARACTERS:
        raise ReceiptNumberInvalid(ReceiptNumberInvalid.WRONG_LENGTH)
    if any(character not in _VALUES for character in body):
        raise ReceiptNumberInvalid(ReceiptNumberInvalid.WRONG_CHARACTER)
    if not body[:4].isdigit() or not 1 <= int(body[2:4]) <= 12:
        raise ReceiptNumberInvalid(ReceiptNumberInvalid.WRONG_MONTH)
    if _check_character(body[:-1]) != body[-1]:
        raise ReceiptNumberInvalid(ReceiptNumberInvalid.WRONG_CHECK)


def _check_character(characters: str) -> str:
    """The character that makes the weighted sum over GF(32) zero; the weights are powers of x.

    Chosen over ISO 7064 MOD 37,36, which misses some adjacent transpositions and whose check
    character may be O, I, L or U, which this alphabet leaves out because they are misread.
    In a field every weight is invertible and all weights differ (x has order 31, longer than the
    number), so every single substitution and every swap of two characters, adjacent or not, is
    caught.
    """
    total = 0
    for character in characters:
        total = _times_x(total ^ _VALUES[character])
    return ALPHABET[total]


def _times_x(value: int) -> int:
    """The value times x in GF(32) modulo the primitive polynomial x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
