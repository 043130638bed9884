"""How files are read: encodings, separators, quotes, and every way in which one can be broken."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import apoa.permits.feed.xlsx_guard as guard
from apoa.base.errors import InvalidInput
from apoa.permits.feed.models import FeedKind
from apoa.permits.feed.open_table import open_table
from apoa.permits.feed.table import LARGEST_ROW, tell_kind
from tests.permits.feed.rows import csv_file, json_file, permit, xlsx_file

HEAD = "number,surname,nationality"


def rows_of(content: bytes, kind: FeedKind = FeedKind.CSV, **reading: Any) -> list[list[Any]]:
    """The cells of every row under the headings, which come first."""
    table = open_table(io.BytesIO(content), kind, reading)
    return [list(table.headings), *(list(line.cells) for line in table.rows)]


def fault_of(content: bytes, kind: FeedKind = FeedKind.CSV, **reading: Any) -> tuple[str, str]:
    """The code of why the file cannot be read, and the row that it names."""
    with pytest.raises(InvalidInput) as refused:
        rows_of(content, kind, **reading)
    [problem] = refused.value.problems
    return problem.code, problem.params.get("row", "")


@pytest.mark.parametrize(
    ("encoding", "reading"),
    [
        ("utf-8", {}),
        ("utf-8-sig", {}),
        ("utf-16", {}),
        ("utf-16-le", {}),
        ("utf-16-be", {}),
        ("cp1252", {"encoding": "cp1252"}),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators(encoding: str, reading: dict[str, str], separator: str) -> None:
    text = f"{HEAD}\r\nA1,MÜLLER,DEU\r\n".replace(",", separator)
    assert rows_of(text.encode(encoding), **reading) == [
        ["number", "surname", "nationality"],
        ["A1", "MÜLLER", "DEU"],
    ]


def test_another_encoding_is_never_guessed() -> None:
    lines = [HEAD, *(f"A{one},MULLER,DEU" for one in range(2000)), "A9,MÜLLER,DEU"]
    assert fault_of("\n".join(lines).encode("cp1252")) == ("feed-encoding", "2002")
    assert fault_of(f"{HEAD}\nA1,X,SWE\n".encode("utf-16")[:-1])[0] == "feed-encoding"


def test_quotes_and_lines_within_them() -> None:
    text = f'{HEAD}\n"A,1","MÜLLER\n""SMITH""",DEU\n'
    assert rows_of(text.encode())[1] == ["A,1", 'MÜLLER\n"SMITH"', "DEU"]


def test_titles_above_and_empty_rows_between() -> None:
    text = "DAFTAR IZIN TINGGAL;;\n;;\nNomor izin;Nama keluarga;Kewarganegaraan\n;;\nA1;X;SWE\n"
    table = open_table(io.BytesIO(text.encode()), FeedKind.CSV, {})
    assert table.headings == ("Nomor izin", "Nama keluarga", "Kewarganegaraan")
    assert [(line.number, line.cells) for line in table.rows] == [(5, ["A1", "X", "SWE"])]


def test_the_separator_that_a_sheet_writes_down() -> None:
    assert rows_of(b"sep=;\nnumber;surname\nA,1;X\n") == [["number", "surname"], ["A,1", "X"]]


def test_an_open_quote_does_not_eat_the_file() -> None:
    text = f'{HEAD}\nA1,"X,SWE\n' + "A2,Y,SWE\n" * 600_000
    assert fault_of(text.encode()) == ("feed-row-too-large", "2")


def test_a_line_without_end() -> None:
    assert fault_of(b"number," + b"x" * (LARGEST_ROW + 5))[0] == "feed-row-too-large"


@pytest.mark.parametrize("kind", [FeedKind.CSV, FeedKind.JSON])
def test_nothing_but_space(kind: FeedKind) -> None:
    assert fault_of(b" \n\n ", kind)[0] == "feed-empty"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (csv_file([permit(1)]), FeedKind.CSV),
        (b"\xef\xbb\xbf[]", FeedKind.JSON),
        (b' \n{"number": 1}', FeedKind.JSON),
        (xlsx_file([["a"]]), FeedKind.XLSX),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, kind: FeedKind) -> None:
    assert tell_kind(io.BytesIO(content)) == kind


JSON_ITEMS = [{"number": "A1", "surname": "Å"}, {"number": "A2", "sex": "F"}]
JSON_ROWS = [["number", "surname", "sex"], ["A1", "Å", None], ["A2", None, "F"]]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(JSON_ITEMS),
        "\ufeff" + json.dumps(JSON_ITEMS, ensure_ascii=False, indent=2),
        json.dumps({"permits": JSON_ITEMS}),
        json.dumps({"sender": "X", "count": 2, "permits": JSON_ITEMS, "end": True}),
        "\n".join(map(json.dumps, JSON_ITEMS)),
        "\r\n\r\n".join(map(json.dumps, JSON_ITEMS)) + "\n",
    ],
)
def test_shapes_of_json(text: str) -> None:
    assert rows_of(text.encode(), FeedKind.JSON) == JSON_ROWS


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[{"number": "A1"}, {"number": ]', ("feed-json-broken", "2")),
        ('[{"number": "A1"} {"number": "A2"}]', ("feed-json-broken", "2")),
        ('[{"number": "A1"},]', ("feed-json-broken", "2")),
        ('[{"number": "A1"}', ("feed-json-broken", "2")),
        ('[{"number": NaN}]', ("feed-json-broken", "1")),
        ('[{"number": "A1"}] and more', ("feed-json-shape", "")),
        ('{"number": "A1"}\n{"number": ', ("feed-json-broken", "2")),
        ("[" * 100_000, ("feed-json-broken", "1")),
        ('[{"number": "' + "x" * (5 * LARGEST_ROW), ("feed-row-too-large", "1")),
    ],
)
def test_broken_json(text: str, fault: tuple[str, str]) -> None:
    assert fault_of(text.encode(), FeedKind.JSON) == fault


def test_json_in_another_encoding() -> None:
    assert fault_of('[{"number": "Å"}]'.encode("latin-1"), FeedKind.JSON)[0] == "feed-encoding"


def test_items_that_are_no_objects_are_rows_with_a_fault() -> None:
    table = open_table(io.BytesIO(b'[{"number": "A1"}, 5, null, ["x"]]'), FeedKind.JSON, {})
    assert [line.code for line in table.rows] == [None, *["feed-not-an-item"] * 3]


def test_many_items_are_read_through() -> None:
    items = [permit(one, sponsor="Å" * (one % 50)) for one in range(5000)]
    assert len(rows_of(json_file(items), FeedKind.JSON)) == 5001


def test_cells_of_a_sheet() -> None:
    content = xlsx_file(
        [["DAFTAR"], ["number", "surname", "valid_until"], [20, "X", date(2026, 2, 3)]]
    )
    rows = rows_of(content, FeedKind.XLSX)
    assert rows[0] == ["number", "surname", "valid_until"]
    assert rows[1] == [20.0, "X", date(2026, 2, 3)]


def test_a_sheet_that_is_not_there() -> None:
    content = xlsx_file([["number"], ["1"]])
    assert fault_of(content, FeedKind.XLSX, sheet="Atlantis")[0] == "feed-sheet-unknown"


def _zip(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _with_sheet(sheet: bytes) -> bytes:
    """A sound workbook whose sheet is replaced."""
    source = zipfile.ZipFile(io.BytesIO(xlsx_file([["number"], ["1"]])))
    parts = {name: source.read(name) for name in source.namelist()}
    return _zip(parts | {"xl/worksheets/sheet1.xml": sheet})


def test_half_a_gigabyte_is_refused_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = _with_sheet(b" " * (500 * 1024 * 1024))
    monkeypatch.setattr(guard, "_check_real", None)
    assert fault_of(content, FeedKind.XLSX)[0] == "feed-xlsx-unpacks"


def test_what_unpacks_beyond_reason() -> None:
    assert fault_of(_with_sheet(b" " * 20_000_000), FeedKind.XLSX)[0] == "feed-xlsx-ratio"


def test_what_says_less_than_it_holds() -> None:
    content = bytearray(_with_sheet(b" " * 50_000_000))
    size = (50_000_000).to_bytes(4, "little")
    assert content.count(size) >= 1
    lying = bytes(content).replace(size, (1000).to_bytes(4, "little"))
    assert fault_of(lying, FeedKind.XLSX)[0] == "feed-xlsx-ratio"


@pytest.mark.parametrize("place", ["XFD1", "A1048576", "XFD1048576", "ZZ900000"])
def test_a_cell_far_away_takes_no_memory(place: str) -> None:
    row = "".join(one for one in place if one.isdigit())
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c><c r="G1"><v>1</v></c></row>'
        f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert fault_of(_with_sheet(sheet.encode()), FeedKind.XLSX)[0] == "feed-xlsx-cells"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 and nothing",
        _zip({"word/document.xml": b"<x/>"}),
        _zip({"[Content_Types].xml": b"<x/>"}),
        xlsx_file([["number"]])[:-200],
        _with_sheet(b"<worksheet><sheetData><row"),
    ],
)
def test_what_is_no_sound_workbook(content: bytes) -> None:
    assert fault_of(content, FeedKind.XLSX)[0] in ("feed-xlsx-broken", "feed-empty")


TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0\x1c\x1d\x1e\x85"),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), max_size=8), st.sampled_from(",;\t"))
def test_what_is_written_as_csv_is_read_again(rows: list[list[str]], separator: str) -> None:
    import csv

    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerows([HEAD.split(","), *rows])
    kept = [row for row in rows if any(one not in ("", " ") for one in row)]
    found = rows_of(text.getvalue().encode(), separator=separator)
    assert found == [HEAD.split(","), *kept]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.text(max_size=8), JSON_VALUES, min_size=1, max_size=4),
        min_size=1,
        max_size=6,
    ),
    st.booleans(),
)
def test_what_is_written_as_json_is_read_again(items: list[dict[str, Any]], is_lines: bool) -> None:
    text = "\n".join(map(json.dumps, items)) if is_lines else json.dumps(items, indent=1)
    if is_lines and "permits" in items[0]:
        return
    [headings, *rows] = rows_of(text.encode(), FeedKind.JSON)
    assert rows == [[item.get(heading) for heading in headings] for item in items]


def _read_or_refused(content: bytes, kind: FeedKind) -> bool:
    try:
        rows_of(content, kind)
    except InvalidInput as error:
        return error.problems[0].code.startswith("feed-")
    return True


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(list(FeedKind)))
def test_any_bytes_are_read_or_refused(content: bytes, kind: FeedKind) -> None:
    starts = {FeedKind.XLSX: b"PK\x03\x04", FeedKind.JSON: b"[", FeedKind.CSV: b"number,"}
    assert _read_or_refused(starts[kind] + content, kind)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spoilt_workbook_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    assert _read_or_refused(bytes(content), FeedKind.XLSX)


SOUND = xlsx_file([["number", "surname"], *([f"A{one}", "X"] for one in range(30))])
