"""How officers read the register of rules: each with its versions and where it is switched off."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor, require
from apoa.access.models import User
from apoa.access.places import office_names
from apoa.access.roles import Action
from apoa.base.clock import today
from apoa.base.errors import NotFound
from apoa.crosscheck.rules.catalogue import RULES
from apoa.crosscheck.rules.models import CheckRule, CheckRuleSwitch
from apoa.crosscheck.rules.parameters import Words
from apoa.crosscheck.rules.rulebook import in_force, shipped_rule
from apoa.crosscheck.rules.shipped import SHIPPED_FROM, ShippedRule
from apoa.db.base import session
from apoa.offices.regions import WESTERN


@dataclass(frozen=True)
class RuleVersionView:
    """A version: what it asks, and from which day on. `created_by` None: as shipped."""

    version: int
    parameters: Mapping[str, Any]
    severity: str
    handled_by: str
    legal_basis: Words
    effective_from: date
    created_by: str | None
    is_in_force: bool


@dataclass(frozen=True)
class SwitchView:
    """What an office said of a rule, and from when."""

    office_id: UUID
    office_name: str
    enabled: bool
    effective_from: date
    reason: str
    is_in_force: bool


@dataclass(frozen=True)
class RuleView:
    """A rule with every version, the newest first, and every switch."""

    rule: str
    shipped: ShippedRule
    versions: list[RuleVersionView]
    switches: list[SwitchView]

    @property
    def current(self) -> RuleVersionView:
        """The version in force today."""
        return next(one for one in self.versions if one.is_in_force)

    @property
    def off_in(self) -> list[SwitchView]:
        """The offices in which it is switched off today."""
        return [one for one in self.switches if one.is_in_force and not one.enabled]

    def is_on(self, office_id: UUID) -> bool:
        """Whether the office asks it today."""
        return all(one.office_id != office_id for one in self.off_in)


def list_rules(actor: Actor) -> list[RuleView]:
    """Every rule, in the order of the register. Raises NotAllowed."""
    require(actor, Action.VIEW_FINDINGS)
    versions, switches = _versions(), _switches()
    return [
        RuleView(rule, shipped, versions[rule], switches[rule]) for rule, shipped in RULES.items()
    ]


def get_rule(actor: Actor, rule: str) -> RuleView:
    """One rule. Raises NotAllowed, NotFound."""
    for one in list_rules(actor):
        if one.rule == rule:
            return one
    raise NotFound("check_rule")


def _versions() -> dict[str, list[RuleVersionView]]:
    here = today(WESTERN)
    rows: dict[str, list[tuple[CheckRule, str | None]]] = defaultdict(list)
    for row, name in session().execute(
        select(CheckRule, User.name)
        .outerjoin(User, User.id == CheckRule.created_by)
        .order_by(CheckRule.effective_from.desc())
    ):
        rows[row.rule].append((row, name))
    found: dict[str, list[RuleVersionView]] = {}
    for rule, shipped in RULES.items():
        later = rows[rule]
        begun = [row.version for row, _ in later if row.effective_from <= here]
        current = begun[0] if begun else 1
        first = shipped_rule(rule)
        found[rule] = [
            *(_version(row, name, is_in_force=row.version == current) for row, name in later),
            RuleVersionView(
                version=1,
                parameters=first.parameters,
                severity=first.severity,
                handled_by=first.handled_by,
                legal_basis=shipped.legal_basis,
                effective_from=SHIPPED_FROM,
                created_by=None,
                is_in_force=current == 1,
            ),
        ]
    return found


def _version(row: CheckRule, name: str | None, *, is_in_force: bool) -> RuleVersionView:
    return RuleVersionView(
        version=row.version,
        parameters=in_force(
            row.rule, row.version, row.parameters, row.severity, row.handled_by
        ).parameters,
        severity=row.severity,
        handled_by=row.handled_by,
        legal_basis=Words(row.legal_basis_id, row.legal_basis_en),
        effective_from=row.effective_from,
        created_by=name,
        is_in_force=is_in_force,
    )


def _switches() -> dict[str, list[SwitchView]]:
    here, names = today(WESTERN), office_names()
    found: dict[str, list[SwitchView]] = defaultdict(list)
    decided: set[tuple[str, UUID]] = set()
    for row in session().scalars(
        select(CheckRuleSwitch).order_by(CheckRuleSwitch.effective_from.desc())
    ):
        has_begun = row.effective_from <= here
        found[row.rule].append(
            SwitchView(
                office_id=row.office_id,
                office_name=names.get(row.office_id, ""),
                enabled=row.enabled,
                effective_from=row.effective_from,
                reason=row.reason,
                is_in_force=has_begun and (row.rule, row.office_id) not in decided,
            )
        )
        if has_begun:
            decided.add((row.rule, row.office_id))
    return found
