"""The directorate changes a rule from a day on: a new version, those before stay as they were."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

import apoa.crosscheck.rules.problems  # noqa: F401  (registers the words of the codes used here)
from apoa.access.actors import Actor, require
from apoa.access.roles import Action
from apoa.audit.record import record
from apoa.base.clock import now, today
from apoa.base.errors import InvalidInput, NotFound, Problem, StateConflict
from apoa.base.ids import new_id
from apoa.base.schema import Fault, InputSchema, Text
from apoa.crosscheck.rules.ask_again import ask_again
from apoa.crosscheck.rules.catalogue import RULES
from apoa.crosscheck.rules.cause import RuleInForce
from apoa.crosscheck.rules.models import CheckRule
from apoa.crosscheck.rules.names import Section, Severity
from apoa.crosscheck.rules.parameters import read_parameters
from apoa.crosscheck.rules.rulebook import find_latest, read_rulebook
from apoa.db.base import session
from apoa.db.unit_of_work import add_unless_taken, unit_of_work
from apoa.offices.regions import WESTERN
from apoa.stays.schema_fields import Day


@dataclass(frozen=True)
class RuleChange:
    """What a rule shall be from a day on."""

    parameters: Mapping[str, Any]
    severity: str
    handled_by: str
    legal_basis_id: str
    legal_basis_en: str
    effective_from: date


def _one_of(codes: type[StrEnum]) -> Callable[[str], None]:
    def check(value: str) -> None:
        if value not in {str(one) for one in codes}:
            raise Fault("not-a-choice")

    return check


def _not_past(day: date) -> None:
    if day < today(WESTERN):
        raise Fault("rule-in-past")


class _ChangeSchema(InputSchema):
    severity = Text(10, required=True, validate=_one_of(Severity))
    handled_by = Text(12, required=True, validate=_one_of(Section))
    legal_basis_id = Text(300, required=True)
    legal_basis_en = Text(300, required=True)
    effective_from = Day(required=True, validate=_not_past)


def read_rule_change(rule: str, data: Mapping[str, Any]) -> RuleChange:
    """The change from outside: `parameters` by name, and the fields of RuleChange.

    Raises NotFound (no such rule), InvalidInput with every fault at once.
    """
    if rule not in RULES:
        raise NotFound("check_rule")
    faults: list[Problem] = []
    parameters: dict[str, Any] = {}
    values: dict[str, Any] = {}
    try:
        parameters = read_parameters(RULES[rule].parameters, data.get("parameters") or {})
    except InvalidInput as error:
        faults += error.problems
    try:
        values = _ChangeSchema().read({k: v for k, v in data.items() if k != "parameters"})
    except InvalidInput as error:
        faults += error.problems
    if faults:
        raise InvalidInput(faults)
    return RuleChange(parameters=parameters, **values)


def changed_rule(rule: RuleInForce, change: RuleChange) -> RuleInForce:
    """The rule as it would be."""
    return replace(
        rule,
        parameters=dict(change.parameters),
        severity=change.severity,
        handled_by=change.handled_by,
    )


def set_rule(actor: Actor, rule: str, change: RuleChange) -> int:
    """Makes it a new version; gives its number. Stays it can affect are asked about again.

    Raises NotAllowed, NotFound, StateConflict (one begins just that day, or nothing is new).
    """
    require(actor, Action.EDIT_RULES)
    if rule not in RULES:
        raise NotFound("check_rule")
    with unit_of_work():
        _require_new(rule, change)
        version = _next_version(rule)
        row = CheckRule(
            id=new_id(),
            rule=rule,
            version=version,
            parameters=dict(change.parameters),
            severity=change.severity,
            handled_by=change.handled_by,
            legal_basis_id=change.legal_basis_id,
            legal_basis_en=change.legal_basis_en,
            effective_from=change.effective_from,
            created_by=actor.user_id,
            created_at=now(),
        )
        add_unless_taken(row, StateConflict.because("rule-already-set", "/effective_from"))
        record(
            "set_check_rule",
            subject_type="check_rule",
            subject_id=row.id,
            rule=rule,
            version=version,
            effective_from=change.effective_from.isoformat(),
        )
        ask_again(rule, change.effective_from)
        return version


def _require_new(rule: str, change: RuleChange) -> None:
    before = find_latest(read_rulebook(), rule, change.effective_from)
    stored = session().scalar(
        select(CheckRule).where(CheckRule.rule == rule, CheckRule.version == before.version)
    )
    shipped = RULES[rule].legal_basis
    basis = (
        (stored.legal_basis_id, stored.legal_basis_en)
        if stored is not None
        else (shipped.indonesian, shipped.english)
    )
    same_basis = basis == (change.legal_basis_id, change.legal_basis_en)
    if same_basis and changed_rule(before, change) == before:
        raise StateConflict.because("rule-as-before")


def _next_version(rule: str) -> int:
    last = session().scalar(select(func.max(CheckRule.version)).where(CheckRule.rule == rule))
    return (last or 1) + 1
