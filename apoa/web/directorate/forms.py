"""Forms of the directorate: offices, their areas, deadlines, outages."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from apoa.web.fields import DatePartsField


class OfficeForm(FlaskForm):
    """What an office is called."""

    name = StringField(_l("Nama kantor"))
    office_class = StringField(_l("Kelas"))
    code = StringField(_l("Kode"))


class RenameForm(FlaskForm):
    """The same without the code, which never changes."""

    name = StringField(_l("Nama kantor"))
    office_class = StringField(_l("Kelas"))


class AreaForm(FlaskForm):
    """A region to give to an office."""

    region_code = StringField(_l("Wilayah"))


class DeadlineForm(FlaskForm):
    """How many hours, for whom, from which day."""

    office_id = SelectField(_l("Berlaku untuk"), validate_choice=False)
    hours = StringField(_l("Jumlah jam"))
    effective_from = DatePartsField(_l("Mulai tanggal"))


class OutageForm(FlaskForm):
    """From when until when nobody could report, and why; without an end it lasts."""

    starts_on = DatePartsField(_l("Tanggal mulai"))
    starts_time = StringField(_l("Jam mulai"))
    ends_on = DatePartsField(_l("Tanggal berakhir"))
    ends_time = StringField(_l("Jam berakhir"))
    reason = StringField(_l("Penyebab"))


class OutageWithdrawalForm(FlaskForm):
    """Why it was no outage."""

    reason = StringField(_l("Alasan"))


class OutageEndForm(FlaskForm):
    """When it was over."""

    ends_on = DatePartsField(_l("Tanggal berakhir"))
    ends_time = StringField(_l("Jam berakhir"))
