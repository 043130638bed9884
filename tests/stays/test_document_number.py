"""Which writings of a document's number are the same number."""

import pytest

from apoa.stays.document_number import normalize_document_number


@pytest.mark.parametrize(
    "text", ["L898902C3", " l898 902 c3", "L-898.902/C3", "L898902C3<", "Ｌ898902C3"]
)
def test_spaces_case_and_signs_do_not_count(text: str) -> None:
    assert normalize_document_number(text) == "L898902C3"


def test_look_alikes_stay_apart() -> None:
    assert normalize_document_number("O123") != normalize_document_number("0123")


def test_signs_alone_are_no_number() -> None:
    assert normalize_document_number(" -<< ") == ""
