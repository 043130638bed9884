"""What a key may be allowed: each scope with the actions that it opens."""

from collections.abc import Iterable

from apoa.access.roles import Action

# Who writes is answered with what is stored now, so writing and proving include seeing a stay.
ACTIONS_OF_SCOPE: dict[str, frozenset[Action]] = {
    "stays:read": frozenset({Action.VIEW_STAY}),
    "stays:write": frozenset(
        {
            Action.VIEW_STAY,
            Action.REPORT_STAY,
            Action.AMEND_STAY,
            Action.CHECK_OUT_STAY,
            Action.CANCEL_STAY,
            Action.REOPEN_STAY,
        }
    ),
    "receipts:read": frozenset({Action.VIEW_STAY}),
    "webhooks:manage": frozenset({Action.MANAGE_WEBHOOKS}),
    "permits:write": frozenset({Action.IMPORT_PERMITS}),
}
# A key is a lodging's or an office's, and has none of the other's scopes.
OFFICE_SCOPES = ("permits:write",)
SCOPES = tuple(one for one in ACTIONS_OF_SCOPE if one not in OFFICE_SCOPES)
ALL_SCOPES = (*SCOPES, *OFFICE_SCOPES)


def actions_of(scopes: Iterable[str]) -> frozenset[Action]:
    """The actions of all these scopes; a scope that is gone opens nothing."""
    return frozenset().union(*(ACTIONS_OF_SCOPE.get(one, frozenset()) for one in scopes))
