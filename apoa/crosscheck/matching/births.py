"""What two birth dates say, unknown parts and typing errors considered."""

from functools import lru_cache

from rapidfuzz.distance import OSA

_YEAR, _MONTH, _DAY = 5.6, 3.6, 4.9
_SAME = -0.1
_FIRST_OF_JANUARY = -3.0


@lru_cache(maxsize=1 << 16)
def birth_bits(first: str, second: str) -> tuple[float, str]:
    """Bits of evidence and the reason's code for two dates "YYYY-MM-DD" with zeros."""
    if not first or not second:
        return 0.0, "missing"
    if first == second and "00" not in (first[5:7], first[8:]) and first[:4] != "0000":
        common = _FIRST_OF_JANUARY if first[5:] == "01-01" else 0.0
        return _YEAR + _MONTH + _DAY + _SAME + common, "same"
    parts, others = first.split("-"), second.split("-")
    unknown = [
        not part.strip("0") or not other.strip("0")
        for part, other in zip(parts, others, strict=True)
    ]
    same = [part == other for part, other in zip(parts, others, strict=True)]
    if any(unknown):
        return _partly_known(unknown, same)
    if parts[0] == others[0] and parts[1:] == others[:0:-1]:
        return 6.5, "swapped-day-month"
    return _with_errors(parts, others, same)


def _partly_known(unknown: list[bool], same: list[bool]) -> tuple[float, str]:
    if all(unknown):
        return 0.0, "missing"
    bits = 0.0
    for gone, agree, worth, against in zip(
        unknown, same, (_YEAR, _MONTH, _DAY), (-6.0, -6.5, -3.0), strict=True
    ):
        if not gone:
            bits += worth - 0.3 if agree else against
    agreed = all(gone or agree for gone, agree in zip(unknown, same, strict=True))
    return bits, "known-parts-same" if agreed else "other"


def _with_errors(parts: list[str], others: list[str], same: list[bool]) -> tuple[float, str]:
    digits, other_digits = "".join(parts), "".join(others)
    distance = OSA.distance(digits, other_digits, score_cutoff=3)
    slip = distance == 1
    match same:
        case [True, True, False]:
            return (5.0 if slip else 4.0), "other-day"
        case [True, False, True]:
            return (4.5 if slip else 3.0), "other-month"
        case [False, True, True]:
            near = abs(int(parts[0]) - int(others[0])) == 1
            return (3.5 if slip or near else -1.5), "other-year"
        case [True, False, False]:
            return (1.0 if distance == 2 else -2.0), "same-year-only"
    if distance == 2:
        return -2.0, "two-signs-off"
    return -7.5, "other"
