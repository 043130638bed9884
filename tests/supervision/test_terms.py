"""What may be searched by, and what is too little."""

from typing import Any

import pytest

from apoa.base.errors import InvalidInput
from apoa.base.problems import problem_text
from apoa.supervision.terms import SearchTermsSchema
from tests.supervision.finding import PURPOSE, terms


def faults(**sent: Any) -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        SearchTermsSchema().read({"purpose": PURPOSE, **sent})
    for problem in caught.value.problems:
        assert problem_text(problem, "id")
        assert problem_text(problem, "en")
    return {(problem.pointer, problem.code) for problem in caught.value.problems}


def test_a_purpose_alone_is_no_search() -> None:
    assert faults() == {("", "no-search-term")}


def test_a_state_alone_is_no_search() -> None:
    assert faults(state="in_house") == {("", "no-search-term")}


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"purpose": None, "name": "anna"}, ("/purpose", "required")),
        ({"purpose": "x", "name": "anna"}, ("/purpose", "too-short")),
        ({"name": "a"}, ("/name", "name-unsearchable")),
        ({"name": "% _"}, ("/name", "name-unsearchable")),
        ({"name": "ab " * 9}, ("/name", "too-many-words")),
        ({"document_number": "-/-"}, ("/document_number", "document-number-unreadable")),
        ({"nationality": "QQQ"}, ("/nationality", "not-a-choice")),
        ({"birth_date": "0000-08-12"}, ("/birth_date", "birth-year-needed")),
        ({"birth_date": "1974-00-12"}, ("/birth_date", "day-without-month")),
        ({"birth_date": "1974-02-30"}, ("/birth_date", "invalid-date")),
        ({"birth_date": "1974"}, ("/birth_date", "invalid-date")),
        ({"property_id": "x"}, ("/property_id", "not-a-choice")),
        ({"property_name": "***"}, ("/property_name", "property-name-unsearchable")),
        ({"region_code": "17.7"}, ("/region_code", "not-a-choice")),
        ({"name": "anna", "state": "gone"}, ("/state", "not-a-choice")),
        ({"in_house_on": "2026-11-00"}, ("/in_house_on", "invalid-date")),
        (
            {"in_house_on": "2026-11-01", "in_house_to": "2026-11-02"},
            ("/in_house_on", "one-kind-of-dates"),
        ),
        (
            {"in_house_from": "2026-11-02", "in_house_to": "2026-11-01"},
            ("/in_house_to", "dates-reversed"),
        ),
        ({"name": "anna", "room": "2"}, ("/room", "unknown-field")),
    ],
)
def test_a_faulty_term_is_named(sent: dict[str, Any], fault: tuple[str, str]) -> None:
    assert fault in faults(**sent)


def test_terms_survive_being_written_down() -> None:
    first = terms(name="anna", nationality="d", birth_date="1974-08-00", in_house_from="2026-11-01")
    assert SearchTermsSchema().read(first.to_mapping()) == first
    assert first.nationality == "DEU"


def test_used_terms_are_names_without_values() -> None:
    assert terms(name="anna", state="departed").used == ("name", "state")
