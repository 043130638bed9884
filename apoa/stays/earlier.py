"""Finds what was reported before under the same client references or by the same forms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, String, Uuid, and_, any_, bindparam, or_, select

from apoa.db.base import session
from apoa.stays.content import StayReport
from apoa.stays.models import Receipt, Stay, StayVersion
from apoa.stays.sealing import unseal_version
from apoa.stays.standing import IssuedReceipt
from apoa.stays.versions import is_same_report

_KNOWN = (
    select(Stay, Receipt.number, Receipt.issued_at)
    .join(
        Receipt,
        and_(
            Receipt.property_id == Stay.property_id,
            Receipt.stay_id == Stay.id,
            Receipt.version == Stay.version,
        ),
    )
    .where(
        Stay.property_id == bindparam("property_id"),
        or_(
            Stay.client_ref == any_(bindparam("client_refs", type_=ARRAY(String))),
            Stay.submission_id == any_(bindparam("submission_ids", type_=ARRAY(Uuid))),
        ),
    )
)
_CONTENTS = (
    select(StayVersion.stay_id, StayVersion.version, StayVersion.content_sealed)
    .join(Stay, and_(Stay.property_id == StayVersion.property_id, Stay.id == StayVersion.stay_id))
    .where(
        StayVersion.property_id == bindparam("property_id"),
        StayVersion.stay_id == any_(bindparam("stay_ids", type_=ARRAY(Uuid))),
        or_(StayVersion.version == 1, StayVersion.version == Stay.version),
    )
)


@dataclass(frozen=True)
class EarlierStay:
    """A stay with its present receipt, as first sent and as it stands now."""

    stay: Stay
    receipt: IssuedReceipt
    contents: list[dict[str, Any]] = field(default_factory=list, repr=False)

    def holds(self, report: StayReport) -> bool:
        """Whether this report is that stay's: as first sent, or as it stands now."""
        return any(is_same_report(content, report) for content in self.contents)


@dataclass(frozen=True)
class EarlierStays:
    """What was found, by what it was looked for."""

    _by_client_ref: Mapping[str, EarlierStay]
    _by_submission: Mapping[UUID, EarlierStay]

    def by_client_ref(self, client_ref: str | None) -> EarlierStay | None:
        """The stay that the sender named so."""
        return self._by_client_ref.get(client_ref) if client_ref is not None else None

    def by_submission(self, submission_id: UUID | None) -> EarlierStay | None:
        """The stay that this form made."""
        return self._by_submission.get(submission_id) if submission_id is not None else None


def find_earlier(
    property_id: UUID, sought: Iterable[tuple[str | None, UUID | None]]
) -> EarlierStays:
    """The stays of the lodging with one of these client references or submissions."""
    pairs = list(sought)
    client_refs = [ref for ref, _ in pairs if ref is not None]
    submission_ids = [one for _, one in pairs if one is not None]
    if not client_refs and not submission_ids:
        return EarlierStays({}, {})
    values = {
        "property_id": property_id,
        "client_refs": client_refs,
        "submission_ids": submission_ids,
    }
    rows = session().execute(_KNOWN, values).all()
    found = {
        stay.id: EarlierStay(stay, IssuedReceipt(number, issued_at))
        for stay, number, issued_at in rows
    }
    if found:
        sealed = session().execute(_CONTENTS, {"property_id": property_id, "stay_ids": list(found)})
        for stay_id, version, content in sealed:
            found[stay_id].contents.append(unseal_version(stay_id, version, content))
    stays = found.values()
    return EarlierStays(
        {one.stay.client_ref: one for one in stays if one.stay.client_ref is not None},
        {one.stay.submission_id: one for one in stays if one.stay.submission_id is not None},
    )
