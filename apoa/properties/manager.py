"""How an approved lodging gets its first manager: an account that exists, or an invitation."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from apoa.access.accounts import find_user_by_email
from apoa.access.invitations import send_invitation
from apoa.access.models import PropertyMembership
from apoa.access.places import Place
from apoa.access.roles import Role
from apoa.base.clock import now
from apoa.db.base import session
from apoa.db.scope import scope_of_property
from apoa.properties.links import PropertyLinks
from apoa.properties.models import Property


def make_manager(lodging: Property, links: PropertyLinks, *, approved_by: UUID) -> None:
    """The responsible person becomes manager, at once or by a link for setting a password.

    Only an account whose address is verified is trusted to be theirs.
    """
    user = find_user_by_email(lodging.responsible_email)
    if user is None or user.email_verified_at is None or user.disabled_at is not None:
        place = Place(lodging.name, lodging.id, lodging.office_id)
        send_invitation(
            lodging.responsible_email,
            Role.MANAGER,
            place,
            links.accept_invitation,
            invited_by=approved_by,
        )
        return
    values = {
        "property_id": lodging.id,
        "user_id": user.id,
        "office_id": lodging.office_id,
        "role": Role.MANAGER,
        "created_at": now(),
    }
    # An office may not write who reports for a lodging, but for this first one.
    with scope_of_property(lodging.id):
        session().execute(
            insert(PropertyMembership)
            .values(**values)
            .on_conflict_do_update(
                index_elements=[PropertyMembership.property_id, PropertyMembership.user_id],
                set_={"role": Role.MANAGER},
            )
        )
