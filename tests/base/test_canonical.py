"""The fast writing is the writing of RFC 8785, for whatever value."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from apoa.base.canonical import canonical_json

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
VALUES = st.recursive(
    LEAVES | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=30,
)


@given(VALUES)
def test_it_is_written_as_rfc_8785_says(value: object) -> None:
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", [*range(0x20), 0x22, 0x5C, 0x7F, 0x80, 0x2028, 0x2029, 0x1F600])
def test_every_awkward_character_is_written_alike(code: int) -> None:
    value = {"text": chr(code)}
    assert canonical_json(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [float("nan"), 2**53, {"a": "\ud800"}, {1: "a"}, object()])
def test_what_cannot_be_written_is_refused_without_a_word_of_it(value: object) -> None:
    with pytest.raises(ValueError, match="canonical") as refused:
        canonical_json(value)
    assert "ud800" not in str(refused.value)
