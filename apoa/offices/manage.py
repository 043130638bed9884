"""What the directorate does with offices: adding one and naming it anew."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import post_load
from sqlalchemy import func, select

from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import InvalidInput
from apoa.base.ids import new_id
from apoa.base.problems import ProblemText, register_problems
from apoa.base.schema import Fault, InputSchema, Text
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.models import Office
from apoa.offices.queries import get_office, hold_areas

_CODE = re.compile(r"[a-z][a-z0-9-]{1,29}")

register_problems(
    {
        "office-code-malformed": ProblemText(
            "Gunakan 2 sampai 30 huruf kecil, angka atau tanda hubung, diawali huruf.",
            "Use 2 to 30 lower-case letters, digits or hyphens, beginning with a letter.",
        ),
        "office-code-taken": ProblemText(
            "Kode ini sudah dipakai kantor lain.", "Another office has this code."
        ),
        "office-name-taken": ProblemText(
            "Nama ini sudah dipakai kantor lain.", "Another office has this name."
        ),
    }
)


@dataclass(frozen=True)
class OfficeData:
    """What an office is called; `code` never changes and None leaves it as it is."""

    name: str
    office_class: str
    code: str | None = None


class OfficeSchema(InputSchema):
    """Reads the form of a new office; without its code, of one that is named anew."""

    code = Text(30, required=True)
    name = Text(120, min_length=5, required=True)
    office_class = Text(40, required=True)

    @post_load
    def _made(self, data: dict[str, Any], **_kwargs: Any) -> OfficeData:
        if "code" in data and not _CODE.fullmatch(data["code"]):
            raise Fault("office-code-malformed", "code")
        return OfficeData(**data)


def add_office(actor: Actor, data: OfficeData) -> UUID:
    """A new office without working areas. Raises NotAllowed, InvalidInput for a taken name."""
    require(actor, Action.EDIT_OFFICES)
    with unit_of_work():
        hold_areas(to_change=True)
        if session().scalar(select(Office.id).where(Office.code == data.code)):
            raise InvalidInput.because("office-code-taken", "/code")
        _require_free_name(data.name)
        office = Office(
            id=new_id(),
            code=data.code,
            name=data.name,
            office_class=data.office_class,
            created_at=now(),
        )
        session().add(office)
        record("add_office", subject_type="office", subject_id=office.id, office_id=office.id)
        return office.id


def rename_office(actor: Actor, office_id: UUID, data: OfficeData) -> None:
    """Another name and class for an office. Raises NotAllowed, NotFound, InvalidInput."""
    require(actor, Action.EDIT_OFFICES)
    with unit_of_work():
        hold_areas(to_change=True)
        office = get_office(office_id)
        _require_free_name(data.name, but=office_id)
        record(
            "rename_office",
            subject_type="office",
            subject_id=office_id,
            office_id=office_id,
            before=office.name,
            after=data.name,
        )
        office.name, office.office_class = data.name, data.office_class


def _require_free_name(name: str, but: UUID | None = None) -> None:
    taken = select(Office.id).where(func.lower(Office.name) == name.lower())
    if but is not None:
        taken = taken.where(Office.id != but)
    if session().scalar(taken):
        raise InvalidInput.because("office-name-taken", "/name")
