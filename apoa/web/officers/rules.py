"""The register of rules as officers see it, and a head of office's switch."""

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from apoa.access.actors import Actor, require
from apoa.access.roles import ALLOWED, Action
from apoa.base.clock import today
from apoa.base.errors import InvalidInput, NotFound, Refused
from apoa.crosscheck.rules.switch import switch_rule
from apoa.crosscheck.rules.views import RuleView, get_rule, list_rules
from apoa.offices.queries import get_office
from apoa.offices.regions import WESTERN
from apoa.web.fields import DatePartsField
from apoa.web.forms import copy_problems
from apoa.web.officers import blueprint
from apoa.web.officers.rule_words import rule_words
from apoa.web.refusals import status_of


class SwitchForm(FlaskForm):
    """From which day on the office is asked by a rule or not, and why."""

    office_id = HiddenField()
    enabled = HiddenField()
    effective_from = DatePartsField(_l("Mulai tanggal"))
    reason = StringField(_l("Alasan"))


@blueprint.get("/rules")
def rules() -> str:
    """Every rule, what it says, and where it is switched off."""
    return render_template(
        "officers/rules.html",
        rules=list_rules(g.actor),
        offices=list(g.actor.office_roles),
        may_edit=g.actor.may(Action.EDIT_RULES),
        **rule_words(),
    )


@blueprint.get("/rules/<rule>")
def rule(rule: str) -> str:
    """One rule with its versions and switches."""
    view = get_rule(g.actor, rule)
    form = SwitchForm(formdata=None)
    form.effective_from.process_data(today(WESTERN))
    return _page(view, form)


@blueprint.post("/rules/<rule>/switch")
def switch(rule: str) -> Response | tuple[str, int]:
    """Switches the rule off or on for the head's office."""
    form = SwitchForm()
    office_id = _asked_office(form)
    require(g.actor, Action.SWITCH_RULES, office_id=office_id)
    if office_id is None:
        raise NotFound("office")
    enabled = form.enabled.data == "yes"
    try:
        switch_rule(
            g.actor,
            office_id,
            rule,
            enabled=enabled,
            effective_from=_read_day(form.effective_from.data),
            reason=form.reason.data or "",
        )
    except Refused as error:
        copy_problems(form, error)
        return _page(get_rule(g.actor, rule), form), status_of(error)
    flash(_("Aturan dinyalakan.") if enabled else _("Aturan dimatikan."), "success")
    return redirect(url_for("officers.rule", rule=rule), 303)


def _asked_office(form: SwitchForm) -> UUID | None:
    if not form.office_id.data:
        return _switchable(g.actor)
    try:
        return UUID(form.office_id.data)
    except ValueError:
        raise NotFound("office") from None


def _read_day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        code = "invalid-date" if text else "required"
        raise InvalidInput.because(code, "/effective_from") from None


def _page(view: RuleView, form: SwitchForm) -> str:
    office_id = _switchable(g.actor)
    return render_template(
        "officers/rule.html",
        rule=view,
        form=form,
        office_id=office_id,
        office_name=get_office(office_id).name if office_id else None,
        is_on=view.is_on(office_id) if office_id else True,
        may_edit=g.actor.may(Action.EDIT_RULES),
        **rule_words(),
    )


def _switchable(actor: Actor) -> UUID | None:
    """The office whose rules the actor may switch: the one asked for, else the first."""
    offices = [
        office_id
        for office_id, roles in actor.office_roles.items()
        if roles & ALLOWED[Action.SWITCH_RULES]
    ]
    wanted = request.args.get("office") or request.form.get("office_id", "")
    return next((one for one in offices if str(one) == wanted), offices[0] if offices else None)
