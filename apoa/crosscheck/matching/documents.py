"""What two document numbers say: the same, a slip of the hand apart, or another document."""

from rapidfuzz.distance import OSA

_LOOKALIKES = str.maketrans("OIQSBZLG", "01058216")
_NO_SIGN = str.maketrans("", "", " -./<")
_BITS_A_SIGN = 3.0
_MOST_BITS = 21.0
_ONE_OFF, _SWAPPED = -12.0, -10.0
_SHORTEST_FOR_SLIPS = 6
_TWO_OFF, _LONG_ENOUGH_FOR_TWO = 2.0, 7
_OTHER_STATE = -3.0
DIFFERENT = -1.5


def document_signs(number: str) -> str:
    """The number with one sign for those that eyes and readers take for each other."""
    return number.upper().translate(_NO_SIGN).translate(_LOOKALIKES)


def document_bits(first: tuple[str, str], second: tuple[str, str]) -> tuple[float, str]:
    """Bits of evidence and the reason's code for two (signs, issuing state)."""
    number, state = first
    other, other_state = second
    elsewhere = _OTHER_STATE if state and other_state and state != other_state else 0.0
    bits = min(_MOST_BITS, _BITS_A_SIGN * len(number))
    if number == other:
        return bits + elsewhere, "same" if not elsewhere else "same-number-other-state"
    if min(len(number), len(other)) >= _SHORTEST_FOR_SLIPS:
        distance = OSA.distance(number, other, score_cutoff=2)
        if distance == 1:
            swapped = sorted(number) == sorted(other)
            bits += _SWAPPED if swapped else _ONE_OFF
            return bits + elsewhere, "signs-swapped" if swapped else "one-sign-off"
        if distance == 2 and len(number) >= _LONG_ENOUGH_FOR_TWO:
            return _TWO_OFF + elsewhere, "two-signs-off"
    return DIFFERENT, "other"
