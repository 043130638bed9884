"""How a refusal is told where no form stands that could show it at a field."""

from flask import flash

from apoa.base.errors import Refused
from apoa.base.problems import problem_text
from apoa.web.locale import select_locale


def flash_problems(error: Refused) -> None:
    """One message for each reason, once."""
    for text in dict.fromkeys(problem_text(one, select_locale()) for one in error.problems):
        flash(text, "error")
