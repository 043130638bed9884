"""What is sent: type, instant, and the ids of what it is about; nothing describes a guest."""

import json
from datetime import UTC

from apoa.webhooks.models import WebhookEvent

USER_AGENT = "APOA-Webhooks/1"


def body_of(event: WebhookEvent) -> bytes:
    """The same bytes each time that the event is sent."""
    said = {
        "type": event.type,
        "timestamp": event.occurred_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": dict(sorted(event.data.items())),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
