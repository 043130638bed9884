"""The receipt on paper, for one stay or for a party."""

from uuid import UUID

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from apoa.access.roles import Action
from apoa.base.errors import Refused
from apoa.stays.receipt_views import receipt_pdf_for, receipts_pdf_for_party
from apoa.web.frontdesk import blueprint
from apoa.web.frontdesk.flashes import flash_problems
from apoa.web.frontdesk.lodging import open_lodging
from apoa.web.locale import select_locale
from apoa.web.request_actor import settings


@blueprint.get("/<uuid:property_id>/stays/<uuid:stay_id>/receipt.pdf")
def receipt_pdf(property_id: UUID, stay_id: UUID) -> Response:
    """The receipt of the present version, or of the one asked for."""
    open_lodging(property_id, Action.VIEW_STAY)
    pdf = receipt_pdf_for(
        g.actor,
        property_id,
        stay_id,
        version=request.args.get("version", type=int),
        language=select_locale(),
        base_url=settings().base_url,
    )
    return _pdf(pdf, f"STTPOA-{stay_id}.pdf")


@blueprint.get("/<uuid:property_id>/stays/<uuid:stay_id>/party-receipts.pdf")
def party_receipts_pdf(property_id: UUID, stay_id: UUID) -> Response:
    """The receipts of everybody who came together with this guest, one file."""
    open_lodging(property_id, Action.VIEW_STAY)
    try:
        pdf = receipts_pdf_for_party(
            g.actor, property_id, stay_id, language=select_locale(), base_url=settings().base_url
        )
    except Refused as error:
        flash_problems(error)
        return redirect(url_for("frontdesk.stay", property_id=property_id, stay_id=stay_id), 303)
    return _pdf(pdf, f"STTPOA-{stay_id}-rombongan.pdf")


def _pdf(content: bytes, name: str) -> Response:
    # The file's name holds no guest's name: it stays behind in download lists.
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
