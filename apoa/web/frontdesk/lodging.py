"""Which lodging a page is about, and the frame that names it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from apoa.access.actors import require
from apoa.access.roles import Action
from apoa.base.errors import NotFound
from apoa.db.base import session
from apoa.properties.models import Property
from apoa.properties.rules import may_report
from apoa.web.frontdesk.choices import country_label


@dataclass(frozen=True)
class Lodging:
    """What every page of a lodging needs to know of it."""

    id: UUID
    office_id: UUID
    name: str
    address: str
    time_zone: str
    state: str

    @property
    def may_report(self) -> bool:
        """Whether new stays are taken; the act itself is the judge, this only explains."""
        return may_report(self)


def open_lodging(property_id: UUID, action: Action = Action.VIEW_BOARD) -> Lodging:
    """The lodging, for who may do `action` in it. Raises NotFound or NotAllowed."""
    require(g.actor, action, property_id=property_id)
    found = next(iter(_lodgings(Property.id == property_id)), None)
    if found is None:
        raise NotFound("property")
    return found


def own_lodgings() -> list[Lodging]:
    """The lodgings of the person who is signed in, by name."""
    return _lodgings(Property.id.in_(list(g.actor.property_roles)))


def lodging_page(template: str, lodging: Lodging, **values: Any) -> str:
    """A page that stands in the lodging's frame."""
    return render_template(
        template,
        lodging=lodging,
        time_zone=lodging.time_zone,
        country_label=country_label,
        place_name=lodging.name,
        place_kind=_("Tempat penginapan"),
        place_url=url_for("frontdesk.board", property_id=lodging.id),
        **values,
    )


def _lodgings(clause: Any) -> list[Lodging]:
    rows = session().execute(
        select(
            Property.id,
            Property.office_id,
            Property.name,
            Property.address,
            Property.time_zone,
            Property.state,
        )
        .where(clause)
        .order_by(Property.name_folded, Property.id)
    )
    return [Lodging(*row) for row in rows]
