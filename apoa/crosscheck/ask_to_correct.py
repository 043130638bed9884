"""Asks a lodging to look at a report again: a mail that knows the report and nothing else.

Lodgings learn nothing of permits and of what the cross-check found, so the mail names the fields
to look at and why they are worth it, and no reason of the office.
"""

from collections.abc import Collection, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor
from apoa.access.mail import queue_mail
from apoa.access.models import PropertyMembership, User
from apoa.access.roles import Role
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput, StateConflict
from apoa.crosscheck.decide import hold_for_decision
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property
from apoa.stays.models import Stay

# Who finds nothing to mend need not answer: then it is the office's turn again.
ANSWER_WITHIN = timedelta(days=3)


class AskedField(StrEnum):
    """What a lodging can be asked to look at."""

    DOCUMENT_NUMBER = "document_number"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    NATIONALITY = "nationality"


class StayLinks(Protocol):
    """Where a lodging opens one of its stays."""

    def stay(self, property_id: UUID, stay_id: UUID) -> str:
        """The whole address."""


_WORDS = {
    AskedField.DOCUMENT_NUMBER: ("nomor dokumen perjalanan", "the travel document's number"),
    AskedField.NAME: ("nama", "the name"),
    AskedField.BIRTH_DATE: ("tanggal lahir", "the date of birth"),
    AskedField.NATIONALITY: ("kewarganegaraan", "the nationality"),
}
_INDONESIAN = """Halo {person},

Mohon periksa lagi satu laporan tamu di {lodging}: {fields}. Cocokkan isian dengan dokumen tamu, \
dan perbaiki bila ada yang salah ketik. Perbaikan tidak dihitung sebagai laporan baru atau \
terlambat.

{link}

Bila isian sudah benar, tidak ada yang perlu dilakukan.

Surel ini dikirim otomatis oleh APOA. Jangan dibalas.
"""
_ENGLISH = """Hello {person},

Please look again at one guest report of {lodging}: {fields}. Compare it with the guest's \
document, and mend what was mistyped. A correction does not count as a new or a late report.

{link}

If it is right already, nothing needs to be done.

This mail was sent by APOA itself. Please do not answer it.
"""


def ask_to_correct(
    actor: Actor,
    property_id: UUID,
    stay_id: UUID,
    fields: Collection[AskedField],
    *,
    links: StayLinks,
    seen_version: int | None = None,
) -> int:
    """Mails the lodging's managers to look at these fields of a report; gives how many.

    Raises NotFound, NotAllowed, InvalidInput without fields, VersionConflict, and StateConflict
    for a cancelled stay, one that was asked about in the last three days and not amended since,
    or nobody to ask.
    """
    if not fields:
        raise InvalidInput.because("required", "/fields")
    with unit_of_work():
        stay, match = hold_for_decision(actor, property_id, stay_id, seen_version)
        if match.asked_at is not None and match.asked_at >= max(
            stay.updated_at, now() - ANSWER_WITHIN
        ):
            raise StateConflict.because("asked-already")
        people = _managers(property_id)
        if not people:
            raise StateConflict.because("nobody-to-ask")
        match.asked_at = now()
        _queue_mails(people, stay, fields, links)
        asked = [one for one in AskedField if one in fields]
        record(
            "correction_asked",
            subject_type="stay",
            subject_id=stay.id,
            property_id=stay.property_id,
            office_id=stay.office_id,
            fields=asked,
            version=stay.version,
        )
        return len(people)


def _managers(property_id: UUID) -> Sequence[User]:
    return (
        session()
        .scalars(
            select(User)
            .join(PropertyMembership, PropertyMembership.user_id == User.id)
            .where(
                PropertyMembership.property_id == property_id,
                PropertyMembership.role == Role.MANAGER,
                User.disabled_at.is_(None),
            )
            .order_by(User.id)
        )
        .all()
    )


def _queue_mails(
    people: Sequence[User], stay: Stay, fields: Collection[AskedField], links: StayLinks
) -> None:
    lodging = session().scalars(select(Property).where(Property.id == stay.property_id)).one()
    link = links.stay(stay.property_id, stay.id)
    for person in people:
        english = person.locale == "en"
        words = ", ".join(_WORDS[one][english] for one in AskedField if one in fields)
        body = (_ENGLISH if english else _INDONESIAN).format(
            person=person.name, lodging=lodging.name, fields=words, link=link
        )
        subject = "Please look at a guest report" if english else "Mohon periksa satu laporan tamu"
        queue_mail(person.email, subject, body)
