"""Which fields a feed can fill, and by which headings each is known without being told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import apoa.permits.feed.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.base.errors import InvalidInput, Problem
from apoa.base.names import fold


@dataclass(frozen=True)
class Column:
    """A field, its heading in the template (both languages), an example, and other headings."""

    field: str
    heading_id: str
    heading_en: str
    example: str
    headings: tuple[str, ...] = ()


COLUMNS = (
    Column("number", "Nomor izin", "Permit number", "2C11AA0001-A",
           ("permit no", "no izin", "nomor izin tinggal", "no izin tinggal", "no permit",
            "nomor permit", "no itas", "no kitas", "nomor itas", "nomor kitas", "number",
            "nomor register", "no register", "stay permit number")),
    Column("issuing_state", "Negara penerbit dokumen", "Document issuing state", "UTO",
           ("negara penerbit", "negara penerbit paspor", "issuing state", "issuing country",
            "passport country", "document country", "negara paspor")),
    Column("kind", "Jenis izin", "Permit kind", "ITAS",
           ("jenis izin tinggal", "kind", "type", "permit type", "jenis", "tipe izin")),
    Column("index_code", "Kode indeks", "Index code", "E23",
           ("indeks", "index", "indeks visa", "visa index", "kode visa", "kode indeks visa")),
    Column("niora", "NIORA", "NIORA", "IM1AA00001", ("nomor niora", "no niora")),
    Column("surname", "Nama keluarga", "Surname", "CONTOH",
           ("family name", "last name", "nama belakang", "marga")),
    Column("given_names", "Nama depan", "Given names", "ANNA MARIA",
           ("given name", "first name", "first names", "nama kecil", "forenames")),
    Column("full_name", "Nama lengkap", "Full name", "",
           ("nama", "name", "nama pemegang", "nama pemegang izin", "holder", "holder name",
            "nama wna", "nama orang asing")),
    Column("sex", "Jenis kelamin", "Sex", "P", ("gender", "kelamin", "l p", "jk")),
    Column("birth_date", "Tanggal lahir", "Date of birth", "1974-08-12",
           ("tgl lahir", "birth date", "dob", "tanggal kelahiran", "birthdate")),
    Column("nationality", "Kewarganegaraan", "Nationality", "UTO",
           ("kebangsaan", "warga negara", "citizenship", "wn")),
    Column("valid_from", "Berlaku dari", "Valid from", "2026-01-15",
           ("berlaku mulai", "tanggal terbit", "tgl terbit", "issued on", "issue date",
            "mulai berlaku", "tanggal berlaku", "start date")),
    Column("valid_until", "Berlaku sampai", "Valid until", "2027-01-14",
           ("berlaku hingga", "berlaku s d", "berlaku sd", "expiry", "expires on", "expiry date",
            "valid to", "masa berlaku", "tanggal habis berlaku", "tgl habis", "end date",
            "sampai dengan")),
    Column("entered_on", "Tanggal masuk", "Entered on", "2026-01-10",
           ("tgl masuk", "tanggal kedatangan", "entry date", "arrival date", "date of entry")),
    Column("status", "Status", "Status", "aktif", ("status izin", "permit status", "keadaan")),
    Column("status_on", "Tanggal status", "Status date", "",
           ("status on", "tgl status", "status since", "tanggal perubahan status",
            "tanggal perpanjangan")),
    Column("sponsor", "Penjamin", "Sponsor", "PT Contoh", ("nama penjamin", "guarantor")),
    Column("region_code", "Kode wilayah alamat", "Address region code", "17.71",
           ("kode wilayah", "region code", "wilayah", "region", "kode kemendagri")),
    Column("issuing_office", "Kantor penerbit", "Issuing office", "",
           ("kantor imigrasi", "kanim", "office", "kantor imigrasi penerbit")),
    Column("document_number", "Nomor paspor", "Passport number", "X0000001A",
           ("no paspor", "passport no", "document number", "nomor dokumen", "no dokumen",
            "nomor dokumen perjalanan", "travel document number", "paspor", "passport")),
    Column("document_expires_on", "Paspor berlaku sampai", "Passport expires on", "2032-04-15",
           ("document expires on", "passport expiry", "passport expiry date",
            "masa berlaku paspor", "tanggal habis paspor", "dokumen berlaku sampai")),
    Column("previous_document_numbers", "Nomor paspor lama", "Previous passport numbers",
           "X0000000B", ("paspor lama", "previous passport", "old passport number",
                         "nomor dokumen lama", "previous document numbers")),
)  # fmt: skip
FIELDS = {one.field: one for one in COLUMNS}
# Of each group one column at least must be there.
NEEDED = (
    ("number",),
    ("issuing_state",),
    ("kind", "index_code"),
    ("surname", "given_names", "full_name"),
    ("birth_date",),
    ("nationality",),
    ("valid_until",),
)


def heading_of(field: str, locale: str) -> str:
    """The field's heading in the template of a language."""
    column = FIELDS[field]
    return column.heading_en if locale == "en" else column.heading_id


def guess_mapping(headings: Sequence[str]) -> dict[str, str]:
    """Field -> heading, for every heading that is known; the first of several stands."""
    found: dict[str, str] = {}
    for heading in headings:
        field = _by_heading().get(fold(heading))
        if field is not None:
            found.setdefault(field, heading)
    return found


def check_mapping(mapping: Mapping[str, str], headings: Sequence[str]) -> list[Problem]:
    """What is wrong with a choice of columns: unknown ones, and at once all that are missing."""
    problems = [
        Problem(f"/mapping/{field}", "feed-field-unknown", {"field": field})
        for field in mapping
        if field not in FIELDS
    ]
    for field, heading in mapping.items():
        if field not in FIELDS:
            continue
        if heading not in headings:
            problems.append(
                Problem(f"/mapping/{field}", "feed-column-unknown", {"column": heading})
            )
        elif list(headings).count(heading) > 1:
            problems.append(Problem(f"/mapping/{field}", "feed-column-twice", {"column": heading}))
    missing = [group for group in NEEDED if not any(field in mapping for field in group)]
    if missing:
        problems.append(Problem("/mapping", "feed-columns-missing", {"columns": _named(missing)}))
    return problems


def require_mapping(mapping: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raises InvalidInput unless the columns fill all that is needed."""
    problems = check_mapping(mapping, headings)
    if problems:
        raise InvalidInput(problems)


def _named(groups: Sequence[Sequence[str]]) -> str:
    """ "Nomor izin (Permit number), ...": the sender may read either language."""
    return ", ".join(
        " / ".join(f"{FIELDS[one].heading_id} ({FIELDS[one].heading_en})" for one in group)
        for group in groups
    )


_known: dict[str, str] = {}


def _by_heading() -> dict[str, str]:
    if not _known:
        for column in COLUMNS:
            for heading in (
                column.heading_id, column.heading_en, column.field.replace("_", " "),
                *column.headings,
            ):  # fmt: skip
                _known.setdefault(fold(heading), column.field)
    return _known
