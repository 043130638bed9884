"""The words of a stay's warnings; they ask for a look and never block."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from apoa.base.errors import Problem
from apoa.base.problems import problem_text
from apoa.stays.outcome import WITHHELD_SIGN
from apoa.web.frontdesk.changes import field_label, field_words
from apoa.web.frontdesk.mrz_words import zone_field_label
from apoa.web.locale import select_locale


@dataclass(frozen=True)
class WarningWords:
    """A warning's sentence, and the other stay that it is about if there is one."""

    detail: str
    other_stay_id: str | None = None


def warning_words(warnings: Iterable[Problem]) -> list[WarningWords]:
    """One sentence for each warning, in the reader's language."""
    return [_words(warning) for warning in warnings]


def _words(warning: Problem) -> WarningWords:
    if warning.code == "possible-duplicate":
        # The id is for programs; a person gets a link.
        return WarningWords(_("Tamu ini mungkin sudah dilaporkan."), warning.params.get("stay_id"))
    if warning.code == "mrz-disagrees":
        return WarningWords(_disagreement(warning))
    if warning.code in ("mrz-check-digit", "mrz-proposal"):
        label = zone_field_label(warning.params["field"])
        return WarningWords(f"{label}: {problem_text(warning, select_locale())}")
    return WarningWords(problem_text(warning, select_locale()))


def _disagreement(warning: Problem) -> str:
    """Both values, each in the words of its field: "12 Agustus 1974", "Swedia (SWE)"."""
    values = {
        name: value if value == WITHHELD_SIGN else field_words(warning.pointer, value, "")
        for name, value in warning.params.items()
        if name in ("given", "read")
    }
    label = field_label(warning.pointer)
    return _("%(field)s: diisi %(given)s, tetapi menurut MRZ %(read)s.", field=label, **values)
