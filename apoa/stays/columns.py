"""How a report stands in the columns of `stays`, and how it is read back from them."""

import json
from typing import Any
from uuid import UUID

from apoa.base.clock import local_date
from apoa.stays.content import Contact, Entry, Guest, PermitClaim, StayReport, TravelDocument
from apoa.stays.models import Stay, StayState
from apoa.stays.sealing import find_document_blind, seal, unseal


def columns_of(report: StayReport, stay_id: UUID, time_zone: str) -> dict[str, Any]:
    """The values of every column that the report itself decides."""
    guest, document, permit, entry = report.guest, report.document, report.permit, report.entry
    out_at = report.checked_out_at
    return {
        "client_ref": report.client_ref,
        "party_ref": report.party_ref,
        "room": report.room,
        "surname": guest.surname,
        "given_names": guest.given_names,
        "mononym": guest.mononym,
        "native_name": guest.native_name,
        "sex": guest.sex,
        "birth_date": guest.birth_date,
        "birth_place": guest.birth_place,
        "nationality": guest.nationality,
        "document_type": document.type,
        "document_number_sealed": seal("document_number_sealed", stay_id, document.number),
        "document_blind": find_document_blind(document.number),
        "document_issuing_state": document.issuing_state,
        "document_expires_on": document.expires_on,
        "document_unavailable_reason": document.unavailable_reason,
        "mrz_sealed": seal("mrz_sealed", stay_id, "\n".join(report.mrz) if report.mrz else None),
        "permit_kind": permit.kind if permit else None,
        "permit_number_sealed": seal(
            "permit_number_sealed", stay_id, permit.number if permit else None
        ),
        "entered_on": entry.entered_on if entry else None,
        "entry_port": entry.port if entry else None,
        "purpose": report.purpose,
        "contact_sealed": seal("contact_sealed", stay_id, _contact_text(report.contact)),
        "checked_in_at": report.checked_in_at,
        "checked_in_on": local_date(report.checked_in_at, time_zone),
        "expected_departure_on": report.expected_departure_on,
        "checked_out_at": out_at,
        "checked_out_on": local_date(out_at, time_zone) if out_at else None,
        "late_reason": report.late_reason,
        "state": StayState.DEPARTED if out_at else StayState.IN_HOUSE,
    }


def report_of(stay: Stay) -> StayReport:
    """The report that the stay's columns hold. Raises CannotDecrypt."""
    mrz = unseal("mrz_sealed", stay.id, stay.mrz_sealed)
    contact = unseal("contact_sealed", stay.id, stay.contact_sealed)
    permit_number = unseal("permit_number_sealed", stay.id, stay.permit_number_sealed)
    has_entry = stay.entered_on is not None or stay.entry_port is not None
    return StayReport(
        client_ref=stay.client_ref,
        party_ref=stay.party_ref,
        room=stay.room,
        guest=guest_of(stay),
        document=TravelDocument(
            type=stay.document_type,
            number=unseal("document_number_sealed", stay.id, stay.document_number_sealed),
            issuing_state=stay.document_issuing_state,
            expires_on=stay.document_expires_on,
            unavailable_reason=stay.document_unavailable_reason,
        ),
        mrz=tuple(mrz.split("\n")) if mrz else None,
        permit=PermitClaim(stay.permit_kind, permit_number) if stay.permit_kind else None,
        entry=Entry(stay.entered_on, stay.entry_port) if has_entry else None,
        purpose=stay.purpose,
        contact=Contact(**json.loads(contact)) if contact else None,
        checked_in_at=stay.checked_in_at,
        expected_departure_on=stay.expected_departure_on,
        checked_out_at=stay.checked_out_at,
        late_reason=stay.late_reason,
    )


def guest_of(stay: Stay) -> Guest:
    """The person of a stay; nothing of it is sealed."""
    return Guest(
        surname=stay.surname,
        given_names=stay.given_names,
        mononym=stay.mononym,
        native_name=stay.native_name,
        sex=stay.sex,
        birth_date=stay.birth_date,
        birth_place=stay.birth_place,
        nationality=stay.nationality,
    )


def _contact_text(contact: Contact | None) -> str | None:
    if contact is None:
        return None
    return json.dumps({"email": contact.email, "phone": contact.phone}, ensure_ascii=False)
