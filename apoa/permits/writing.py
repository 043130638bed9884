"""The scope in which an officer's act on the national register writes."""

from contextlib import AbstractContextManager, nullcontext

from apoa.access.actors import Actor
from apoa.db.scope import current_scope, scope_everywhere


def writing(actor: Actor) -> AbstractContextManager[None]:
    """The scope in force for who serves in an office; nationally everything, said aloud.

    Ask `require` first: this allows nothing to anybody, it only reaches the rows.
    """
    scope = current_scope()
    if scope.everywhere or scope.office_ids:
        return nullcontext()
    return scope_everywhere("permit register")
