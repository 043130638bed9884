"""What an officer's forms ask; the rules are in `apoa.supervision.terms`."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice

from apoa.base.countries import country_name, is_foreign, nationalities
from apoa.base.names import fold
from apoa.stays.models import StayState
from apoa.supervision.terms import SearchTerms
from apoa.web.fields import DatePartsField
from apoa.web.locale import select_locale
from apoa.web.ui import state_tag

TERMS = (
    "document_number",
    "name",
    "nationality",
    "birth_date",
    "property_id",
    "property_name",
    "region_code",
    "state",
    "in_house_on",
    "in_house_from",
    "in_house_to",
)


class PurposeForm(FlaskForm):
    """Why the officer looks."""

    purpose = StringField(_l("Keperluan"))


class SearchForm(FlaskForm):
    """What to look for; every field but the purpose may stay empty."""

    purpose = StringField(_l("Keperluan"))
    document_number = StringField(_l("Nomor dokumen"))
    name = StringField(_l("Nama"))
    nationality = SelectField(_l("Kewarganegaraan"), validate_choice=False)
    birth_date = DatePartsField(_l("Tanggal lahir"))
    property_id = HiddenField(_l("Tempat penginapan"))
    property_name = StringField(_l("Nama tempat penginapan"))
    region_code = StringField(_l("Wilayah"))
    state = SelectField(_l("Keadaan"), validate_choice=False)
    in_house_on = DatePartsField(_l("Menginap pada tanggal"))
    in_house_from = DatePartsField(_l("Menginap sejak tanggal"))
    in_house_to = DatePartsField(_l("Menginap sampai tanggal"))

    def offer_choices(self) -> None:
        """Fills the lists, in the reader's language."""
        self.nationality.choices = _nationalities()
        self.state.choices = _states()

    def terms(self) -> dict[str, str | None]:
        """What was filled in, as the schema reads it."""
        found = {name: _filled(self[name].data) for name in TERMS}
        return found | {"purpose": _filled(self.purpose.data)}

    def show(self, terms: SearchTerms) -> None:
        """Fills the form with the terms of an earlier search."""
        mapping: Mapping[str, str] = terms.to_mapping()
        for name, value in mapping.items():
            self[name].process_data(value)


def _filled(text: str | None) -> str | None:
    return (text or "").strip() or None


def _nationalities() -> list[SelectChoice]:
    locale = select_locale()
    other = "en" if locale == "id" else "id"
    choices = [SelectChoice("", str(_l("Semua")))]
    for country in nationalities(locale):
        if is_foreign(country.code):
            label, also = country_name(country.code, locale), country_name(country.code, other)
            # The other language's name finds it too.
            extra = {} if fold(label) == fold(also) else {"data-alt": also}
            choices.append(SelectChoice(country.code, label, render_kw=extra))
    return choices


def _states() -> list[SelectChoice]:
    listed = [SelectChoice(state.value, state_tag(state)[1]) for state in StayState]
    return [SelectChoice("", str(_l("Semua"))), *listed]
