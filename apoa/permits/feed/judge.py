"""Judges rows and items of a feed: what each says as a permit, or everything that is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from apoa.base.errors import InvalidInput, Problem
from apoa.permits.content import DocumentContent, PermitContent
from apoa.permits.feed.cells import read_cells
from apoa.permits.feed.columns import FIELDS
from apoa.permits.feed.references import References
from apoa.permits.feed.row import PermitRow
from apoa.permits.feed.schema import PermitRowSchema
from apoa.permits.feed.table import Line, has_content


@dataclass
class Judged:
    """A permit with what is unusual about it, or nothing with what is wrong; never both."""

    number: int
    content: PermitContent | None = None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


class Judge:
    """Judges one after another with what the country knows of index codes, offices, regions."""

    def __init__(self) -> None:
        self._schema = PermitRowSchema()
        self._references = References()

    def judge_lines(
        self, lines: Sequence[Line], places: Mapping[str, int], width: int, is_sheet: bool
    ) -> list[Judged]:
        """The rows of a file; `places` says where each field stands, `width` how many cells."""
        return self._complete([self._line(one, places, width, is_sheet) for one in lines])

    def judge_items(self, items: Sequence[Any]) -> list[Judged]:
        """Items of a call, numbered from 1; their fields are those of the schema, by name."""
        return self._complete([self._item(n, one) for n, one in enumerate(items, start=1)])

    def _line(
        self, line: Line, places: Mapping[str, int], width: int, is_sheet: bool
    ) -> tuple[Judged, PermitRow | None]:
        judged = Judged(line.number)
        if line.code is not None:
            judged.problems.append(Problem("", line.code))
            return judged, None
        if len(line.cells) > width and has_content(line.cells[width:]):
            judged.problems.append(Problem("", "feed-too-many-cells"))
            return judged, None
        fields, problems = read_cells(places, line.cells, is_sheet)
        return judged, self._read(judged, fields, problems)

    def _item(self, number: int, item: Any) -> tuple[Judged, PermitRow | None]:
        judged = Judged(number)
        if not isinstance(item, dict):
            judged.problems.append(Problem("", "feed-not-an-item"))
            return judged, None
        # A sheet's numbers may be days; a program writes days and numbers of permits as text.
        problems = [
            Problem(f"/{name}", "not-text")
            for name, one in item.items()
            if name in FIELDS and one is not None and not isinstance(one, str)
        ]
        spoilt = {one.pointer[1:] for one in problems}
        fields = {name: one for name, one in item.items() if name not in spoilt}
        return judged, self._read(judged, fields, problems)

    def _read(
        self, judged: Judged, fields: Mapping[str, Any], problems: list[Problem]
    ) -> PermitRow | None:
        """`problems` are of fields that could not even be looked at."""
        row: PermitRow | None = None
        found: list[Problem] = []
        try:
            row = self._schema.read(fields)
        except InvalidInput as error:
            found = error.problems
        # What could not be looked at is not missing.
        spoilt = {one.pointer for one in problems}
        judged.problems = problems + [one for one in found if one.pointer not in spoilt]
        return None if judged.problems else row

    def _complete(self, pairs: list[tuple[Judged, PermitRow | None]]) -> list[Judged]:
        self._references.look_up(row.region_code for _, row in pairs if row is not None)
        for judged, row in pairs:
            if row is not None:
                self._fill(judged, row)
        return [judged for judged, _ in pairs]

    def _fill(self, judged: Judged, row: PermitRow) -> None:
        known, warnings = self._references, judged.warnings
        kind = row.kind
        if row.index_code and known.kind_of(row.index_code) is None:
            warnings.append(
                Problem("/index_code", "permit-index-unknown", {"code": row.index_code})
            )
        elif row.index_code and kind is None:
            kind = known.kind_of(row.index_code)
        if kind is None:
            judged.problems = [Problem("/kind", "permit-kind-needed")]
            judged.warnings = []
            return
        region = known.region_of(row.region_code) if row.region_code else None
        if row.region_code and region is None:
            warnings.append(Problem("/region_code", "permit-region-unknown"))
        office_id = known.office_of(row.issuing_office) if row.issuing_office else None
        if row.issuing_office and office_id is None:
            warnings.append(Problem("/issuing_office", "permit-office-unknown"))
        judged.content = _content(row, kind, region, office_id)


def _content(
    row: PermitRow, kind: str, region: str | None, office_id: UUID | None
) -> PermitContent:
    documents: tuple[DocumentContent, ...] = ()
    if row.document_number:
        documents = (
            DocumentContent(row.document_number, row.issuing_state, row.document_expires_on),
            *(DocumentContent(one, row.issuing_state) for one in row.previous_documents),
        )
    return PermitContent(
        number=row.number,
        issuing_state=row.issuing_state,
        kind=kind,
        birth_date=row.birth_date,
        nationality=row.nationality,
        valid_until=row.valid_until,
        surname=row.surname,
        given_names=row.given_names,
        sex=row.sex,
        index_code=row.index_code,
        niora=row.niora,
        valid_from=row.valid_from,
        entered_on=row.entered_on,
        status=row.status,
        status_on=row.status_on,
        sponsor=row.sponsor,
        region_code=region,
        issuing_office_id=office_id,
        documents=documents,
    )
