"""How rules of the cross-check read on the screen: sections, severities, values of parameters."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from apoa.crosscheck.rules.names import Section, Severity
from apoa.crosscheck.rules.parameters import Parameter
from apoa.stays.codes import PERMIT_KINDS, code_name
from apoa.web.locale import select_locale

SEVERITY_WORDS = {
    Severity.LOW: lazy_gettext("Rendah"),
    Severity.NORMAL: lazy_gettext("Sedang"),
    Severity.HIGH: lazy_gettext("Tinggi"),
    Severity.URGENT: lazy_gettext("Segera"),
}
SECTION_WORDS = {
    Section.INSARKOM: lazy_gettext("Insarkom"),
    Section.SUPERVISION: lazy_gettext("Pengawasan"),
}


def parameter_text(parameter: Parameter, value: Any) -> str:
    """The value of a parameter: yes or no, names of kinds of permit, or a number."""
    if parameter.is_flag:
        return _("Ya") if value else _("Tidak")
    if parameter.is_list:
        return ", ".join(option_text(one) for one in value)
    return str(value)


def option_text(option: str) -> str:
    """What an option of a parameter is called: so far they are kinds of permit."""
    return code_name(PERMIT_KINDS, option, select_locale())


def rule_words() -> dict[str, Any]:
    """What the templates of rules need besides the rules themselves."""
    return {
        "severity_words": SEVERITY_WORDS,
        "section_words": SECTION_WORDS,
        "parameter_text": parameter_text,
        "locale": select_locale(),
    }
