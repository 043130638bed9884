"""Where a person's work begins after signing in."""

from flask import url_for

from apoa.access.actors import Actor


def landing_url(actor: Actor) -> str:
    """The officers' home, the only lodging's day, the list of lodgings, or the own account."""
    if actor.is_officer:
        return url_for("officers.home")
    lodgings = list(actor.property_roles)
    if len(lodgings) == 1:
        return url_for("frontdesk.board", property_id=lodgings[0])
    return url_for("frontdesk.properties" if lodgings else "own.account")
