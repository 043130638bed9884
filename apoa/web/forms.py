"""How a form and the schemas speak to each other: data in, problems back to their fields."""

from collections.abc import Iterable, Mapping

from flask_wtf import FlaskForm
from wtforms import Field

from apoa.base.errors import Problem, Refused
from apoa.base.problems import problem_text
from apoa.web.locale import select_locale


def copy_problems(
    form: FlaskForm, error: Refused | Iterable[Problem], fields: Mapping[str, str] | None = None
) -> None:
    """Puts each problem's words on its field; what has no field stands at the form's head.

    `fields` maps JSON pointers to field names where the last part of the pointer is not the name.
    """
    problems = error.problems if isinstance(error, Refused) else list(error)
    general = list(form.form_errors)
    for problem in problems:
        text = problem_text(problem, select_locale())
        field = _field_of(form, problem.pointer, fields or {})
        if field is None:
            general.append(text)
        elif text not in field.errors:
            field.errors = [*field.errors, text]
    form.form_errors = general


def _field_of(form: FlaskForm, pointer: str, fields: Mapping[str, str]) -> Field | None:
    name = fields.get(pointer, pointer.rpartition("/")[2])
    field: Field | None = form[name] if name and name in form else None
    return field
