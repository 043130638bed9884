"""Receipts on paper: what stands on them, from the version and the payload that were signed."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.countries import country_name
from apoa.base.errors import InvalidInput
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.mapping import report_from_mapping
from apoa.stays.models import Receipt, Stay, StayState
from apoa.stays.queries import Lodging, get_lodging, get_receipt, get_stay, get_version_content
from apoa.stays.receipt.pdf import MAX_RECEIPTS_IN_FILE, Language, receipts_pdf
from apoa.stays.receipt.view import ReceiptView

__all__ = ["receipt_pdf_for", "receipt_view", "receipts_pdf_for_party"]


def receipt_pdf_for(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    *,
    version: int | None = None,
    language: str,
    base_url: str,
) -> bytes:
    """The receipt of a version (the present one by default) as a PDF; the look is audited.

    Raises NotFound, NotAllowed.
    """
    require(actor, Action.VIEW_STAY, property_id=property_id)
    spoken = _language(language)
    with unit_of_work():
        lodging = get_lodging(property_id)
        stay = get_stay(property_id, stay_id)
        number = stay.version if version is None else version
        view = receipt_view(lodging, stay_id, number, language=spoken, base_url=base_url)
        _record_look(stay, number, count=1)
    return receipts_pdf([view], spoken)


def receipts_pdf_for_party(
    actor: Actor, property_id: UUID, stay_id: UUID, *, language: str, base_url: str
) -> bytes:
    """The present receipts of everybody who is here together with this guest, as one PDF.

    Raises NotFound, NotAllowed, and InvalidInput for a party too large for one file.
    """
    require(actor, Action.VIEW_STAY, property_id=property_id)
    spoken = _language(language)
    with unit_of_work():
        lodging = get_lodging(property_id)
        stay = get_stay(property_id, stay_id)
        party = _party_of(stay)
        if len(party) > MAX_RECEIPTS_IN_FILE:
            raise InvalidInput.because("party-too-large", max=str(MAX_RECEIPTS_IN_FILE))
        views = [
            receipt_view(lodging, member_id, version, language=spoken, base_url=base_url)
            for member_id, version in party
        ]
        _record_look(stay, stay.version, count=len(views))
    return receipts_pdf(views, spoken)


def receipt_view(
    lodging: Lodging, stay_id: UUID, version: int, *, language: Language, base_url: str
) -> ReceiptView:
    """What is printed for one version; for callers that have asked for permission.

    Raises NotFound.
    """
    receipt = get_receipt(lodging.property_id, stay_id, version)
    content = get_version_content(lodging.property_id, stay_id, version)
    return _view(receipt, content, lodging, language, base_url)


def _view(
    receipt: Receipt,
    content: dict[str, Any],
    lodging: Lodging,
    language: Language,
    base_url: str,
) -> ReceiptView:
    report, signed = report_from_mapping(content), json.loads(receipt.payload)
    guest, document = report.guest, report.document
    issuer = document.issuing_state
    return ReceiptView(
        number=receipt.number,
        issued_at=receipt.issued_at,
        office_name=signed["office_name"],
        property_name=signed["property_name"],
        property_address=lodging.address,
        time_zone=lodging.time_zone,
        guest_name=guest.full_name,
        native_name=guest.native_name,
        nationality_name=country_name(guest.nationality, language),
        nationality_code=guest.nationality,
        birth_date=guest.birth_date,
        sex=guest.sex,
        document_type=document.type,
        document_number=document.number,
        issuing_state_name=country_name(issuer, language) if issuer else None,
        issuing_state_code=issuer,
        document_unavailable_reason=document.unavailable_reason,
        room=report.room,
        checked_in_at=report.checked_in_at,
        expected_departure_on=report.expected_departure_on,
        checked_out_at=report.checked_out_at,
        first_received_at=datetime.fromisoformat(signed["first_received_at"]),
        received_at=receipt.issued_at,
        due_at=datetime.fromisoformat(signed["due_at"]),
        deadline_state=signed["deadline_state"],
        late_reason=report.late_reason,
        version=receipt.version,
        state=content["state"],
        content_digest=signed["content_digest"],
        key_id=receipt.key_id,
        verification_url=f"{base_url.rstrip('/')}/receipts/{receipt.number}",
    )


def _party_of(stay: Stay) -> list[tuple[UUID, int]]:
    """Id and version of the stays of the same party at the same time, this one among them."""
    if stay.party_ref is None:
        return [(stay.id, stay.version)]
    last_day = stay.checked_out_on or stay.expected_departure_on
    rows = session().execute(
        select(Stay.id, Stay.version)
        .where(
            Stay.property_id == stay.property_id,
            Stay.party_ref == stay.party_ref,
            or_(Stay.state != StayState.CANCELLED, Stay.id == stay.id),
            Stay.checked_in_on <= last_day,
            or_(Stay.checked_out_on.is_(None), Stay.checked_out_on >= stay.checked_in_on),
        )
        .order_by(Stay.checked_in_at, Stay.id)
        .limit(MAX_RECEIPTS_IN_FILE + 1)
    )
    return [(stay_id, version) for stay_id, version in rows]


def _language(language: str) -> Language:
    return "en" if language == "en" else "id"


def _record_look(stay: Stay, version: int, *, count: int) -> None:
    record(
        "print_receipt",
        subject_type="stay",
        subject_id=stay.id,
        property_id=stay.property_id,
        office_id=stay.office_id,
        version=version,
        receipts=count,
    )
