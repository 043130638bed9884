"""What the template helpers write, in both languages, without a database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import Enum

import pytest
from flask import Flask, render_template_string
from flask_babel import Babel, force_locale
from werkzeug.datastructures import MultiDict
from wtforms import Form, RadioField, SelectChoice, StringField

from apoa.web.fields import DatePartsField, split_whole_date
from apoa.web.ui import (
    asset,
    error_links,
    field_wiring,
    localdate,
    localdatetime,
    localtime,
    partial_date,
    register_ui,
    state_tag,
    time_left,
    zone_label,
)

SEXES = [SelectChoice("F", "Perempuan"), SelectChoice("M", "Laki-laki")]
AT = datetime(2026, 8, 21, 7, 5, tzinfo=UTC)


class GuestForm(Form):
    surname = StringField("Nama", description="Seperti di paspor")
    sex = RadioField("Jenis kelamin", choices=SEXES)
    birth_date = DatePartsField("Tanggal lahir")


@pytest.fixture(autouse=True)
def app() -> Iterator[Flask]:
    app = Flask("apoa")
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    Babel(app)
    register_ui(app)
    with app.test_request_context():
        yield app


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Asia/Jakarta", "21 Agu 2026 14.05 WIB"),
        ("Asia/Pontianak", "21 Agu 2026 14.05 WIB"),
        ("Asia/Makassar", "21 Agu 2026 15.05 WITA"),
        ("WIT", "21 Agu 2026 16.05 WIT"),
    ],
)
def test_instant_is_written_in_the_zone_of_the_property(zone: str, written: str) -> None:
    assert localdatetime(AT, zone) == written


def test_instant_is_written_in_english() -> None:
    with force_locale("en"):
        assert localdatetime(AT, "WIB") == "21 Aug 2026 14:05 WIB"


def test_day_of_an_instant_is_the_day_in_its_zone() -> None:
    assert localdate(datetime(2026, 12, 31, 16, 30, tzinfo=UTC), "WITA") == "1 Jan 2027"
    assert localdate(date(2026, 11, 21)) == "21 Nov 2026"


def test_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        localtime(datetime(2026, 1, 1), "WIB")
    with pytest.raises(ValueError, match="zone"):
        localdate(AT)


def test_zone_outside_indonesia_keeps_its_name() -> None:
    assert zone_label("Asia/Singapore") == "Asia/Singapore"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("1974-08-12", "12 Agustus 1974", "12 August 1974"),
        ("1974-08-00", "Agustus 1974", "August 1974"),
        ("1974-00-00", "1974", "1974"),
        (None, "", ""),
        ("1974-13-01", "1974-13-01", "1974-13-01"),
        ("entah", "entah", "entah"),
    ],
)
def test_partial_date(value: str | None, indonesian: str, english: str) -> None:
    assert partial_date(value) == indonesian
    with force_locale("en"):
        assert partial_date(value) == english


def test_time_left_and_time_past() -> None:
    assert time_left(AT + timedelta(hours=19, minutes=20), AT) == "19 jam 20 menit lagi"
    assert time_left(AT - timedelta(minutes=61), AT) == "lewat 1 jam 1 menit"


def test_state_tag_takes_names_and_enums() -> None:
    class State(Enum):
        LATE = "late"

    assert state_tag(State.LATE) == ("red", "Terlambat")
    assert state_tag("something_else") == ("grey", "something_else")


def test_asset_carries_the_fingerprint_of_its_content() -> None:
    assert "/static/css/apoa.css?v=" in asset("css/apoa.css")
    with pytest.raises(FileNotFoundError):
        asset("css/missing.css")


def test_error_links_lead_to_the_first_input_in_field_order() -> None:
    form = GuestForm()
    for name, text in (("birth_date", "Tahun?"), ("sex", "Pilih."), ("surname", "Isi.")):
        form[name].errors = [text]
    assert [(link.href, link.text) for link in error_links(form, None)] == [
        ("#surname", "Nama: Isi."),
        ("#sex-0", "Jenis kelamin: Pilih."),
        ("#birth_date-day", "Tanggal lahir: Tahun?"),
    ]


def test_field_is_tied_to_its_hint_and_error() -> None:
    form = GuestForm()
    assert field_wiring(form.surname) == {"aria-describedby": "surname-hint"}
    form.surname.errors = ["Isi."]
    assert field_wiring(form.surname) == {
        "aria-describedby": "surname-hint surname-error",
        "aria-invalid": "true",
    }


@pytest.mark.parametrize(
    ("boxes", "data"),
    [
        (("12", "8", "1974"), "1974-08-12"),
        (("", "8", "1974"), "1974-08-00"),
        (("", "", "1974"), "1974-00-00"),
        (("12", "Agt", "1974"), "1974-08-12"),
        (("12/08/1974", "", ""), "1974-08-12"),
        (("12", "8", "74"), "74-08-12"),
        (("", "", ""), None),
    ],
)
def test_three_boxes_become_one_text(boxes: tuple[str, str, str], data: str | None) -> None:
    names = ("birth_date-day", "birth_date-month", "birth_date-year")
    form = GuestForm(MultiDict(zip(names, boxes, strict=True)))
    assert form.birth_date.data == data


def test_date_boxes_show_what_is_known_and_what_was_typed() -> None:
    known = GuestForm(birth_date="1974-08-00").birth_date
    assert (known.day, known.month, known.year, known.data) == ("", "8", "1974", "1974-08-00")
    whole = GuestForm(birth_date=date(1974, 8, 12)).birth_date
    assert (whole.day, whole.month, whole.year) == ("12", "8", "1974")
    typed = GuestForm(MultiDict({"birth_date-day": "x", "birth_date-year": "y"})).birth_date
    assert (typed.day, typed.month, typed.year) == ("x", "", "y")


@pytest.mark.parametrize(
    "text",
    ["1974-08-12", "12/08/1974", "12.08.1974", "12 Agt 1974", "12 August 1974", "12081974"],
)
def test_whole_date_is_split(text: str) -> None:
    day, month, year = split_whole_date(text) or ("", "", "")
    assert (int(day), int(month), int(year)) == (12, 8, 1974)


@pytest.mark.parametrize("text", ["12", "12 Foo 1974", "1974", "12/08", ""])
def test_what_is_not_a_whole_date_stays_as_typed(text: str) -> None:
    assert split_whole_date(text) is None


def test_the_summary_lists_the_faults_of_several_forms_and_others() -> None:
    first, second = GuestForm(MultiDict(), prefix="a"), GuestForm(MultiDict(), prefix="b")
    first.surname.errors, second.surname.errors = ["Wajib diisi."], ["Terlalu panjang."]
    page = render_template_string(
        '{% from "shared/macros/error_summary.html" import error_summary %}'
        '{{ error_summary(a, b, errors=[{"text": "Lain", "href": ""}]) }}',
        a=first,
        b=second,
    )
    assert [word in page for word in ("Wajib diisi.", "Terlalu panjang.", "Lain")] == [True] * 3
