"""Forms of the tables of permits: index codes and lists of nationalities."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice

from apoa.permits.nationality_table import ListingView
from apoa.permits.tables import list_kinds
from apoa.web.fields import DatePartsField
from apoa.web.frontdesk.choices import country_label, nationality_choices
from apoa.web.locale import select_locale


class IndexForm(FlaskForm):
    """How long permits of an index code last, from which day on."""

    code = StringField(_l("Kode indeks"))
    kind = SelectField(_l("Jenis izin"), validate_choice=False)
    name_id = StringField(_l("Nama dalam bahasa Indonesia"))
    name_en = StringField(_l("Nama dalam bahasa Inggris"))
    first_length = StringField(_l("Lama izin pertama"))
    first_unit = RadioField(_l("Satuan lama izin pertama"), validate_choice=False)
    extension_length = StringField(_l("Lama satu perpanjangan"))
    extension_unit = RadioField(_l("Satuan lama perpanjangan"), validate_choice=False)
    most_extensions = StringField(_l("Banyaknya perpanjangan"))
    most_days = StringField(_l("Paling lama seluruhnya"))
    effective_from = DatePartsField(_l("Mulai tanggal"))
    source = StringField(_l("Dasar hukum"))

    def offer_choices(self) -> None:
        """Fills the lists, in the reader's language."""
        english = select_locale() == "en"
        self.kind.choices = [
            SelectChoice("", _("Pilih")),
            *(SelectChoice(k.code, k.name_en if english else k.name_id) for k in list_kinds()),
        ]
        units = [SelectChoice("days", _("hari")), SelectChoice("months", _("bulan"))]
        for field in (self.first_unit, self.extension_unit):
            field.choices = units
            field.data = field.data or "days"


class ListingForm(FlaskForm):
    """A nationality to put on a list, from which day on."""

    nationality = SelectField(_l("Kewarganegaraan"), validate_choice=False)
    effective_from = DatePartsField(_l("Mulai tanggal"))
    source = StringField(_l("Dasar hukum"))

    def offer_choices(self) -> None:
        """Fills the list, in the reader's language."""
        self.nationality.choices = nationality_choices(self.nationality.data)


class ListingEndForm(FlaskForm):
    """A nationality to take off a list, after which day."""

    entry_id = SelectField(_l("Kewarganegaraan"), validate_choice=False)
    effective_until = DatePartsField(_l("Hari terakhir"))

    def offer_choices(self, entries: Iterable[ListingView]) -> None:
        """Offers what is on the list without an end."""
        self.entry_id.choices = [
            SelectChoice("", _("Pilih")),
            *(
                SelectChoice(str(one.id), country_label(one.nationality))
                for one in entries
                if one.effective_until is None
            ),
        ]
