"""Which codes the form's lists offer, in the reader's language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from wtforms.fields import SelectChoice

from apoa.base.countries import COUNTRIES, country_name, is_foreign, nationalities
from apoa.base.names import fold
from apoa.web.locale import select_locale

Codes = Iterable[tuple[str, str, str]]


def nationality_choices(chosen: str | None) -> list[SelectChoice]:
    """Every foreign nationality; the specimen's only where a document brought it."""
    codes = [c.code for c in nationalities(select_locale()) if is_foreign(c.code)]
    return _country_choices(codes, chosen)


def issuing_state_choices(chosen: str | None) -> list[SelectChoice]:
    """Every state or organisation that issues documents still in use."""
    locale = select_locale()
    codes = [c.code for c in nationalities(locale)]
    others = [c.code for c in COUNTRIES.values() if not c.is_nationality]
    others.sort(key=lambda code: fold(country_name(code, locale)))
    return _country_choices(codes + others, chosen)


def code_choices(codes: Codes, *, empty: bool = True) -> list[SelectChoice]:
    """A code list with an empty line on top where nothing need be chosen."""
    english = select_locale() == "en"
    listed = [SelectChoice(code, en if english else indonesian) for code, indonesian, en in codes]
    return [SelectChoice("", _("Pilih")), *listed] if empty else listed


def code_label(codes: Codes, code: str | None) -> str:
    """A code's words; a code that is not listed as it is, "" for none."""
    found = (one.label for one in code_choices(codes) if one.value == code)
    return next(found, code) or ""


def country_label(code: str | None) -> str:
    """A country's name with its code: "Swedia (SWE)"."""
    if not code:
        return ""
    return f"{country_name(code, select_locale())} ({code})" if code in COUNTRIES else code


def _country_choices(codes: list[str], chosen: str | None) -> list[SelectChoice]:
    if chosen in COUNTRIES and chosen not in codes:
        codes = [*codes, chosen]
    return [SelectChoice("", _("Pilih negara")), *(_country_choice(code) for code in codes)]


def _country_choice(code: str) -> SelectChoice:
    locale = select_locale()
    label = country_name(code, locale)
    other = country_name(code, "en" if locale == "id" else "id")
    # The other language's name finds it too: guests name their country in English.
    extra = {} if fold(other) == fold(label) else {"data-alt": other}
    return SelectChoice(code, label, render_kw=extra)
