"""The directorate's table of index codes: what there is, and a new rule from a day on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now, today
from apoa.base.errors import StateConflict
from apoa.base.ids import new_id
from apoa.db.base import session
from apoa.db.unit_of_work import add_unless_taken, unit_of_work
from apoa.permits.rules import rule_in_force
from apoa.permits.schemas import IndexInput, Length
from apoa.permits.table_models import PermitIndex, PermitKindName
from apoa.permits.tables import length_rules

# The directorate's own clock says which rule is in force today.
_CAPITAL = "Asia/Jakarta"


@dataclass(frozen=True)
class IndexView:
    """A rule of the table. `source` is None while nobody has named the regulation."""

    id: UUID
    code: str
    kind_name_id: str
    kind_name_en: str
    name_id: str
    name_en: str
    first: Length
    extension: Length | None
    most_extensions: int | None
    most_days: int | None
    effective_from: date
    effective_until: date | None
    source: str | None
    is_in_force: bool
    is_ahead: bool


def list_indexes(actor: Actor) -> list[IndexView]:
    """Every rule: by code, the newest first. Raises NotAllowed."""
    require(actor, Action.EDIT_PERMIT_TABLES)
    on, rules = today(_CAPITAL), length_rules()
    rows = session().execute(
        select(PermitIndex, PermitKindName)
        .join(PermitKindName, PermitKindName.code == PermitIndex.kind)
        .order_by(PermitIndex.code, PermitIndex.effective_from.desc())
    )
    found = []
    for row, kind in rows:
        rule = rule_in_force(rules, row.code, on)
        in_force = rule is not None and rule.effective_from == row.effective_from
        found.append(_view(row, kind, in_force, row.effective_from > on))
    return found


def add_index(actor: Actor, given: IndexInput) -> UUID:
    """Adds a rule; those there are stay and give way to it from its day on. Gives its id.

    Raises NotAllowed, StateConflict (the code has a rule from just that day).
    """
    require(actor, Action.EDIT_PERMIT_TABLES)
    with unit_of_work():
        row = PermitIndex(
            id=new_id(),
            code=given.code,
            kind=given.kind,
            name_id=given.name_id,
            name_en=given.name_en,
            first_days=given.first.days,
            first_months=given.first.months,
            extension_days=given.extension.days if given.extension else None,
            extension_months=given.extension.months if given.extension else None,
            most_extensions=given.most_extensions,
            most_days=given.most_days,
            effective_from=given.effective_from,
            effective_until=None,
            source=given.source,
            created_by=actor.user_id,
            created_at=now(),
        )
        add_unless_taken(row, StateConflict.because("index-already-set", "/effective_from"))
        record(
            "add_permit_index",
            subject_type="permit_index",
            subject_id=row.id,
            code=given.code,
            effective_from=given.effective_from.isoformat(),
        )
        return row.id


def _view(row: PermitIndex, kind: PermitKindName, in_force: bool, ahead: bool) -> IndexView:
    return IndexView(
        id=row.id,
        code=row.code,
        kind_name_id=kind.name_id,
        kind_name_en=kind.name_en,
        name_id=row.name_id,
        name_en=row.name_en,
        first=_length(row.first_days, row.first_months) or Length(0, "days"),
        extension=_length(row.extension_days, row.extension_months),
        most_extensions=row.most_extensions,
        most_days=row.most_days,
        effective_from=row.effective_from,
        effective_until=row.effective_until,
        source=row.source,
        is_in_force=in_force,
        is_ahead=ahead,
    )


def _length(days: int | None, months: int | None) -> Length | None:
    if days is not None:
        return Length(days, "days")
    return Length(months, "months") if months is not None else None
