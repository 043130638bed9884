"""The legal basis of a finding: as the version of the rule states it by which it was found."""

from flask import g

from apoa.crosscheck.findings.listing import FindingView
from apoa.crosscheck.rules.views import get_rule
from apoa.web.locale import select_locale


def legal_basis(finding: FindingView) -> str:
    """In the reader's language."""
    rule = get_rule(g.actor, finding.rule)
    its = (one for one in rule.versions if one.version == finding.rule_version)
    return next(its, rule.current).legal_basis.in_locale(select_locale())
