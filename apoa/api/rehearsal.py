"""Guests by whose name a test key calls forth an error, so that a system can rehearse its answer.

Their surname is APOA TEST; the given names say what is to happen. Live keys report such a guest
like any other.
"""

import time
from collections.abc import Iterable, Mapping
from string import Formatter
from threading import BoundedSemaphore
from typing import Any

from apoa.api.answers import caller
from apoa.api.attempt import attempt_receipt
from apoa.api.code_lists import FIELD_FAULTS
from apoa.api.faults import ApiFault
from apoa.api.problem_json import insufficient_scope, problem_body, refusal_body, unauthorized
from apoa.api.problems import API_PROBLEMS, api_problem
from apoa.api.rate_limit import limits
from apoa.base.errors import InvalidInput, Refused, StateConflict, VersionConflict
from apoa.base.ids import new_id
from apoa.base.problems import PROBLEMS
from apoa.stays.problems import CONFLICTS

SURNAME = "APOA TEST"
SLOW, RATE_LIMIT, UNAVAILABLE, REJECT = "SLOW", "RATE LIMIT", "UNAVAILABLE", "REJECT"
SLOW_SECONDS = 5.0
_RETRY = {"Retry-After": "1"}
# These never concern one item alone.
_WHOLE_CALL = frozenset({"rate-limited", "unavailable"})
# Where the acts that refuse for these reasons point to.
_CONFLICT_POINTERS = {
    "client-ref-in-use": "/client_ref",
    "stay-already-departed": "/checked_out_at",
    "check-out-needs-reopen": "/checked_out_at",
}
# A slow answer holds a thread: no test key may take them all.
_slow = BoundedSemaphore(1)


def rehearse(item: Any) -> None:
    """Raises the error that the guest's name asks for, or takes its time; else does nothing."""
    fault = _fault_of(item)
    if fault is not None:
        raise fault
    _take_time([item])


def rehearse_items(items: list[Any]) -> dict[int, dict[str, Any]]:
    """The problems of the items that ask for one, by place. Errors of the whole call are raised."""
    forced: dict[int, dict[str, Any]] = {}
    for place, item in enumerate(items):
        fault = _fault_of(item)
        if isinstance(fault, Refused):
            forced[place] = refusal_body(fault)
        elif isinstance(fault, ApiFault):
            if fault.code in _WHOLE_CALL:
                raise fault
            status = API_PROBLEMS[fault.code].status
            forced[place] = problem_body(fault.code, status, fault.params) | fault.members
    _take_time(items)
    return forced


def _take_time(items: Iterable[Any]) -> None:
    """Once for all of them, since the answer is one. Raises ApiFault while another takes its."""
    if any(_wish(item) == SLOW for item in items) and not _was_slow():
        raise _ours("unavailable")


def _fault_of(item: Any) -> Refused | ApiFault | None:
    wanted = _wish(item)
    if wanted == RATE_LIMIT:
        return _rate_limited()
    if wanted == UNAVAILABLE:
        return _ours("unavailable")
    if wanted is not None and wanted.startswith(f"{REJECT} "):
        return _with_code(wanted.removeprefix(REJECT).strip().lower())
    return None


def _wish(item: Any) -> str | None:
    """What is to happen; None for what a live key sends, and for any other guest."""
    if not caller().is_test:
        return None
    guest = item.get("guest") if isinstance(item, Mapping) else None
    if not isinstance(guest, Mapping):
        return None
    surname, given_names = guest.get("surname"), guest.get("given_names")
    if not isinstance(surname, str) or not isinstance(given_names, str):
        return None
    is_ours = " ".join(surname.upper().split()) == SURNAME
    return " ".join(given_names.upper().split()) if is_ours else None


def _with_code(code: str) -> Refused | ApiFault:
    """The error as the real one looks, with samples for what its words name."""
    if code in FIELD_FAULTS:
        return InvalidInput.because(code, "/guest/given_names", **_samples(code))
    if code not in API_PROBLEMS:
        return InvalidInput.because("not-a-choice", "/guest/given_names")
    status = api_problem(code, 400).status
    if code == "invalid-input":
        return InvalidInput.because("invalid", "/guest/given_names")
    if code in CONFLICTS or code == "property-not-reporting":
        return StateConflict.because(code, _CONFLICT_POINTERS.get(code, ""), **_samples(code))
    if code == "stale-version":
        return VersionConflict.because("changed-meanwhile", version="2")
    if code == "rate-limited":
        return _rate_limited()
    if code == "too-often":
        return ApiFault(code, headers=_RETRY, seconds="1")
    if status == 401:
        return unauthorized(code)
    if code == "insufficient-scope":
        return insufficient_scope("stays:write")
    return _ours(code) if status >= 500 else ApiFault(code, **_samples(code))


def _was_slow() -> bool:
    if not _slow.acquire(blocking=False):
        return False
    try:
        time.sleep(SLOW_SECONDS)
    finally:
        _slow.release()
    return True


def _rate_limited() -> ApiFault:
    quota = str(limits().per_key)
    return ApiFault("rate-limited", headers=_RETRY, quota=quota, seconds="1")


def _ours(code: str) -> ApiFault:
    attempt = attempt_receipt()
    headers = _RETRY if code == "unavailable" else {}
    return ApiFault(code, headers=headers, members={"attempt": attempt} if attempt else {})


def _samples(code: str) -> dict[str, str]:
    names = {name for _, name, _, _ in Formatter().parse(PROBLEMS[code].english) if name}
    return {name: str(new_id()) if name == "stay_id" else "1" for name in names}
