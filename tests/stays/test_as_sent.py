"""Acknowledged means equal to what was sent: any report, stored, read back, field by field."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from unicodedata import normalize

from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apoa.base.clock import now
from apoa.base.countries import nationalities
from apoa.base.errors import InvalidInput
from apoa.base.names import clean_text
from apoa.db.base import db
from apoa.stays.codes import DOCUMENT_TYPES, PERMIT_KINDS, PURPOSES
from apoa.stays.models import Source
from apoa.stays.read import list_versions, view_stay
from apoa.stays.report import report_stay
from apoa.stays.schemas import StayReportSchema, report_from_mapping, report_to_mapping
from tests.cast import Cast

CODES = [country.code for country in nationalities() if country.code != "IDN"]


def is_clean(text: str) -> bool:
    try:
        return clean_text(text) == text and text != ""
    except ValueError:
        return False


def texts(longest: int) -> st.SearchStrategy[str]:
    anything = st.text(min_size=1, max_size=longest).map(lambda text: normalize("NFC", text))
    return anything.filter(lambda text: len(text) <= longest and is_clean(text))


NAMES = st.one_of(
    st.sampled_from(["ANNA MARIA", "Nguyễn Thị", "Ли", "الحسن", "王", "O'Neill-Śmith", "Ḥá"]),
    texts(30).filter(lambda text: any(char.isalpha() for char in text)),
)
SOME = st.none() | texts(20)


@st.composite
def mappings(draw: st.DrawFn) -> dict[str, Any]:
    mononym = draw(st.booleans())
    names = [draw(NAMES), draw(NAMES)]
    if mononym:
        names[draw(st.integers(0, 1))] = None  # type: ignore[call-overload]
    born = draw(st.dates(date(1930, 1, 1), date(2020, 1, 1))).isoformat()
    born = draw(st.sampled_from([born, born[:8] + "00", born[:5] + "00-00"]))
    offset = timezone(timedelta(minutes=draw(st.integers(-48, 56)) * 15))
    arrived = draw(
        st.datetimes(datetime(2001, 1, 1), (now() - timedelta(days=2)).replace(tzinfo=None))
    ).replace(tzinfo=UTC)
    leaves = arrived.date() + timedelta(days=draw(st.integers(1, 400)))
    left = draw(st.none() | st.integers(0, 100_000).map(lambda s: arrived + timedelta(seconds=s)))
    no_document = draw(st.booleans())
    document = {
        "type": draw(st.none() | st.sampled_from([one.code for one in DOCUMENT_TYPES])),
        "number": None if no_document else draw(texts(15)) + "7",
        "issuing_state": draw(st.sampled_from(CODES)),
        "expires_on": draw(st.none() | st.dates().map(date.isoformat)),
        "unavailable_reason": draw(texts(40)) if no_document else None,
    }
    permit = {
        "kind": draw(st.sampled_from([one.code for one in PERMIT_KINDS])),
        "number": draw(SOME),
    }
    contact = {"email": draw(st.sampled_from([None, "anna@example.se"])), "phone": "+46 70 12"}
    return {
        "client_ref": draw(SOME),
        "party_ref": draw(SOME),
        "room": draw(SOME),
        "guest": {
            "surname": names[0],
            "given_names": names[1],
            "mononym": mononym,
            "native_name": draw(SOME),
            "sex": draw(st.sampled_from("FMX")),
            "birth_date": born,
            "birth_place": draw(SOME),
            "nationality": draw(st.sampled_from(CODES)),
        },
        "document": document,
        "mrz": draw(st.sampled_from([None, ["P" * 44, "A9" * 22], ["I" * 30] * 3])),
        "permit": draw(st.sampled_from([None, permit])),
        "entry": draw(st.sampled_from([None, {"entered_on": "2001-01-01", "port": "DPS"}])),
        "purpose": draw(st.none() | st.sampled_from([one.code for one in PURPOSES])),
        "contact": draw(st.sampled_from([None, contact])),
        "checked_in_at": arrived.astimezone(offset).isoformat(),
        "expected_departure_on": leaves.isoformat(),
        "checked_out_at": left.isoformat() if left else None,
        "late_reason": draw(SOME),
    }


def comparable(mapping: dict[str, Any]) -> dict[str, Any]:
    """The same with instants as instants, since an offset is only a way of writing one."""
    found = dict(mapping)
    for name in ("checked_in_at", "checked_out_at"):
        if found[name]:
            found[name] = datetime.fromisoformat(found[name])
    return found


@given(mapping=mappings())
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_sent_is_what_is_kept(app: Flask, cast: Cast, mapping: dict[str, Any]) -> None:
    clerk = cast.act_as("clerk_a")
    mapping["client_ref"] = None
    report = StayReportSchema("Asia/Jakarta").read(mapping)
    assert comparable(report_to_mapping(report)) == comparable(mapping)
    outcome = report_stay(clerk, cast.property_a, report, source=Source.API)
    db.session.expire_all()
    assert view_stay(clerk, cast.property_a, outcome.stay_id).report == report
    assert list_versions(clerk, cast.property_a, outcome.stay_id)[0].report == report


@given(mapping=mappings())
@settings(max_examples=100, deadline=None)
def test_writing_and_reading_a_report_undo_each_other(mapping: dict[str, Any]) -> None:
    report = StayReportSchema("Asia/Jakarta").read(mapping)
    assert report_from_mapping(report_to_mapping(report)) == report
    assert StayReportSchema("Asia/Jakarta").read(report_to_mapping(report)) == report


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=50),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_anything_at_all_is_read_or_refused(data: st.DataObject) -> None:
    mapping = data.draw(mappings())
    for _ in range(data.draw(st.integers(1, 4))):
        part = mapping
        if data.draw(st.booleans()):
            inner = data.draw(st.sampled_from(["guest", "document"]))
            part = mapping[inner] if isinstance(mapping[inner], dict) else mapping
        part[data.draw(st.sampled_from([*part, "other"]))] = data.draw(JSON)
    # InvalidInput is an answer; anything else would fail the test.
    with suppress(InvalidInput):
        StayReportSchema("Asia/Jakarta").read(mapping)
