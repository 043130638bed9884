"""A lodging's sandbox: where test keys report, apart from all that officers see."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from apoa.base.clock import now
from apoa.base.ids import SANDBOX_OFFICE_ID, sandbox_twin
from apoa.db.base import session
from apoa.db.scope import Scope, current_scope, scope, scope_of_property
from apoa.db.unit_of_work import unit_of_work
from apoa.properties.models import Property, PropertyState
from apoa.properties.queries import get_property

MARK = "UJI COBA / TEST - "
_LONGEST_NAME = 160
_COPIED = ("type", "address", "region_code", "time_zone", "rooms", "locale")


def ensure_sandbox(property_id: UUID) -> UUID:
    """Makes the lodging's sandbox, or brings it up to date with the lodging; gives its id.

    It is always approved, so that reporting can be tried before the office has decided. The name
    says wherever it is printed that nothing of this counts. Raises NotFound.
    """
    with unit_of_work():
        real = get_property(property_id)
        copied = {name: getattr(real, name) for name in _COPIED}
        name = f"{MARK}{real.name}"[:_LONGEST_NAME]
        values = copied | {"name": name, "name_folded": name.casefold()}
        twin_id = sandbox_twin(property_id)
        both = frozenset({property_id, twin_id})
        # The lodging's own people do not see its sandbox among their lodgings.
        with scope(Scope(user_id=current_scope().user_id, property_ids=both)):
            session().execute(
                insert(Property)
                .values(values | _own_values(property_id, twin_id))
                .on_conflict_do_update(index_elements=[Property.id], set_=values)
            )
        return twin_id


def refresh_sandbox(property_id: UUID) -> None:
    """Brings the lodging's sandbox, if it has one, up to date: its place decides deadlines too.

    Part of the act that changes the lodging.
    """
    with scope_of_property(sandbox_twin(property_id)):
        is_there = session().get(Property, sandbox_twin(property_id)) is not None
    if is_there:
        ensure_sandbox(property_id)


def _own_values(property_id: UUID, twin_id: UUID) -> dict[str, object]:
    """What a sandbox does not take from its lodging: no number, no person's data."""
    return {
        "id": twin_id,
        "sandbox_of": property_id,
        "office_id": SANDBOX_OFFICE_ID,
        "state": PropertyState.APPROVED,
        "nib": None,
        "no_nib_reason": "Uji coba API",
        "phone": "-",
        "responsible_name": "Uji coba",
        "responsible_email": "uji-coba@apoa.invalid",
        "created_at": now(),
        "submitted_at": now(),
        "approved_at": now(),
    }
