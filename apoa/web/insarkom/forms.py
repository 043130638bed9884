"""Forms of onboarding: the reason of a decision, the filters of the list."""

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from apoa.properties.listing import PROPERTY_STATES
from apoa.properties.rules import Step
from apoa.web.lodging_labels import TYPE_LABELS
from apoa.web.ui import STATE_TAGS


class ReasonForm(FlaskForm):
    """Why an officer decides so; `seen` is the latest step that their page showed."""

    reason = TextAreaField(_l("Alasan"))
    seen = HiddenField()


class PropertyFilterForm(Form):
    """What the list of lodgings is narrowed to; sent in the address, so without CSRF token."""

    name = StringField(_l("Nama tempat penginapan"))
    type = SelectField(
        _l("Jenis tempat penginapan"),
        choices=[
            SelectChoice("", _l("Semua jenis")),
            *(SelectChoice(kind.value, label) for kind, label in TYPE_LABELS.items()),
        ],
        validate_choice=False,
    )
    state = SelectField(
        _l("Keadaan"),
        choices=[
            SelectChoice("", _l("Semua keadaan")),
            *(SelectChoice(state.value, STATE_TAGS[state.value][1]) for state in PROPERTY_STATES),
        ],
        validate_choice=False,
    )
    region_code = StringField(_l("Wilayah"))


def reason_forms(steps: tuple[Step, ...]) -> dict[Step, ReasonForm]:
    """A form for each step; only the one whose page was sent takes what was typed."""
    return {step: _reason_form(step) for step in steps}


def _reason_form(step: Step) -> ReasonForm:
    prefix = step.value.replace("_", "-")
    if f"{prefix}-reason" in request.form:
        return ReasonForm(prefix=prefix)
    return ReasonForm(formdata=None, prefix=prefix)
