"""A head of office switches a rule off, or on again, for the office's area from a day on."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

import apoa.crosscheck.rules.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now, today
from apoa.base.errors import InvalidInput, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.crosscheck.rules.ask_again import ask_again
from apoa.crosscheck.rules.catalogue import RULES
from apoa.crosscheck.rules.models import CheckRuleSwitch
from apoa.crosscheck.rules.rulebook import read_rulebook
from apoa.db.base import session
from apoa.db.unit_of_work import unit_of_work
from apoa.offices.regions import WESTERN
from apoa.stays.reasons import read_reason


def switch_rule(
    actor: Actor, office_id: UUID, rule: str, *, enabled: bool, effective_from: date, reason: str
) -> None:
    """Says whether the office's area is asked by the rule from that day on, and why.

    Findings of guests who are in house then close themselves; those of guests who left stay.
    Raises NotAllowed, NotFound, InvalidInput, StateConflict (it is so already).
    """
    require(actor, Action.SWITCH_RULES, office_id=office_id)
    if rule not in RULES:
        raise NotFound("check_rule")
    words = read_reason(reason, needed=True) or ""
    if effective_from < today(WESTERN):
        raise InvalidInput.because("rule-in-past", "/effective_from")
    with unit_of_work():
        if read_rulebook().is_on(rule, office_id, effective_from) is enabled:
            raise StateConflict.because("rule-switched-already")
        values = {
            "id": new_id(),
            "rule": rule,
            "office_id": office_id,
            "enabled": enabled,
            "effective_from": effective_from,
            "reason": words,
            "created_by": actor.user_id,
            "created_at": now(),
        }
        said = {name: values[name] for name in ("enabled", "reason", "created_by", "created_at")}
        session().execute(
            insert(CheckRuleSwitch)
            .values(values)
            .on_conflict_do_update(
                index_elements=["rule", "office_id", "effective_from"], set_=said
            )
        )
        record(
            "switch_check_rule",
            subject_type="check_rule",
            office_id=office_id,
            rule=rule,
            enabled=enabled,
            effective_from=effective_from.isoformat(),
        )
        ask_again(rule, effective_from, office_id)
