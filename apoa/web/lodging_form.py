"""The form with a lodging's data: for its registration, its correction and its manager."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from apoa.properties.content import FIELDS
from apoa.properties.schemas import Registration, RegistrationSchema
from apoa.web.lodging_labels import FIELD_LABELS, TYPE_LABELS


class LodgingForm(FlaskForm):
    """Labels and widgets; the rules are in `RegistrationSchema`."""

    type = SelectField(
        FIELD_LABELS["type"],
        choices=[
            SelectChoice("", _l("Pilih jenisnya")),
            *(SelectChoice(kind.value, label) for kind, label in TYPE_LABELS.items()),
        ],
        validate_choice=False,
    )
    name = StringField(FIELD_LABELS["name"])
    rooms = StringField(FIELD_LABELS["rooms"])
    nib = StringField(FIELD_LABELS["nib"])
    no_nib_reason = StringField(FIELD_LABELS["no_nib_reason"])
    address = TextAreaField(FIELD_LABELS["address"])
    region_code = StringField(FIELD_LABELS["region_code"])
    latitude = StringField(FIELD_LABELS["latitude"])
    longitude = StringField(FIELD_LABELS["longitude"])
    responsible_name = StringField(FIELD_LABELS["responsible_name"])
    responsible_email = StringField(FIELD_LABELS["responsible_email"])
    phone = StringField(FIELD_LABELS["phone"])


def make_form(content: Mapping[str, str] | None = None) -> LodgingForm:
    """The form as it was sent, else filled with this content."""
    return LodgingForm(data=dict(content) if content else None)


def read_form(form: LodgingForm) -> Registration:
    """What was typed, judged by the schema. Raises InvalidInput."""
    typed = {name: (form[name].data or "").strip() for name in FIELDS}
    given = {name: text for name, text in typed.items() if text}
    registration: Registration = RegistrationSchema().read(given)
    return registration
