"""The forms of the pages of permit feeds: a file, its columns, a key; labels and no rules."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from apoa.permits.feed.columns import COLUMNS, heading_of
from apoa.permits.feed.receive import Preview
from apoa.web.fields import DatePartsField
from apoa.web.locale import select_locale

PREFIX = "column_"


class FeedFileForm(FlaskForm):
    """A file to be taken over, and of when its content is."""

    file = FileField(_l("Berkas"))
    data_as_of = DatePartsField(_l("Data per tanggal"))
    office_id = SelectField(_l("Untuk kantor"), choices=[], validate_choice=False)


class ColumnsForm(FlaskForm):
    """How the file is read. The selects of the columns are added by `columns_form`."""

    encoding = SelectField(
        _l("Penyandian CSV"),
        choices=[
            SelectChoice("", _l("UTF-8, atau menurut tanda di awal berkas")),
            SelectChoice("utf-16", "UTF-16"),
            SelectChoice("cp1252", "Windows-1252"),
        ],
        validate_choice=False,
    )
    separator = SelectField(
        _l("Pemisah kolom CSV"),
        choices=[
            SelectChoice("", _l("yang paling sering di baris judul")),
            SelectChoice(",", _l("koma")),
            SelectChoice(";", _l("titik koma")),
            SelectChoice("\t", _l("tab")),
        ],
        validate_choice=False,
    )

    @property
    def reading(self) -> dict[str, str]:
        """How to read, as far as it is said."""
        given = {"encoding": self.encoding.data, "separator": self.separator.data}
        return {name: one for name, one in given.items() if one}

    @property
    def mapping(self) -> dict[str, str]:
        """Field -> heading of what was chosen."""
        chosen = {name.removeprefix(PREFIX): self[name].data for name in self.column_names()}
        return {name: one for name, one in chosen.items() if one}

    def column_names(self) -> list[str]:
        """The names of the selects of the columns."""
        return [name for name in self._fields if name.startswith(PREFIX)]


class FeedKeyForm(FlaskForm):
    """A key for the office's own system."""

    name = StringField(_l("Nama kunci"))
    office_id = SelectField(_l("Untuk kantor"), choices=[], validate_choice=False)
    life = RadioField(
        _l("Berlaku selama"),
        choices=[
            SelectChoice("90", _l("90 hari")),
            SelectChoice("365", _l("1 tahun")),
            SelectChoice("730", _l("2 tahun")),
        ],
        default="365",
    )

    def chosen_life(self) -> timedelta:
        """As chosen; what is not on offer is no time at all."""
        text = self.life.data or ""
        return timedelta(days=int(text)) if text in ("90", "365", "730") else timedelta(0)


def columns_form(
    preview: Preview | None, reading: Mapping[str, Any], mapping: Mapping[str, str]
) -> ColumnsForm:
    """The form with a select for each field, filled from what was sent, else from `mapping`."""
    headings = list(dict.fromkeys(preview.headings)) if preview else []
    examples = _examples(preview)
    selects = {
        f"{PREFIX}{column.field}": SelectField(
            heading_of(column.field, select_locale()),
            choices=[
                SelectChoice("", "–"),
                *(SelectChoice(one, _with_example(one, examples)) for one in headings if one),
            ],
            validate_choice=False,
            default=mapping.get(column.field, ""),
        )
        for column in COLUMNS
    }
    made: type[ColumnsForm] = type("ChosenColumnsForm", (ColumnsForm,), selects)
    sent = None if request.method == "POST" else {}
    form = made(formdata=sent) if sent is not None else made()
    if request.method != "POST":
        form.encoding.data = reading.get("encoding", "")
        form.separator.data = reading.get("separator", "")
    return form


def _examples(preview: Preview | None) -> dict[str, str]:
    """The first cell under each heading that holds anything."""
    found: dict[str, str] = {}
    for row in preview.samples if preview else []:
        for heading, cell in zip(preview.headings if preview else (), row, strict=False):
            if cell:
                found.setdefault(heading, cell)
    return found


def _with_example(heading: str, examples: Mapping[str, str]) -> str:
    example = examples.get(heading)
    return f"{heading} ({example[:24]})" if example else heading


def office_choices(offices: Mapping[Any, str]) -> Sequence[SelectChoice]:
    """Offices as choices, by name."""
    return [SelectChoice(str(one), name) for one, name in offices.items()]
