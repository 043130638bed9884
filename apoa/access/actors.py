"""Who acts, what they may see, and the question every act begins with: `require`."""

from dataclasses import dataclass, field
from uuid import UUID

from apoa.access.roles import ALLOWED, NATIONAL_ROLES, OFFICE_ROLES, Action, Role
from apoa.base.errors import NotAllowed, NotFound
from apoa.db.scope import Scope


@dataclass(frozen=True)
class Actor:
    """A signed-in person with every role they hold, or the caller behind an API key.

    `actions` narrows what the roles allow; None leaves it as it is. `place_name` names an
    officer's office for the frame of the pages.
    """

    user_id: UUID
    name: str
    property_roles: dict[UUID, Role] = field(default_factory=dict)
    office_roles: dict[UUID, frozenset[Role]] = field(default_factory=dict)
    national_roles: frozenset[Role] = frozenset()
    session_id: UUID | None = None
    locale: str = "id"
    actions: frozenset[Action] | None = None
    place_name: str | None = None

    @property
    def scope(self) -> Scope:
        """The rows this person may see."""
        return Scope(
            user_id=self.user_id,
            property_ids=frozenset(self.property_roles),
            office_ids=frozenset(self.office_roles),
            reads_all=bool(self.national_roles),
        )

    @property
    def is_officer(self) -> bool:
        """Whether the person serves in an office or nationally."""
        return bool(self.office_roles or self.national_roles)

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held anywhere."""
        in_offices: frozenset[Role] = frozenset().union(*self.office_roles.values())
        return frozenset(self.property_roles.values()) | in_offices | self.national_roles

    @property
    def main_role(self) -> Role | None:
        """The role that names the person in the audit and in the menu."""
        lodging = (Role.MANAGER, Role.CLERK, Role.API_CLIENT)
        order = (*NATIONAL_ROLES, *reversed(OFFICE_ROLES), *lodging)
        return next((role for role in order if role in self.roles), None)

    def may(
        self, action: Action, *, property_id: UUID | None = None, office_id: UUID | None = None
    ) -> bool:
        """Whether the action is allowed on this lodging, or in this office, or at all."""
        if self.actions is not None and action not in self.actions:
            return False
        allowed = ALLOWED[action]
        if self.national_roles & allowed:
            return True
        if property_id is not None and self.property_roles.get(property_id) in allowed:
            return True
        if office_id is not None:
            return bool(self.office_roles.get(office_id, frozenset()) & allowed)
        return property_id is None and bool(self.roles & allowed)

    def sees(self, *, property_id: UUID | None, office_id: UUID | None) -> bool:
        """Whether the actor may know that the lodging or office's thing exists."""
        if self.national_roles:
            return True
        return property_id in self.property_roles or office_id in self.office_roles


def require(
    actor: Actor,
    action: Action,
    *,
    property_id: UUID | None = None,
    office_id: UUID | None = None,
) -> None:
    """Begins every act. Raises NotAllowed, or NotFound where even existence is not theirs to know.

    Name the lodging, or the office, or (for a lodging seen by its office) both.
    """
    if actor.may(action, property_id=property_id, office_id=office_id):
        return
    nothing_named = property_id is None and office_id is None
    if nothing_named or actor.sees(property_id=property_id, office_id=office_id):
        raise NotAllowed(action.value)
    # 404, not 403: do not confirm that the lodging exists.
    raise NotFound(action.value)
