"""Ends the sending to an endpoint that cannot be reached, and tells its owner by mail."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import select

from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.mail import queue_mail
from apoa.access.models import PropertyMembership, User
from apoa.access.places import find_lodging
from apoa.access.roles import Role
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.ids import sandbox_twin
from apoa.db.base import session
from apoa.db.scope import current_scope, scope_of_property
from apoa.webhooks.models import DisabledReason, EndpointState, WebhookEndpoint

_SUBJECT = {
    "id": "Webhook {lodging} dinonaktifkan",
    "en": "A webhook of {lodging} is disabled",
}
_WHY = {
    ("id", DisabledReason.FAILING): "tidak ada kiriman yang diterima selama tiga hari",
    ("id", DisabledReason.GONE): "penerima menjawab 410 (sudah tidak ada)",
    ("en", DisabledReason.FAILING): "nothing sent there was accepted for three days",
    ("en", DisabledReason.GONE): "the receiver answered 410 (gone)",
}
_BODY = {
    "id": "Halo {person},\n\nAPOA berhenti mengirim kejadian {lodging} ke {host}: {why}.\n\n"
    "Laporan tamu tidak terpengaruh. Setelah penerima diperbaiki, aktifkan lagi pada halaman"
    " Webhook tempat penginapan atau lewat API, lalu kirim ulang yang tertinggal.\n\n"
    "Surel ini dikirim otomatis oleh APOA. Jangan dibalas.\n",
    "en": "Hello {person},\n\nAPOA has stopped sending events of {lodging} to {host}: {why}.\n\n"
    "Reports of guests are not affected. Once the receiver works again, make the endpoint active"
    " on the lodging's page Webhooks or by the API, and send again what was left.\n\nThis mail was"
    " sent by APOA itself. Please do not answer it.\n",
}


def disable(endpoint: WebhookEndpoint, reason: DisabledReason) -> None:
    """Nothing more is sent to a held endpoint, in the scope of one of its lodgings."""
    moment = now()
    endpoint.state = EndpointState.DISABLED
    endpoint.disabled_at, endpoint.disabled_reason = moment, reason
    url, endpoint_id, is_test = endpoint.url, endpoint.id, endpoint.mode == KeyMode.TEST
    maker = _maker_of(endpoint)
    session().flush()
    [stored_id] = current_scope().property_ids
    place = find_lodging(stored_id)
    record(
        "webhook_endpoint_disabled",
        subject_type="webhook_endpoint",
        subject_id=endpoint_id,
        property_id=stored_id,
        # A sandbox's row stands under the office that no officer reads.
        office_id=place.office_id if place else None,
        reason=str(reason),
    )
    _tell_owner(sandbox_twin(stored_id) if is_test else stored_id, maker, url, reason)


def _maker_of(endpoint: WebhookEndpoint) -> UUID | None:
    """The person who registered it, or who made the key that did."""
    if endpoint.key_id is None:
        return endpoint.created_by
    return session().scalar(select(ApiKey.created_by).where(ApiKey.id == endpoint.key_id))


def _tell_owner(property_id: UUID, maker: UUID | None, url: str, reason: DisabledReason) -> None:
    with scope_of_property(property_id):
        lodging = find_lodging(property_id)
        people = [(one.id, one.email, one.name, one.locale) for one in _managers(property_id)]
        for user_id, email, name, locale in people:
            if maker in {one[0] for one in people} and user_id != maker:
                continue
            values = {
                "person": name,
                "lodging": lodging.name if lodging else "",
                "host": urlsplit(url).hostname or "",
                "why": _WHY[locale, reason],
            }
            queue_mail(
                email, _SUBJECT[locale].format(**values)[:200], _BODY[locale].format(**values)
            )


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
        )
        .all()
    )
