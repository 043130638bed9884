"""The directorate changes a rule: tries it over the last 90 days, sees what it would do, saves."""

import hashlib
import json
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.clock import today
from apoa.base.errors import Refused
from apoa.crosscheck.findings.trial import TrialOutcome, try_rule
from apoa.crosscheck.rules.change import read_rule_change, set_rule
from apoa.crosscheck.rules.views import RuleView, get_rule
from apoa.offices.regions import WESTERN
from apoa.web.directorate import blueprint
from apoa.web.directorate.rule_forms import (
    RuleForm,
    field_pointers,
    make_rule_form,
    rule_data,
    starting_values,
)
from apoa.web.forms import copy_problems
from apoa.web.officers.rule_words import rule_words
from apoa.web.refusals import status_of


@blueprint.get("/rules/<rule>")
def rule(rule: str) -> str:
    """The form with the rule as it is."""
    require(g.actor, Action.EDIT_RULES)
    view = get_rule(g.actor, rule)
    data = starting_values(view.versions[0]) | {"effective_from": today(WESTERN)}
    return _page(view, make_rule_form(view.shipped, formdata=None, data=data))


@blueprint.post("/rules/<rule>")
def change_rule(rule: str) -> Response | str | tuple[str, int]:
    """Tries the change, or saves one whose trial was just seen."""
    require(g.actor, Action.EDIT_RULES)
    view = get_rule(g.actor, rule)
    form = make_rule_form(view.shipped)
    data = rule_data(form, view.shipped)
    mark = _mark(data)
    try:
        change = read_rule_change(rule, data)
        if request.form.get("act") == "save" and form.tried.data == mark:
            set_rule(g.actor, rule, change)
            flash(_("Aturan diubah."), "success")
            return redirect(url_for("officers.rule", rule=rule), 303)
        outcome = try_rule(g.actor, rule, change)
    except Refused as error:
        copy_problems(form, error, field_pointers(view.shipped))
        return _page(view, form), status_of(error)
    return _page(view, form, outcome, mark)


def _mark(data: dict[str, Any]) -> str:
    """Tells whether what is saved is what was tried."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def _page(
    view: RuleView, form: RuleForm, outcome: TrialOutcome | None = None, mark: str = ""
) -> str:
    return render_template(
        "directorate/rule.html",
        rule=view,
        form=form,
        outcome=outcome,
        mark=mark,
        **rule_words(),
    )
