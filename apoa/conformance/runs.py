"""A conformance run: started for a test key, looked at until every step was seen, certified."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from marshmallow import post_load
from sqlalchemy import delete, select

import apoa.conformance.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor
from apoa.access.api_caller import ApiCaller
from apoa.access.api_models import ApiKey, KeyMode
from apoa.access.list_keys import get_key
from apoa.access.throttle import take
from apoa.audit.record import record
from apoa.base.clock import now
from apoa.base.errors import NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.base.schema import InputSchema, Text
from apoa.conformance.certificate import certify
from apoa.conformance.models import ConformanceRun
from apoa.conformance.steps import Seen, Step, find_seen
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work

# Which edition of the contract the certificate speaks of.
CONTRACT_VERSION = "1.0"
OPEN_FOR = timedelta(days=14)
_STARTS_AT_ONCE = 10
_REFILLED_IN_SECONDS = 3600
_SHOWN = 20


class RunInputSchema(InputSchema):
    """Reads what starts a run; the loaded value is the integration's name."""

    integration = Text(120, min_length=2, required=True)

    @post_load
    def _make(self, data: dict[str, Any], **_kwargs: Any) -> str:
        return str(data["integration"])


@dataclass(frozen=True)
class RunView:
    """How a run stands. `state` is "open", "passed" or "expired"."""

    run_id: UUID
    key_id: UUID
    integration: str
    contract_version: str
    state: str
    started_at: datetime
    expires_at: datetime
    steps: dict[Step, Seen | None]
    passed_at: datetime | None
    certificate_number: str | None

    @property
    def seen_count(self) -> int:
        """How many steps were seen."""
        return sum(seen is not None for seen in self.steps.values())


def start_run(actor: Actor, key_id: UUID, integration: str) -> RunView:
    """A new run of a test key; steps count from now on.

    Raises NotFound, NotAllowed, StateConflict for a live or ended key, Throttled.
    """
    key = _get_own_key(actor, key_id)
    if key.mode != KeyMode.TEST:
        raise StateConflict.because("test-key-needed")
    if key.ended_at is not None or key.expires_at <= now():
        raise StateConflict.because("key-not-live")
    take(("conformance", str(key_id)), capacity=_STARTS_AT_ONCE, per_seconds=_REFILLED_IN_SECONDS)
    started_at = now()
    with unit_of_work():
        run = ConformanceRun(
            id=new_id(),
            key_id=key_id,
            integration=integration,
            contract_version=CONTRACT_VERSION,
            started_at=started_at,
            expires_at=started_at + OPEN_FOR,
            seen={},
        )
        session().add(run)
        session().flush()
        record("conformance_started", subject_type="conformance_run", subject_id=run.id)
        return _view(run)


def read_run(actor: Actor, run_id: UUID) -> RunView:
    """How the run stands now; the look that sees the last step certifies it.

    Raises NotFound, NotAllowed.
    """
    with unit_of_work():
        run = session().scalar(
            select(ConformanceRun).where(ConformanceRun.id == run_id).with_for_update()
        )
        if run is None:
            raise NotFound("run")
        key = _get_own_key(actor, run.key_id)
        if run.passed_at is None and run.expires_at > now():
            _look(run, key)
        return _view(run)


def list_runs(actor: Actor, key_id: UUID) -> list[RunView]:
    """The last runs of a key as they were when last looked at, the newest first.

    Raises NotFound, NotAllowed.
    """
    _get_own_key(actor, key_id)
    rows = session().scalars(
        select(ConformanceRun)
        .where(ConformanceRun.key_id == key_id)
        .order_by(ConformanceRun.started_at.desc(), ConformanceRun.id.desc())
        .limit(_SHOWN)
    )
    return [_view(run) for run in rows]


def forget_old_runs() -> int:
    """Deletes runs that ended without a certificate; says how many. For a daily job."""
    with unit_of_work():
        done: Any = session().execute(
            delete(ConformanceRun).where(
                ConformanceRun.passed_at.is_(None), ConformanceRun.expires_at < now() - OPEN_FOR
            )
        )
        return int(done.rowcount)


def _get_own_key(actor: Actor, key_id: UUID) -> ApiKey:
    """The key, for itself and for who manages it."""
    if isinstance(actor, ApiCaller):
        if actor.user_id != key_id:
            raise NotFound("key")
    else:
        get_key(actor, key_id)
    return session().get_one(ApiKey, key_id)


def _look(run: ConformanceRun, key: ApiKey) -> None:
    seen = _kept(run)
    found = find_seen(run.key_id, key.property_ids, run.started_at)
    new = {step: one for step, one in found.items() if step not in seen}
    if not new:
        return
    seen |= new
    run.seen = {
        str(step): {"at": one.at.isoformat(), "request_id": one.request_id}
        for step, one in seen.items()
    }
    if len(seen) == len(Step):
        certify(run, seen, now())
        record("conformance_passed", subject_type="conformance_run", subject_id=run.id)
    session().flush()


def _kept(run: ConformanceRun) -> dict[Step, Seen]:
    return {
        Step(name): Seen(datetime.fromisoformat(one["at"]), one["request_id"])
        for name, one in run.seen.items()
        if name in set(Step)
    }


def _view(run: ConformanceRun) -> RunView:
    kept = _kept(run)
    ended = "expired" if run.expires_at <= now() else "open"
    return RunView(
        run_id=run.id,
        key_id=run.key_id,
        integration=run.integration,
        contract_version=run.contract_version,
        state="passed" if run.passed_at else ended,
        started_at=run.started_at,
        expires_at=run.expires_at,
        steps={step: kept.get(step) for step in Step},
        passed_at=run.passed_at,
        certificate_number=run.certificate_number,
    )
