"""The list of findings: filters as chips in the address, one order, pages that stand still."""

from typing import Any
from uuid import UUID

from flask import g, render_template, request, url_for
from flask_babel import gettext as _

from apoa.crosscheck.findings.cursor import read_finding_cursor
from apoa.crosscheck.findings.listing import FindingFilters, list_findings
from apoa.crosscheck.findings.models import FindingState
from apoa.crosscheck.rules.names import RuleId, Section, Severity
from apoa.properties.queries import find_property
from apoa.web.crosscheck.evidence import telling_evidence
from apoa.web.crosscheck.finding_words import SEVERITY_MARKS, STATE_MARKS, finding_words, rule_name
from apoa.web.crosscheck.permit_words import register_as_of
from apoa.web.office_clock import as_of, office_time_zone
from apoa.web.officers import blueprint
from apoa.web.officers.rule_words import SECTION_WORDS

Kept = dict[str, str]
_ACTIVE, _ALL = "active", "all"


@blueprint.get("/findings")
def findings() -> str:
    """A page of findings, the latest opened first."""
    cursor = read_finding_cursor(request.args.get("page"))
    kept = _kept()
    page = list_findings(g.actor, _filters(kept), cursor)
    following = _url(kept, page=str(page.next_cursor)) if page.next_cursor else None
    return render_template(
        "officers/findings.html",
        findings=page.findings,
        groups=_groups(kept),
        rules=_rule_group(kept),
        lodging=_lodging(kept),
        without_lodging=_url({**kept, "property": ""}),
        is_filtered=bool(kept),
        first_url=_url(kept) if cursor else None,
        next_url=following,
        words=table_words(),
        register_as_of=register_as_of(),
        data_as_of=as_of(),
    )


def table_words() -> dict[str, Any]:
    """What the table of findings asks for."""
    return {
        **finding_words(),
        "section_words": SECTION_WORDS,
        "telling": telling_evidence,
        "zone": office_time_zone(),
    }


def _kept() -> Kept:
    """The filters of the address that mean something; what is unknown is left out."""
    known: dict[str, Any] = {
        "rule": set(RuleId),
        "severity": set(Severity),
        "handled_by": set(Section),
        "state": {*FindingState, _ALL},
    }
    kept = {name: request.args.get(name, "") for name in known}
    kept = {name: value for name, value in kept.items() if value in known[name]}
    lodging = request.args.get("property", type=UUID)
    return {**kept, "property": str(lodging)} if lodging else kept


def _filters(kept: Kept) -> FindingFilters:
    state = kept.get("state", _ACTIVE)
    return FindingFilters(
        rule=kept.get("rule"),
        severity=kept.get("severity"),
        handled_by=kept.get("handled_by"),
        state=state if state in set(FindingState) else None,
        is_active=True if state == _ACTIVE else None,
        property_id=UUID(kept["property"]) if "property" in kept else None,
    )


def _groups(kept: Kept) -> list[dict[str, object]]:
    states = [(_ACTIVE, _("Belum selesai")), (_ALL, _("Semua"))]
    states += [(one, str(words)) for one, (_colour, words) in STATE_MARKS.items()]
    severities = [(one, str(words)) for one, (_colour, words) in SEVERITY_MARKS.items()]
    sections = [(one, str(words)) for one, words in SECTION_WORDS.items()]
    everything = [("", _("Semua"))]
    return [
        _group(kept, "state", _("Keadaan"), states, usual=_ACTIVE),
        _group(kept, "severity", _("Tingkat"), everything + severities),
        _group(kept, "handled_by", _("Ditangani"), everything + sections),
    ]


def _rule_group(kept: Kept) -> dict[str, object]:
    choices = [("", _("Semua")), *((one.value, rule_name(one)) for one in RuleId)]
    return _group(kept, "rule", _("Aturan"), choices)


def _group(
    kept: Kept, name: str, label: str, choices: list[tuple[str, str]], usual: str = ""
) -> dict[str, object]:
    chosen = kept.get(name, usual)
    chips = [
        {
            "text": text,
            "url": _url({**kept, name: "" if value == usual else str(value)}),
            "active": value == chosen,
        }
        for value, text in choices
    ]
    return {"label": label, "chips": chips, "chosen": bool(kept.get(name))}


def _url(kept: Kept, **more: str) -> str:
    values: dict[str, Any] = {name: value for name, value in (kept | more).items() if value}
    return url_for("officers.findings", **values)


def _lodging(kept: Kept) -> str | None:
    if "property" not in kept:
        return None
    lodging = find_property(UUID(kept["property"]))
    return lodging.name if lodging else _("di luar wilayah Anda")
