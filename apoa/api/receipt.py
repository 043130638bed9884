"""GET .../stays/{stay_id}/receipt: the proof of a report, as data or on paper."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from apoa.api.answers import JSON_TYPE, answer, caller, instant
from apoa.api.blueprint import route
from apoa.api.caller_text import locale_of
from apoa.api.faults import ApiFault
from apoa.api.query import read_query
from apoa.api.stay_json import base_url, verification_url
from apoa.stays.act_schemas import ReceiptQuerySchema
from apoa.stays.receipt_proof import ReceiptProof, receipt_proof
from apoa.stays.receipt_views import receipt_pdf_for

PDF_TYPE = "application/pdf"
_FORMS = (JSON_TYPE, PDF_TYPE)
_RULE = "/properties/<uuid:property_id>/stays/<uuid:stay_id>/receipt"


@route(_RULE, needs="receipts:read")
def receipt(property_id: UUID, stay_id: UUID) -> Response:
    """The receipt of the present version or of `version`; JSON or PDF by `Accept`."""
    form = _wanted_form()
    version: int | None = read_query(ReceiptQuerySchema())["version"]
    if form == JSON_TYPE:
        found = receipt_proof(caller(), property_id, stay_id, version=version)
        response = answer(_body(found))
    else:
        response = _paper(property_id, stay_id, version)
    response.vary.add("Accept")
    return response


def _wanted_form() -> str:
    if not request.headers.get("Accept"):
        return JSON_TYPE
    form = request.accept_mimetypes.best_match(_FORMS)
    if form is None:
        raise ApiFault("not-acceptable", available=", ".join(_FORMS))
    return form


def _paper(property_id: UUID, stay_id: UUID, version: int | None) -> Response:
    language = locale_of(request)
    pdf = receipt_pdf_for(
        caller(), property_id, stay_id, version=version, language=language, base_url=base_url()
    )
    response = Response(pdf, mimetype=PDF_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{stay_id}.pdf"'
    response.headers["Content-Language"] = language
    response.vary.add("Accept-Language")
    return response


def _body(proof: ReceiptProof) -> dict[str, object]:
    return {
        "number": proof.number,
        "stay_id": proof.stay_id,
        "version": proof.version,
        "current_version": proof.current_version,
        "issued_at": instant(proof.issued_at, proof.time_zone),
        "verification_url": verification_url(proof.number),
        "payload": proof.payload,
        "key_id": proof.key_id,
        "signature": proof.signature,
        "public_key": proof.public_key,
    }
