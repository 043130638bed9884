"""Reports with a machine-readable zone: what it fills in, what it contradicts, what is kept."""

import json
from datetime import date
from typing import Any

import pytest

from apoa.access.actors import Actor
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, Problem
from apoa.base.mrz import MrzFields, MrzFormat, make_mrz
from apoa.base.problems import problem_text
from apoa.stays.amend import amend_stay
from apoa.stays.check_out import check_out_stay
from apoa.stays.content import StayReport
from apoa.stays.listing import StayFilter, list_stays
from apoa.stays.models import Source
from apoa.stays.outcome import ReportedStay
from apoa.stays.preview import check_report
from apoa.stays.read import view_stay
from apoa.stays.report import report_stay
from apoa.stays.schemas import StayReportSchema
from tests.cast import Cast
from tests.factories import make_mapping

FIELDS: dict[str, Any] = {
    "format": MrzFormat.TD3,
    "document_code": "P",
    "issuing_state": "SWE",
    "surname": "ERIKSSON",
    "given_names": "ANNA MARIA",
    "document_number": "L898902C3",
    "nationality": "SWE",
    "birth_date": "1974-08-12",
    "sex": "F",
    "expires_on": date(2032, 4, 15),
}
MISSING = object()


def zone(**changes: Any) -> list[str]:
    """The specimen's zone with other fields."""
    return list(make_mrz(MrzFields(**FIELDS | changes)))


def read(**changes: Any) -> StayReport:
    """The report of a mapping with the specimen's zone; MISSING takes a name out."""
    mapping = {**make_mapping(), "mrz": zone()} | changes
    found = {name: value for name, value in mapping.items() if value is not MISSING}
    return StayReportSchema("Asia/Jakarta").read(found)


def guest(**changes: Any) -> dict[str, Any]:
    return {**make_mapping()["guest"], **changes}


def document(**changes: Any) -> dict[str, Any]:
    return {**make_mapping()["document"], **changes}


def faults(**changes: Any) -> set[tuple[str, str]]:
    with pytest.raises(InvalidInput) as caught:
        read(**changes)
    return {(one.pointer, one.code) for one in caught.value.problems}


@pytest.fixture
def doubts(clerk: Actor, cast: Cast) -> Any:
    """What a report would be warned of, its zone's doubts alone."""

    def check(**changes: Any) -> list[Problem]:
        warnings = check_report(clerk, cast.property_a, read(**changes))
        return [one for one in warnings if one.code.startswith("mrz-")]

    return check


# --- What the zone fills in


@pytest.mark.parametrize("nothing", [MISSING, None])
def test_guest_and_document_may_be_left_out(nothing: object) -> None:
    report = read(guest=nothing, document=nothing)
    assert report.guest.full_name == "ANNA MARIA ERIKSSON"
    assert (report.guest.sex, report.guest.birth_date) == ("F", "1974-08-12")
    assert report.guest.nationality == "SWE"
    assert report.document.number == "L898902C3"
    assert report.document.issuing_state == "SWE"
    assert report.document.type == "passport"
    assert report.document.expires_on == date(2032, 4, 15)


def test_the_zone_comes_as_lines_or_as_text_as_it_was_scanned() -> None:
    as_text = "\r\n".join(zone()).lower()
    for scanned in (zone(), tuple(zone()), as_text, "".join(zone()), f"  {as_text}\n\n"):
        report = read(mrz=scanned, guest=MISSING, document=MISSING)
        assert report.mrz == tuple(zone())
        assert report.guest.surname == "ERIKSSON"


def test_a_card_of_three_lines_fills_in_too() -> None:
    card = zone(format=MrzFormat.TD1, document_code="I")
    report = read(mrz=card, guest=MISSING, document=MISSING)
    assert report.document.type == "identity_card"
    assert report.guest.given_names == "ANNA MARIA"


def test_what_the_person_gave_stands_and_gaps_are_filled() -> None:
    report = read(
        guest={"surname": "Eriksson", "birth_place": "ZENITH", "sex": "X"},
        document={"number": "NEW1", "expires_on": None},
    )
    assert report.guest.surname == "Eriksson"
    assert report.guest.given_names == "ANNA MARIA"
    assert report.guest.birth_place == "ZENITH"
    assert (report.guest.sex, report.guest.nationality) == ("X", "SWE")
    assert (report.document.number, report.document.type) == ("NEW1", "passport")


def test_a_box_that_was_cleared_stays_empty() -> None:
    assert read(document=document(expires_on=None)).document.expires_on is None
    assert faults(guest=guest(sex="")) == {("/guest/sex", "required")}
    assert faults(guest=guest(given_names=None)) == {("/guest/given_names", "name-or-mononym")}


def test_a_single_name_is_filled_in_as_one_and_stands_as_one() -> None:
    report = read(mrz=zone(surname=None, given_names="SUKARNI"), guest=MISSING)
    assert report.guest.mononym
    assert report.guest.full_name == "SUKARNI"
    report = read(guest={"given_names": "Sukarni", "mononym": True})
    assert (report.guest.surname, report.guest.given_names) == (None, "Sukarni")


def test_a_document_that_is_not_there_is_not_filled_in() -> None:
    report = read(document={"unavailable_reason": "Dititipkan di kedutaan"})
    assert report.document.number is None


def test_a_visa_names_the_guest_and_no_document() -> None:
    visa = zone(format=MrzFormat.MRV_A, document_code="V")
    assert read(mrz=visa, guest=MISSING).guest.surname == "ERIKSSON"
    assert faults(mrz=visa, guest=MISSING, document=MISSING) == {("/document", "required")}


def test_the_century_is_that_of_the_check_in() -> None:
    old = zone(birth_date="1923-05-01", expires_on=date(2025, 1, 1))
    report = read(
        mrz=old,
        guest=MISSING,
        checked_in_at="2021-03-01T14:00:00+07:00",
        expected_departure_on="2021-03-02",
    )
    assert report.guest.birth_date == "1923-05-01"


def test_what_the_zone_does_not_say_is_asked_for() -> None:
    no_year = zone(birth_date="0000-08-12")
    assert faults(mrz=no_year, guest=MISSING) == {("/guest/birth_date", "required")}


@pytest.mark.parametrize(
    ("mrz", "code"),
    [
        ("P<SWEERIKSSON", "mrz-length"),
        (["?" * 44, "<" * 44], "mrz-characters"),
        (["X" * 44, "<" * 44], "mrz-kind"),
        ("A" * 100_000, "mrz-length"),
        (["A"] * 5_000, "mrz-length"),
        (7, "mrz-shape"),
        ({}, "mrz-shape"),
        ([7], "not-text"),
    ],
)
def test_an_unreadable_zone_is_a_fault_with_its_code(mrz: Any, code: str) -> None:
    assert faults(mrz=mrz) == {("/mrz", code)}
    assert ("/mrz", code) in faults(mrz=mrz, guest=MISSING, document=MISSING)


@pytest.mark.parametrize("empty", [None, "", " \n ", [], ["", " "]])
def test_no_zone_is_no_fault(empty: Any) -> None:
    assert read(mrz=empty).mrz is None


@pytest.mark.parametrize(("part", "value"), [("guest", []), ("guest", 7), ("document", "x")])
def test_a_part_of_the_wrong_shape_stays_wrong(part: str, value: object) -> None:
    assert faults(**{part: value}) == {(f"/{part}", "invalid")}


# --- What the zone contradicts


def test_a_zone_that_agrees_says_nothing(doubts: Any) -> None:
    assert doubts() == []
    assert doubts(guest=MISSING, document=MISSING) == []


@pytest.mark.parametrize(
    ("changes", "pointer", "given", "read_in_zone"),
    [
        ({"guest": guest(surname="ERIKSEN")}, "/guest/surname", "ERIKSEN", "ERIKSSON"),
        ({"guest": guest(given_names="ANNE")}, "/guest/given_names", "ANNE", "ANNA MARIA"),
        ({"guest": guest(sex="M")}, "/guest/sex", "M", "F"),
        ({"guest": guest(nationality="NOR")}, "/guest/nationality", "NOR", "SWE"),
        ({"guest": guest(birth_date="1974-12-08")}, "/guest/birth_date", "1974-12-08",
         "1974-08-12"),
        ({"guest": guest(birth_date="1974-00-00")}, "/guest/birth_date", "1974-00-00",
         "1974-08-12"),
        ({"document": document(number="L898902C4")}, "/document/number", "L898902C4",
         "L898902C3"),
        ({"document": document(issuing_state="NOR")}, "/document/issuing_state", "NOR", "SWE"),
        ({"document": document(expires_on="2031-04-15")}, "/document/expires_on", "2031-04-15",
         "2032-04-15"),
        ({"document": document(type="identity_card")}, "/document/type", "identity_card",
         "passport"),
        ({"guest": guest(surname=None, given_names="ANNA", mononym=True)}, "/guest/given_names",
         "ANNA", "ERIKSSON ANNA MARIA"),
    ],
)  # fmt: skip
def test_what_disagrees_shows_both(
    doubts: Any, changes: Any, pointer: str, given: str, read_in_zone: str
) -> None:
    [found] = doubts(**changes)
    assert (found.pointer, found.code) == (pointer, "mrz-disagrees")
    assert found.params == {
        "field": pointer.rpartition("/")[2], "given": given, "read": read_in_zone
    }  # fmt: skip
    for locale in ("id", "en"):
        words = problem_text(found, locale)
        assert given in words
        assert read_in_zone in words


@pytest.mark.parametrize(
    ("in_report", "in_zone"),
    [
        (("Müller", "Jörg"), ("MUELLER", "JOERG")),
        (("Müller", "Jörg"), ("MULLER", "JORG")),
        (("O'Neill-Śmith", "d’Arcy"), ("ONEILL SMITH", "D ARCY")),
        (("Де Ли", "Анна"), ("DE LI", "ANNA")),
        (("王", "小明"), ("WANG", "XIAOMING")),
        (("الحسن", "محمد"), ("ALHASAN", "MOHAMED")),
        (("van der Berg", "jan"), ("VAN DER BERG", "JAN")),
        (("Wolfeschlegelsteinhausenbergerdorff", "Hubert Blaine"),
         ("WOLFESCHLEGELSTEINHAUSENBERGERDORFF", "HUBERT BLAINE")),
    ],
)  # fmt: skip
def test_other_spellings_of_a_name_agree(
    doubts: Any, in_report: tuple[str, str], in_zone: tuple[str, str]
) -> None:
    written = guest(surname=in_report[0], given_names=in_report[1])
    assert doubts(guest=written, mrz=zone(surname=in_zone[0], given_names=in_zone[1])) == []


def test_a_report_that_says_more_than_the_zone_agrees(doubts: Any) -> None:
    assert doubts(mrz=zone(birth_date="1974-00-00")) == []
    assert doubts(mrz=zone(expires_on=None)) == []
    assert doubts(document=document(number=" l-898902 c3")) == []
    assert doubts(document=document(type="refugee_document")) == []


def test_a_single_name_agrees_in_either_box(doubts: Any) -> None:
    one = zone(surname="SUKARNI", given_names=None)
    assert doubts(mrz=one, guest=guest(surname=None, given_names="Sukarni", mononym=True)) == []


def test_a_name_that_fills_its_line_asks_for_the_rest(doubts: Any) -> None:
    long = zone(surname="NILAVADHANANANDA", given_names="CHAYAPA DEJTHAMRONG KRASUANG")
    filled = doubts(mrz=long, guest=MISSING)
    assert [(one.pointer, one.code) for one in filled] == [("/guest", "mrz-name-truncated")]
    whole = guest(surname="Nilavadhanananda", given_names="Chayapa Dejthamrong Krasuang")
    assert doubts(mrz=long, guest=whole) == []


def misread(number: str = "L898902C3", as_found: str = "L8989O2C3") -> list[str]:
    first, second = zone(document_number=number)
    return [first, second.replace(number, as_found)]


def test_a_failing_check_digit_says_where_and_the_proposal_what(doubts: Any) -> None:
    first, second = zone()
    broken = second[:19] + str((int(second[19]) + 1) % 10) + second[20:]
    found = doubts(mrz=[first, broken])
    places = [(one.pointer, one.code, one.params["line"], one.params["position"]) for one in found]
    assert places == [
        ("/mrz", "mrz-check-digit", "2", "20"),
        ("/mrz", "mrz-check-digit", "2", "44"),
    ]
    assert found[0].params["field"] == "birth_date"
    assert "20" in problem_text(found[0], "en")


def test_a_repaired_number_is_proposed_and_never_taken(doubts: Any) -> None:
    assert read(mrz=misread(), document=MISSING).document.number == "L8989O2C3"
    found = {one.code: one for one in doubts(mrz=misread(), document=MISSING)}
    assert set(found) == {"mrz-check-digit", "mrz-proposal"}
    proposal = found["mrz-proposal"]
    assert proposal.pointer == "/document/number"
    assert proposal.params == {
        "field": "document_number", "line": "2", "position": "6",
        "found": "L8989O2C3", "proposed": "L898902C3",
    }  # fmt: skip


def test_a_person_who_typed_the_right_number_hears_of_the_check_digit_alone(doubts: Any) -> None:
    assert {one.code for one in doubts(mrz=misread())} == {"mrz-check-digit"}


def test_an_unknown_state_is_told_and_compared_with_nothing(doubts: Any) -> None:
    first, second = zone()
    found = doubts(mrz=[first, second.replace("SWE", "QQQ")])
    assert [one.code for one in found] == ["mrz-state-unknown"]


# --- What is kept


WRONG: dict[str, Any] = {
    "mrz": misread(),
    "guest": guest(surname="ERIKSEN"),
    "document": document(number="X77Y99Z1"),
}


@pytest.fixture
def doubtful(clerk: Actor, cast: Cast) -> ReportedStay:
    return report_stay(clerk, cast.property_a, read(**WRONG), source=Source.API)


def disagreements(warnings: tuple[Problem, ...]) -> dict[str, tuple[str, str]]:
    return {
        one.pointer: (one.params["given"], one.params["read"])
        for one in warnings
        if one.code == "mrz-disagrees"
    }


BOTH = {
    "/guest/surname": ("ERIKSEN", "ERIKSSON"),
    "/document/number": ("X77Y99Z1", "L8989O2C3"),
}


def test_the_answer_and_the_stay_show_the_values(
    doubtful: ReportedStay, clerk: Actor, cast: Cast
) -> None:
    assert disagreements(doubtful.warnings) == BOTH
    shown = view_stay(clerk, cast.property_a, doubtful.stay_id).warnings
    assert shown == doubtful.warnings
    again = report_stay(clerk, cast.property_a, read(**WRONG), source=Source.API)
    assert disagreements(again.warnings) == BOTH
    left = check_out_stay(clerk, cast.property_a, doubtful.stay_id, now(), source=Source.API)
    assert disagreements(left.warnings) == BOTH


def test_an_amendment_judges_anew(doubtful: ReportedStay, clerk: Actor, cast: Cast) -> None:
    mended = amend_stay(
        clerk, cast.property_a, doubtful.stay_id, read(),
        expected_version=1, source=Source.WEB,
    )  # fmt: skip
    assert [one.code for one in mended.warnings] == []


def test_the_stored_warning_holds_no_value(doubtful: ReportedStay, owner: Any) -> None:
    rows = owner.execute("SELECT warnings FROM stays").fetchall()
    stored = {one["pointer"]: one for one in rows[0][0] if one["code"] == "mrz-disagrees"}
    assert set(stored) == set(BOTH)
    assert stored["/document/number"]["params"] == {
        "field": "number", "given": None, "read": None
    }  # fmt: skip
    text = json.dumps(rows[0][0])
    for value in ("X77Y99Z1", "L8989O2C3", "L898902C3", "ERIKSEN", "ERIKSSON"):
        assert value not in text


def test_no_audit_row_and_no_representation_holds_a_value(
    doubtful: ReportedStay, clerk: Actor, cast: Cast, owner: Any
) -> None:
    view = view_stay(clerk, cast.property_a, doubtful.stay_id)
    rows = owner.execute("SELECT row_to_json(a)::text FROM audit_rows a").fetchall()
    texts = [row[0] for row in rows] + [repr(doubtful), repr(doubtful.warnings), repr(view)]
    for value in ("X77Y99Z1", "L8989O2C3", "L898902C3", "ERIKSEN", "ERIKSSON"):
        assert not [text for text in texts if value in text]


def test_a_list_says_that_there_is_something_and_withholds_it(
    doubtful: ReportedStay, clerk: Actor, cast: Cast
) -> None:
    [line] = list_stays(clerk, cast.property_a, StayFilter(), None, 10).lines
    assert disagreements(line.warnings) == dict.fromkeys(BOTH, ("…", "…"))
    assert all(problem_text(one, "en") for one in line.warnings)
