"""How a finding reads: rule, state, severity, section, and what happened to it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext

from apoa.crosscheck.findings.models import FindingAct, FindingState
from apoa.crosscheck.rules.catalogue import RULES
from apoa.crosscheck.rules.names import RuleId, Severity
from apoa.web.locale import select_locale

STATE_MARKS = {
    FindingState.OPEN: ("blue", lazy_gettext("Terbuka")),
    FindingState.IN_WORK: ("blue", lazy_gettext("Dikerjakan")),
    FindingState.IN_FIELD: ("blue", lazy_gettext("Di lapangan")),
    FindingState.CONFIRMED: ("red", lazy_gettext("Terbukti")),
    FindingState.DISMISSED: ("grey", lazy_gettext("Dikesampingkan")),
    FindingState.CLOSED_ITSELF: ("green", lazy_gettext("Selesai sendiri")),
}
SEVERITY_MARKS = {
    Severity.URGENT: ("red", lazy_gettext("Segera")),
    Severity.HIGH: ("red", lazy_gettext("Tinggi")),
    Severity.NORMAL: ("blue", lazy_gettext("Sedang")),
    Severity.LOW: ("grey", lazy_gettext("Rendah")),
}
ACT_WORDS = {
    FindingAct.OPENED: lazy_gettext("Temuan dibuka"),
    FindingAct.UPDATED: lazy_gettext("Bukti diperbarui"),
    FindingAct.HANDED_OVER: lazy_gettext("Pindah ke seksi lain"),
    FindingAct.CAUSE_GONE: lazy_gettext("Penyebabnya sudah tidak ada"),
    FindingAct.CLOSED_ITSELF: lazy_gettext("Selesai sendiri: penyebabnya sudah tidak ada"),
    FindingAct.REOPENED: lazy_gettext("Dibuka kembali"),
    FindingAct.DISMISSED: lazy_gettext("Dikesampingkan"),
}


def rule_name(rule: str) -> str:
    """What a rule is called."""
    return RULES[RuleId(rule)].name.in_locale(select_locale())


def rule_says(rule: str) -> str:
    """What a rule says."""
    return RULES[RuleId(rule)].says.in_locale(select_locale())


def finding_words() -> Mapping[str, Any]:
    """What every template with findings needs."""
    return {
        "state_marks": STATE_MARKS,
        "severity_marks": SEVERITY_MARKS,
        "rule_name": rule_name,
    }
