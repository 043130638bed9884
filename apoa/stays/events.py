"""What a lodging's own system is told of a change of a stay: which one, and where it stands now."""

from datetime import datetime

from apoa.stays.models import Stay
from apoa.webhooks.announce import NewEvent

_EVENT_OF_ACT = {
    "report": "stay.accepted",
    "amend": "stay.amended",
    "check_out": "stay.checked_out",
    "cancel": "stay.cancelled",
    "reopen": "stay.reopened",
}


def stay_event(stay: Stay, act: str, source: str, receipt_number: str, at: datetime) -> NewEvent:
    """The event of an act that made the stay's present version; it says nothing of the guest."""
    return NewEvent(
        property_id=stay.property_id,
        office_id=stay.office_id,
        type=_EVENT_OF_ACT[act],
        data={
            "stay_id": str(stay.id),
            "client_ref": stay.client_ref,
            "version": stay.version,
            "state": str(stay.state),
            "source": str(source),
            "receipt_number": receipt_number,
        },
        occurred_at=at,
    )
