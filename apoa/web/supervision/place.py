"""Where an officer looks: the words that stand on every page of finding."""

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select

from apoa.access.roles import Action
from apoa.db.base import session
from apoa.offices.models import Office
from apoa.supervision.reach import offices_within_reach


def reach_in_words() -> str:
    """The offices whose area is searched, or that it is the whole country."""
    offices = offices_within_reach(g.actor, Action.SEARCH_STAYS)
    if offices is None:
        return _("seluruh Indonesia")
    names = session().scalars(select(Office.name).where(Office.id.in_(offices)))
    return _("wilayah kerja %(offices)s", offices=", ".join(sorted(names)))
