"""What stands where on a receipt: sections of labelled rows, in the order they are read."""

from typing import NamedTuple

from apoa.stays.receipt.coverage import breakable, display_width, printable
from apoa.stays.receipt.qr import qr_svg
from apoa.stays.receipt.view import Language, ReceiptView
from apoa.stays.receipt.wording import say_date, say_instant, say_partial_date, term

_LONGEST_WIDE_VALUE = 280
_LONGEST_HALF_VALUE = 90
# At the usual size a page has room for nine lines more than the shortest receipt. A page that is
# surely roomy, with lines guessed high, need not be measured, which costs time and memory.
_SPARE_LINES = 5
_LINES_OF_A_NOTE = 3
_WIDE_LINE = 66
_HALF_LINE = 28
_NOT_GIVEN = {"id": "Tidak diisi", "en": "Not given"}
_NOT_YET = {"id": "Belum", "en": "Not yet"}


class Row(NamedTuple):
    """A label in both languages, its value, how that is drawn, and whether it needs the whole line.

    Kinds: text, name (bold), native (larger, for small scripts), code (fixed width).
    """

    id: str
    en: str
    value: str | None
    kind: str = "text"
    wide: bool = False


class Section(NamedTuple):
    """A heading in both languages and its rows."""

    id: str
    en: str
    rows: list[Row]


def page_of(view: ReceiptView, language: Language, *, marks: bool = True) -> dict[str, object]:
    """The receipt as the template takes it: plain data, every text drawable and bounded.

    `marks` is passed to `coverage.printable`.
    """
    sections = [
        section._replace(rows=[_fitted_row(row, language, marks) for row in section.rows])
        for section in _sections(view, language)
    ]
    notes = _notes(view)
    return {
        # Han characters are drawn the Japanese way for Japanese names.
        "name_language": "ja" if view.nationality_code == "JPN" else language,
        "number": view.number,
        "qr": qr_svg(view.verification_url),
        "address": view.verification_url,
        "url": breakable(view.verification_url),
        "notes": notes,
        "roomy": _extra_lines(sections) + _LINES_OF_A_NOTE * len(notes) <= _SPARE_LINES,
        "sections": [
            section._asdict() | {"rows": [row._asdict() for row in section.rows]}
            for section in sections
        ],
    }


def _fitted_row(row: Row, language: Language, marks: bool) -> Row:
    longest = _LONGEST_WIDE_VALUE if row.wide else _LONGEST_HALF_VALUE
    return row._replace(value=fitted(row.value or _NOT_GIVEN[language], longest, marks))


def _extra_lines(sections: list[Section]) -> int:
    """How many lines the values take beyond one each, guessed high."""
    return sum(
        int(display_width(row.value or "") / (_WIDE_LINE if row.wide else _HALF_LINE))
        for section in sections
        for row in section.rows
    )


def fitted(value: str, longest: int, marks: bool = True) -> str:
    """The value with only drawable characters, at most `longest` of them, breakable anywhere."""
    text = printable(value, marks=marks)
    if len(text) > longest:
        text = text[: longest - 1].rstrip() + "…"
    return breakable(text)


def _sections(view: ReceiptView, language: Language) -> list[Section]:
    return [
        Section(
            "Penginapan",
            "Lodging",
            [
                Row("Nama", "Name", view.property_name, "name", wide=True),
                Row("Alamat", "Address", view.property_address, wide=True),
                Row("Kantor imigrasi", "Immigration office", view.office_name, wide=True),
            ],
        ),
        Section("Tamu asing", "Foreign guest", _guest_rows(view, language)),
        Section("Menginap", "Stay", _stay_rows(view, language)),
        Section("Laporan", "Report", _report_rows(view, language)),
        Section(
            "Bukti digital",
            "Digital proof",
            [
                Row("Sidik isi laporan", "Content digest", view.content_digest, "code", wide=True),
                Row("Kunci tanda tangan", "Signing key", view.key_id, "code"),
            ],
        ),
    ]


def _guest_rows(view: ReceiptView, language: Language) -> list[Row]:
    rows = [Row("Nama", "Name", view.guest_name, "name", wide=True)]
    if view.native_name:
        rows.append(
            Row("Nama aksara asli", "Name in own script", view.native_name, "native", wide=True)
        )
    rows += [
        Row("Kebangsaan", "Nationality", f"{view.nationality_name} ({view.nationality_code})"),
        Row("Jenis kelamin", "Sex", term("sex", view.sex, language)),
        Row("Tanggal lahir", "Date of birth", say_partial_date(view.birth_date, language)),
    ]
    if view.document_unavailable_reason:
        reason = view.document_unavailable_reason
        rows.append(Row("Tanpa dokumen", "No travel document", reason, wide=True))
        return rows
    issuer = view.issuing_state_name
    if issuer and view.issuing_state_code:
        issuer = f"{issuer} ({view.issuing_state_code})"
    kind = term("document_type", view.document_type, language) if view.document_type else None
    rows += [
        Row("Dokumen perjalanan", "Travel document", kind),
        Row("Nomor dokumen", "Document number", view.document_number, "code"),
        Row("Negara penerbit", "Issuing state", issuer),
    ]
    return rows


def _stay_rows(view: ReceiptView, language: Language) -> list[Row]:
    left_at = _NOT_YET[language]
    if view.checked_out_at is not None:
        left_at = say_instant(view.checked_out_at, view.time_zone, language)
    return [
        Row("Kamar", "Room", view.room),
        Row("Masuk", "Check-in", say_instant(view.checked_in_at, view.time_zone, language)),
        Row("Rencana keluar", "Expected departure", say_date(view.expected_departure_on, language)),
        Row("Keluar", "Check-out", left_at),
        Row("Status", "State", term("state", view.state, language)),
    ]


def _report_rows(view: ReceiptView, language: Language) -> list[Row]:
    received = say_instant(view.received_at, view.time_zone, language)
    first = say_instant(view.first_received_at, view.time_zone, language)
    rows = [
        Row("Diterima pertama kali", "First received", first),
        Row("Batas waktu lapor", "Deadline", say_instant(view.due_at, view.time_zone, language)),
        Row("Ketepatan", "Timeliness", term("deadline_state", view.deadline_state, language)),
    ]
    if view.late_reason:
        rows.append(Row("Alasan terlambat", "Reason for lateness", view.late_reason, wide=True))
    version = str(view.version)
    if view.version > 1:
        version = f"{version} ({received})"
    issued = say_instant(view.issued_at, view.time_zone, language)
    rows += [
        Row("Versi laporan", "Report version", version),
        Row("Tanda terima terbit", "Receipt issued", issued),
    ]
    return rows


def _notes(view: ReceiptView) -> list[dict[str, str]]:
    """What a reader must not overlook: the stay was cancelled, or this is a later version."""
    found = []
    if view.state == "cancelled":
        found.append(
            {
                "kind": "warning",
                "id": "Laporan menginap ini dibatalkan.",
                "en": "This stay report was cancelled.",
            }
        )
    if view.version > 1:
        first_id = say_instant(view.first_received_at, view.time_zone, "id")
        first_en = say_instant(view.first_received_at, view.time_zone, "en")
        found.append(
            {
                "kind": "note",
                "id": f"Laporan ini diubah: versi {view.version}. Pertama diterima {first_id}.",
                "en": f"This report was amended: version {view.version}. "
                f"First received {first_en}.",
            }
        )
    return found
