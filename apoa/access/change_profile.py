"""What a person may change about themselves without proof: name and language."""

from apoa.access.accounts import get_user
from apoa.access.actors import Actor
from apoa.access.schemas import PersonSchema
from apoa.audit.record import record
from apoa.db.unit_of_work import unit_of_work


def change_profile(actor: Actor, name: str, locale: str) -> None:
    """Sets name and language ("id", "en"). Raises InvalidInput."""
    person = PersonSchema().read({"name": name, "locale": locale})
    with unit_of_work():
        user = get_user(actor.user_id)
        changed = [
            field for field in ("name", "locale") if getattr(user, field) != getattr(person, field)
        ]
        user.name, user.locale = person.name, person.locale
        if changed:
            record("profile_changed", subject_type="user", subject_id=user.id, fields=changed)
