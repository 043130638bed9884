"""What officers record of a permit by hand: a later last day, or its end; feeds bring the rest."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import Refused
from apoa.permits.change_status import change_status
from apoa.permits.extend import extend_permit
from apoa.permits.models import PermitStatus
from apoa.permits.schemas import EndSchema, ExtensionSchema
from apoa.web.forms import copy_problems
from apoa.web.officers import blueprint
from apoa.web.officers.permit import permit_page
from apoa.web.officers.permit_forms import PermitForms
from apoa.web.refusals import status_of
from apoa.web.supervision.purpose import known_purpose


@blueprint.post("/permits/<uuid:permit_id>/extend")
def extend_permit_page(permit_id: UUID) -> ResponseReturnValue:
    """Moves the last day."""

    def act(form: Any) -> str:
        data = ExtensionSchema().read(
            {
                "valid_until": form.valid_until.data,
                "granted_on": form.granted_on.data,
                "reason": form.reason.data,
            }
        )
        extend_permit(g.actor, permit_id, **data)
        return _("Perpanjangan dicatat.")

    return _record(permit_id, "extend", act)


@blueprint.post("/permits/<uuid:permit_id>/end")
def end_permit_page(permit_id: UUID) -> ResponseReturnValue:
    """Ends it before its last day."""

    def act(form: Any) -> str:
        data = EndSchema().read(
            {
                "status": form.status.data,
                "status_on": form.status_on.data,
                "reason": form.reason.data,
            }
        )
        change_status(g.actor, permit_id, PermitStatus(data.pop("status")), **data)
        return _("Status baru dicatat.")

    return _record(permit_id, "end", act)


def _record(permit_id: UUID, name: str, act: Callable[[Any], str]) -> ResponseReturnValue:
    require(g.actor, Action.IMPORT_PERMITS)
    here = url_for("officers.permit", permit_id=permit_id)
    if not known_purpose():
        return redirect(here, 303)
    forms = PermitForms(sent=name)
    form = getattr(forms, name)
    try:
        flash(act(form), "success")
    except Refused as error:
        copy_problems(form, error)
        return permit_page(permit_id, forms), status_of(error)
    return redirect(here, 303)
