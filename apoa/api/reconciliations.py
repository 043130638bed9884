"""POST /properties/{property_id}/reconciliations: who is in house there, and who is here?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from werkzeug.wrappers import Response

from apoa.api.answers import answer, caller, instant
from apoa.api.blueprint import route
from apoa.api.item_list import read_items
from apoa.api.stay_json import stay_body
from apoa.base.errors import InvalidInput, Problem
from apoa.stays.in_house_schema import InHouseSchema
from apoa.stays.reconcile import Difference, reconcile

_INSTANTS = ("/checked_in_at", "/checked_out_at")


@route("/properties/<uuid:property_id>/reconciliations", methods=("POST",), needs="stays:read")
def reconciliation(property_id: UUID) -> Response:
    """What only the caller has, what only we have, and what differs; no stay is changed."""
    listed = _read_all(read_items())
    found = reconcile(caller(), property_id, listed)
    return answer(
        {
            "counts": {
                "matching": found.matching,
                "only_yours": len(found.only_theirs),
                "only_ours": len(found.only_ours),
                "differing": len(found.differing),
            },
            "only_yours": [
                {"index": place, "client_ref": listed[place].get("client_ref")}
                for place in found.only_theirs
            ],
            "only_ours": [stay_body(view) for view in found.only_ours],
            "differing": [_difference(one) for one in found.differing],
        }
    )


def _read_all(items: list[Any]) -> list[dict[str, Any]]:
    """The items as the schema reads them. Raises InvalidInput with the faults of all."""
    schema, listed, faults = InHouseSchema(), [], []
    for place, item in enumerate(items):
        try:
            listed.append(schema.read(item))
        except InvalidInput as error:
            prefix = f"/items/{place}"
            faults += [
                Problem(prefix + one.pointer, one.code, one.params) for one in error.problems
            ]
    if faults:
        raise InvalidInput(faults)
    return listed


def _difference(one: Difference) -> dict[str, Any]:
    zone = one.view.time_zone
    return {
        "index": one.place,
        "stay_id": one.view.stay_id,
        "client_ref": one.view.report.client_ref,
        "version": one.view.version,
        "fields": [
            {
                "pointer": field.pointer,
                "yours": _shown(field.pointer, field.before, zone),
                "ours": _shown(field.pointer, field.after, zone),
            }
            for field in one.fields
        ],
    }


def _shown(pointer: str, value: Any, time_zone: str) -> Any:
    is_instant = pointer in _INSTANTS and isinstance(value, str)
    return instant(datetime.fromisoformat(value), time_zone) if is_instant else value
