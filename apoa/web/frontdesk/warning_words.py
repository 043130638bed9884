"""The words of a stay's warnings; they ask for a look and never block."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from apoa.base.errors import Problem
from apoa.base.problems import problem_text
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
    return WarningWords(problem_text(warning, select_locale()))
