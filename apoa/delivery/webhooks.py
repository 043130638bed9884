"""Delivers webhooks: signs the event, posts it, and writes down what came of it."""

from uuid import UUID

import structlog
from flask import current_app

from apoa.base.clock import now
from apoa.delivery.https_out import post
from apoa.webhooks.attempt import begin_attempt, end_attempt
from apoa.webhooks.body import USER_AGENT
from apoa.webhooks.signing import signed_headers

log = structlog.get_logger()


def deliver_webhook(property_id: UUID, delivery_id: UUID) -> None:
    """One try at a delivery. Doing it again while another try runs, or when all is done, is safe.

    A worker that dies in between leaves the delivery pending: it is tried again, under the same
    `webhook-id`.
    """
    attempt = begin_attempt(property_id, delivery_id)
    if attempt is None:
        return
    headers = {
        "Content-Type": "application/json",
        "User-Agent": USER_AGENT,
        **signed_headers(attempt.secrets, attempt.webhook_id, now(), attempt.body),
    }
    settings = current_app.extensions["apoa_settings"]
    result = post(attempt.url, attempt.body, headers, allow_local=not settings.is_production)
    end_attempt(attempt, result)
    # Neither the address nor the answer: both may hold secrets of the receiver.
    log.info(
        "webhook_tried",
        delivery_id=str(delivery_id),
        status_code=result.status_code,
        error=result.error,
        duration_ms=result.duration_ms,
    )
