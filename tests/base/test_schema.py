"""Whatever members are named, each unknown one is refused by its name, and only by that."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import fields, validates_schema

from apoa.base.errors import InvalidInput, Problem
from apoa.base.schema import Fault, InputSchema, Text

# What marshmallow or our own code treats specially, somewhere.
WORDS = (
    "code", "params", "_schema", "messages", "errors", "pointer", "detail", "unknown", "type",
    "items", "0", "", "/", "~", "a/b~c", "__class__", "many", "partial", "self", "none",
)  # fmt: skip
NAMES = st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=("Cs",)), max_size=8)


class _Inner(InputSchema):
    word = Text(4, load_default=None)

    @validates_schema(skip_on_field_errors=False)
    def _check(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("word") == "bad":
            raise Fault("too-short", min=9)


class _Outer(InputSchema):
    inner = fields.Nested(_Inner, load_default=None)
    several = fields.List(fields.Nested(_Inner), load_default=None)


def escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def unknown(names: set[str], pointer: str = "") -> set[tuple[str, str]]:
    return {(f"{pointer}/{escaped(name)}", "unknown-field") for name in names}


def faults_of(data: Any) -> list[Problem]:
    with pytest.raises(InvalidInput) as refused:
        _Outer().read(data)
    return refused.value.problems


def found(data: Any) -> set[tuple[str, str]]:
    problems = faults_of(data)
    assert len(problems) == len({(one.pointer, one.code) for one in problems})
    return {(one.pointer, one.code) for one in problems}


def test_the_words_of_a_fault_are_no_fault() -> None:
    assert found({"code": 1, "params": 2}) == unknown({"code", "params"})


@pytest.mark.parametrize("pair", [("code", "params"), ("_schema", "code"), ("_schema", "params")])
def test_nested_and_in_lists_they_are_members_too(pair: tuple[str, str]) -> None:
    odd = dict.fromkeys(pair, 1)
    wanted = unknown({*pair}, "/inner") | unknown({*pair}, "/several/1")
    assert found({"inner": odd, "several": [{}, odd]}) == wanted


def test_a_fault_of_the_whole_stays_one_beside_a_member_of_that_name() -> None:
    problems = faults_of({"inner": {"word": "bad", "_schema": 1}})
    assert sorted(problems, key=lambda one: one.code) == [
        Problem("/inner", "too-short", {"min": "9"}),
        Problem("/inner/_schema", "unknown-field"),
    ]


@given(st.sets(NAMES, min_size=1, max_size=6), st.sets(NAMES, max_size=6))
def test_every_unknown_name_is_told(outer: set[str], inner: set[str]) -> None:
    outer, inner = outer - {"inner", "several"}, inner - {"word"}
    if outer or inner:
        sent = dict.fromkeys(outer, 1) | {"inner": dict.fromkeys(inner, 1)}
        assert found(sent) == unknown(outer) | unknown(inner, "/inner")
