"""The audit as it is read: by action and day, newest first, in pages that stand still."""

import re
from datetime import date
from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from apoa.access.read_audit import AuditEntry, AuditFilter, AuditPage, read_audit
from apoa.access.roles import Role
from apoa.web.fields import DatePartsField
from apoa.web.officers import blueprint
from apoa.web.officers.audit_words import (
    ACTION_WORDS,
    ACTOR_WORDS,
    SUBJECT_WORDS,
    action_words,
    detail_words,
)
from apoa.web.role_labels import role_label

_ACTION = re.compile(r"[a-z_]{1,60}")


class AuditFilterForm(Form):
    """Which rows; sent in the address, for nothing here is personal."""

    action = SelectField(lazy_gettext("Tindakan"), validate_choice=False)
    day = DatePartsField(lazy_gettext("Hari"))


@blueprint.get("/audit")
def audit() -> str | tuple[str, int]:
    """A page of the audit."""
    form = AuditFilterForm(request.args)
    form.action.choices = [
        SelectChoice("", _("Semua tindakan")),
        *(SelectChoice(action, str(words)) for action, words in ACTION_WORDS.items()),
    ]
    day, faults = _day(form)
    action = form.action.data or ""
    wanted = AuditFilter(action=action if _ACTION.fullmatch(action) else None, day=day)
    page = read_audit(g.actor, wanted, before=_id("before"), after=_id("after"))
    text = render_template(
        "officers/audit.html",
        form=form,
        page=page,
        action_words=action_words,
        actor_words=_actor_words,
        detail_words=_detail_words,
        **_ways(page),
    )
    return (text, 422) if faults else text


def _day(form: AuditFilterForm) -> tuple[date | None, bool]:
    typed = form.day.data
    if not typed:
        return None, False
    try:
        return date.fromisoformat(typed), False
    except ValueError:
        form.day.errors = [_("Bukan tanggal yang ada.")]
        return None, True


def _id(name: str) -> UUID | None:
    try:
        return UUID(request.args.get(name, ""))
    except ValueError:
        return None


def _ways(page: AuditPage) -> dict[str, str | None]:
    kept = {
        key: value
        for key, value in request.args.items()
        if value and key not in ("before", "after")
    }
    newer = older = None
    if page.entries and page.has_newer:
        newer = url_for("officers.audit", **kept, after=page.entries[0].id)
    if page.entries and page.has_older:
        older = url_for("officers.audit", **kept, before=page.entries[-1].id)
    return {"newer_url": newer, "older_url": older}


def _actor_words(entry: AuditEntry) -> str:
    name = entry.actor_name or str(ACTOR_WORDS.get(entry.actor_kind, entry.actor_kind))
    if entry.actor_role in set(Role):
        return f"{name} ({role_label(str(entry.actor_role))})"
    return name


def _detail_words(entry: AuditEntry) -> str:
    parts = []
    if entry.subject_type and entry.subject_id:
        kind = SUBJECT_WORDS.get(entry.subject_type, entry.subject_type)
        parts.append(f"{kind} {entry.subject_id}")
    parts += [
        detail_words(key, value)
        for key, value in sorted(entry.detail.items())
        if value not in (None, "", [])
    ]
    return "; ".join(parts)
