"""Forms of rules: one made for the parameters of each, and that of a fine's rate."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice

from apoa.crosscheck.rules.parameters import Parameter
from apoa.crosscheck.rules.shipped import ShippedRule
from apoa.crosscheck.rules.views import RuleVersionView
from apoa.web.fields import CheckboxesField, DatePartsField
from apoa.web.locale import select_locale
from apoa.web.officers.rule_words import SECTION_WORDS, SEVERITY_WORDS, option_text

PREFIX = "parameter_"


class RuleForm(FlaskForm):
    """What every rule has; `make_rule_form` adds the parameters."""

    tried = HiddenField()
    severity = SelectField(_l("Tingkat"), validate_choice=False)
    handled_by = SelectField(_l("Ditangani"), validate_choice=False)
    legal_basis_id = StringField(_l("Dasar hukum, dalam bahasa Indonesia"))
    legal_basis_en = StringField(_l("Dasar hukum, dalam bahasa Inggris"))
    effective_from = DatePartsField(_l("Mulai tanggal"))


class FineRateForm(FlaskForm):
    """What a day over costs, from which day on."""

    per_day = StringField(_l("Denda per hari (rupiah)"))
    most_days = StringField(_l("Paling banyak hari"))
    effective_from = DatePartsField(_l("Mulai tanggal"))
    source = StringField(_l("Dasar hukum"))


def make_rule_form(shipped: ShippedRule, **kwargs: Any) -> RuleForm:
    """The form of one rule, with a field for each of its parameters."""
    fields = {PREFIX + one.name: _field(one) for one in shipped.parameters}
    form: RuleForm = type("RuleForm", (RuleForm,), fields)(**kwargs)
    form.severity.choices = [SelectChoice(k.value, str(v)) for k, v in SEVERITY_WORDS.items()]
    form.handled_by.choices = [SelectChoice(k.value, str(v)) for k, v in SECTION_WORDS.items()]
    return form


def starting_values(version: RuleVersionView) -> dict[str, Any]:
    """What the form shows first: the rule as it is."""
    return {
        "severity": version.severity,
        "handled_by": version.handled_by,
        "legal_basis_id": version.legal_basis.indonesian,
        "legal_basis_en": version.legal_basis.english,
        **{PREFIX + name: value for name, value in version.parameters.items()},
    }


def rule_data(form: RuleForm, shipped: ShippedRule) -> dict[str, Any]:
    """What was typed, as the change of a rule is read."""
    return {
        "parameters": {one.name: form[PREFIX + one.name].data for one in shipped.parameters},
        "severity": form.severity.data,
        "handled_by": form.handled_by.data,
        "legal_basis_id": form.legal_basis_id.data or "",
        "legal_basis_en": form.legal_basis_en.data or "",
        "effective_from": form.effective_from.data or "",
    }


def field_pointers(shipped: ShippedRule) -> dict[str, str]:
    """Which field each parameter's problems belong to."""
    return {f"/parameters/{one.name}": PREFIX + one.name for one in shipped.parameters}


def _field(parameter: Parameter) -> Field:
    label = parameter.label.in_locale(select_locale())
    if parameter.is_flag:
        return BooleanField(label)
    if parameter.is_list:
        choices = [SelectChoice(one, option_text(one)) for one in parameter.options]
        return CheckboxesField(label, choices=choices, validate_choice=False)
    return StringField(label)
