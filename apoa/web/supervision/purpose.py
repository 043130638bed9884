"""Asks an officer once a session why they look at persons, before the first page that shows one."""

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from apoa.access.sessions import find_purpose, set_purpose
from apoa.base.errors import InvalidInput
from apoa.supervision.terms import PurposeSchema
from apoa.web.forms import copy_problems
from apoa.web.supervision.forms import PurposeForm


def ask_purpose() -> ResponseReturnValue | None:
    """The question, or what follows its answer; None where the purpose is known.

    The answer is posted to the very page that asked, which needs no address to return to.
    """
    if request.method == "POST":
        return _take_answer()
    return None if find_purpose(g.actor) else _question(PurposeForm(formdata=None))


def known_purpose() -> str:
    """The purpose of this session, where `ask_purpose` let the request pass."""
    return find_purpose(g.actor) or ""


def keep_purpose(purpose: str) -> None:
    """Puts the purpose on the session where it is another one than before."""
    if find_purpose(g.actor) != purpose:
        set_purpose(g.actor, purpose)


def _take_answer() -> ResponseReturnValue:
    form = PurposeForm()
    try:
        answer = PurposeSchema().read({"purpose": form.purpose.data or None})
    except InvalidInput as error:
        copy_problems(form, error)
        return _question(form), 422
    keep_purpose(answer["purpose"])
    return redirect(request.full_path.rstrip("?"), 303)


def _question(form: PurposeForm) -> str:
    return render_template("supervision/purpose.html", form=form)
