"""Which words an attacker would try first for a person: no password may be made of them."""

from apoa.access.models import User
from apoa.access.places import list_place_names
from apoa.access.sessions import load_actor
from apoa.db.scope import scope


def words_about(user: User) -> tuple[str, ...]:
    """The person's name, the e-mail address, and the names of their lodgings and offices."""
    name, email = user.name, user.email
    actor = load_actor(user)
    with scope(actor.scope):
        places = list_place_names(actor.property_roles, actor.office_roles)
    return (name, email, *places)
