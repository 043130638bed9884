"""How an endpoint's secret stands in its row: sealed, for it must be readable to sign with."""

from datetime import datetime
from uuid import UUID

from apoa.base.crypto import Place
from apoa.db.secrets import secrets
from apoa.webhooks.models import WebhookEndpoint


def seal_secret(endpoint_id: UUID, secret: str) -> bytes:
    """The sealed form, good for both of the row's columns: a replaced secret changes column."""
    return secrets().cipher.encrypt(secret, _place(endpoint_id))


def secrets_of(endpoint: WebhookEndpoint, moment: datetime) -> tuple[str, ...]:
    """The secrets that sign at this moment: the present one, and for a while the one before."""
    sealed = [endpoint.secret_sealed]
    until = endpoint.previous_valid_until
    if endpoint.previous_secret_sealed is not None and until is not None and until > moment:
        sealed.append(endpoint.previous_secret_sealed)
    return tuple(secrets().cipher.decrypt(one, _place(endpoint.id)) for one in sealed)


def _place(endpoint_id: UUID) -> Place:
    return Place("webhook_endpoints", "secret", str(endpoint_id))
