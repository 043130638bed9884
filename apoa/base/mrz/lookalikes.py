"""Which letters and digits are taken for one another by eyes and by readers of OCR-B."""

from collections.abc import Mapping
from types import MappingProxyType

DIGIT_FOR: Mapping[str, str] = MappingProxyType({"O": "0", "I": "1", "B": "8", "S": "5", "Z": "2"})
LETTER_FOR: Mapping[str, str] = MappingProxyType(
    {digit: letter for letter, digit in DIGIT_FOR.items()}
)
LOOKALIKE: Mapping[str, str] = MappingProxyType({**DIGIT_FOR, **LETTER_FOR})
