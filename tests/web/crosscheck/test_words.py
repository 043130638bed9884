"""Everything that the matching, the rules and the register can say has words."""

import re
from pathlib import Path

import pytest
from flask import Flask, g

from apoa.access.actors import Actor
from apoa.base.ids import new_id
from apoa.crosscheck.compare import Agreement
from apoa.crosscheck.findings.models import FindingAct, FindingState
from apoa.crosscheck.matching.word_pairs import Likeness
from apoa.crosscheck.models import MatchBand
from apoa.crosscheck.rules.names import RuleId, Severity
from apoa.crosscheck.watchlist.models import WatchKind
from apoa.permits.models import HistoryAct, PermitStatus
from apoa.web.crosscheck import evidence, finding_words, match_words, permit_words

ROOT = Path(__file__).parents[3] / "apoa" / "crosscheck"


def test_every_code_of_the_matching_has_words() -> None:
    known = set(match_words.CODE_WORDS)
    likenesses = {one.name.lower().replace("_", "-") for one in Likeness}
    assert likenesses <= known
    for path in (ROOT / "matching").glob("*.py"):
        for field, code in re.findall(r'Reason\("([a-z_]+)", "([a-z-]+)"', path.read_text()):
            assert code in known
            assert field in match_words.FIELD_WORDS
    for name in ("births", "documents", "name_bits"):
        text = (ROOT / "matching" / f"{name}.py").read_text()
        codes = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', text))
        assert codes <= known, codes - known


def test_every_state_has_words() -> None:
    assert set(match_words.BAND_MARKS) == set(MatchBand)
    assert set(match_words.AGREEMENT_MARKS) == set(Agreement)
    assert set(permit_words.STATUS_MARKS) == set(PermitStatus)
    assert set(permit_words.ACT_WORDS) == set(HistoryAct)
    assert set(finding_words.STATE_MARKS) == set(FindingState)
    assert set(finding_words.SEVERITY_MARKS) == set(Severity)
    assert set(finding_words.ACT_WORDS) == set(FindingAct)
    assert set(evidence.WATCH_WORDS) == set(WatchKind)


def test_everything_that_a_rule_keeps_has_words() -> None:
    kept: set[str] = set()
    for name in ("identity", "lodging", "movement", "permit_days", "permit_found", "stay_cause"):
        text = (ROOT / "rules" / f"{name}.py").read_text()
        kept |= set(re.findall(r'^ +"(\w+)": ', text, re.MULTILINE))
        kept |= set(re.findall(r'evidence\["(\w+)"\] = ', text))
    assert len(kept) > 30
    known = set(evidence._SHOWN) | evidence._NOT_SHOWN
    assert kept <= known, kept - known


@pytest.mark.parametrize("rule", list(RuleId))
def test_every_rule_is_called_something(app: Flask, rule: RuleId) -> None:
    with app.test_request_context("/"):
        assert finding_words.rule_name(rule)
        assert finding_words.rule_says(rule)


def test_evidence_is_written_out(app: Flask) -> None:
    with app.test_request_context("/"):
        g.actor = Actor(new_id(), "Somebody")
        rows = evidence.evidence_rows(
            {
                "permit_id": "x",
                "days_over": 3,
                "fine": 3000000,
                "valid_until": "2026-11-30",
                "is_in_house": True,
                "agreeing": ["birth_date", "name"],
                "checked_out_on": None,
                "something_new": "7",
            }
        )
    assert {one["key"]: one["value"] for one in rows} == {
        "Mendukung": "Tanggal lahir, Nama",
        "Hari terakhir izin": "30 Nov 2026",
        "Masih menginap": "ya",
        "Banyaknya hari lewat": "3",
        "Denda menurut tarif": "Rp 3.000.000",
        "something_new": "7",
    }
