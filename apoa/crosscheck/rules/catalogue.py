"""The rules as they are shipped: first version of each, before the directorate changes anything."""

from types import MappingProxyType

from apoa.crosscheck.rules.names import RuleId
from apoa.crosscheck.rules.shipped import ShippedRule
from apoa.crosscheck.rules.shipped_conduct import CONDUCT_RULES
from apoa.crosscheck.rules.shipped_permits import PERMIT_RULES
from apoa.crosscheck.rules.shipped_persons import PERSON_RULES

_BY_ID = {one.rule: one for one in (*PERMIT_RULES, *PERSON_RULES, *CONDUCT_RULES)}
# In the order of their ids' list, which is that of the documentation.
RULES: MappingProxyType[str, ShippedRule] = MappingProxyType({one: _BY_ID[one] for one in RuleId})
