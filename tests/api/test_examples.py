"""What guides and examples show could be real: a developer copies it into a first test."""

import re
from pathlib import Path

import pytest

from apoa.api.blueprint import PREFIX
from apoa.stays.receipt.number import normalize_receipt_number
from tests.api.client import ApiClient

GUIDES = sorted((Path(__file__).parents[2] / "docs" / "api").glob("*.md"))
_RECEIPT = re.compile(r"\b[A-Z]{3}-\d{4}-[0-9A-Z-]+\b")


def check_receipts(text: str) -> int:
    """Every receipt number in it holds; says how many there are."""
    found = _RECEIPT.findall(text)
    for number in found:
        assert normalize_receipt_number(number) == number
    return len(found)


def test_receipt_numbers_of_the_examples_are_sound(anonymous: ApiClient) -> None:
    assert check_receipts(anonymous.get("/openapi.json").get_data(as_text=True)) > 5


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_receipt_numbers_of_the_guides_are_sound(guide: Path) -> None:
    check_receipts(guide.read_text("utf-8"))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_calls_that_the_guides_name_exist(guide: Path, anonymous: ApiClient) -> None:
    described = anonymous.get("/openapi.json").get_json()["paths"]
    known = {(method.upper(), path) for path, one in described.items() for method in one}
    named = re.findall(r"`(GET|POST|PATCH|DELETE) (\.\.\.)?(/[^`?]*)", guide.read_text("utf-8"))
    for method, is_short, path in named:
        wanted = path.removeprefix(PREFIX)
        assert any(
            method == each and (one.endswith(wanted) if is_short else one == wanted)
            for each, one in known
        ), f"{method} {path}"
