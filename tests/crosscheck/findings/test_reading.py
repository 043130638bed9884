"""Who reads which findings, in which order; who dismisses one; what no lodging ever sees."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from apoa.base.errors import InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.base.ids import new_id
from apoa.crosscheck.findings.cursor import FindingCursor, read_finding_cursor
from apoa.crosscheck.findings.dismiss import dismiss_finding
from apoa.crosscheck.findings.listing import (
    FindingFilters,
    count_active_findings,
    get_finding,
    list_findings,
    severity_rank,
)
from apoa.crosscheck.findings.models import Finding, FindingEvent, FindingState
from apoa.crosscheck.watchlist.models import WatchlistEntry
from apoa.db.base import session
from tests.cast import Cast
from tests.crosscheck.findings.support import (
    ARRIVAL,
    make_permit,
    nov,
    on_day,
    register,
    report,
    the_finding,
    work,
)

ALL = FindingFilters()
TABLES = ("findings", "finding_events", "watchlist_entries", "watchlist_keys")


def planted(cast: Cast) -> UUID:
    """A permit run out in Bengkulu, a late report in each office; gives the stay in Bengkulu."""
    register(make_permit(valid_until=nov(11)))
    stay_id = report(cast)
    report(cast, "property_c", document_number="K1", surname="BERG", given_names="OLA")
    work()
    return stay_id


def test_an_office_reads_its_own_and_the_directorate_all(cast: Cast) -> None:
    with on_day(nov(13)):
        planted(cast)
        for name, offices in (
            ("supervisor_bengkulu", {cast.office_bengkulu}),
            ("insarkom_blitar", {cast.office_blitar}),
            ("directorate", {cast.office_bengkulu, cast.office_blitar}),
            ("auditor", {cast.office_bengkulu, cast.office_blitar}),
        ):
            page = list_findings(cast.act_as(name), ALL)
            assert {one.office_id for one in page.findings} == offices


@pytest.mark.parametrize("name", ["clerk_a", "manager_ab", "stranger"])
def test_no_lodging_reads_a_finding(cast: Cast, name: str) -> None:
    with on_day(nov(13)):
        planted(cast)
        finding_id = the_finding("permit-expired").id
        actor = cast.act_as(name)
        with pytest.raises(NotAllowed):
            list_findings(actor, ALL)
        with pytest.raises(NotAllowed):
            get_finding(actor, finding_id)
        # Below the acts too: neither through the ORM nor past it.
        for table in (Finding, FindingEvent, WatchlistEntry):
            assert session().scalar(select(func.count()).select_from(table)) == 0
        for name_of_table in TABLES:
            assert session().scalar(text(f"SELECT count(*) FROM {name_of_table}")) == 0  # noqa: S608


def test_another_offices_finding_does_not_exist(cast: Cast) -> None:
    with on_day(nov(13)):
        planted(cast)
        finding_id = the_finding("permit-expired").id
        with pytest.raises(NotFound):
            get_finding(cast.act_as("supervisor_blitar"), finding_id)
        with pytest.raises(NotFound):
            dismiss_finding(cast.act_as("supervisor_blitar"), finding_id, "bukan apa-apa")
        with pytest.raises(NotFound):
            get_finding(cast.act_as("supervisor_bengkulu"), new_id())


def test_filters_and_pages(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = planted(cast)
        actor = cast.act_as("directorate")
        every = list_findings(actor, ALL).findings
        assert len(every) == 3
        first = list_findings(actor, ALL, limit=2)
        assert first.next_cursor is not None
        second = list_findings(actor, ALL, read_finding_cursor(str(first.next_cursor)), limit=2)
        assert [one.id for one in first.findings + second.findings] == [one.id for one in every]
        assert second.next_cursor is None
        for filters, rules in (
            (FindingFilters(rule="permit-expired"), {"permit-expired"}),
            (FindingFilters(severity="low"), {"late-report"}),
            (FindingFilters(handled_by="supervision"), {"permit-expired"}),
            (FindingFilters(stay_id=stay_id), {"permit-expired", "late-report"}),
            (FindingFilters(state="dismissed"), set()),
            (FindingFilters(is_active=False), set()),
            (FindingFilters(office_id=cast.office_blitar, is_active=True), {"late-report"}),
        ):
            assert {one.rule for one in list_findings(actor, filters).findings} == rules
        assert count_active_findings(actor) == {
            ("supervision", "high"): 1,
            ("insarkom", "low"): 2,
        }


@pytest.mark.parametrize("wrong", ["x", "1-2", "12345", "9" * 40 + "-" + "a" * 32, "-" + "a" * 32])
def test_a_cursor_that_nobody_gave_names_nothing(wrong: str) -> None:
    with pytest.raises(NotFound):
        read_finding_cursor(wrong)


def test_a_cursor_is_read_as_it_was_written() -> None:
    cursor = FindingCursor(ARRIVAL + timedelta(microseconds=7), new_id())
    assert read_finding_cursor(str(cursor)) == cursor
    assert read_finding_cursor("") is None


def test_a_finding_with_its_evidence_and_history(cast: Cast) -> None:
    with on_day(nov(13)):
        stay_id = planted(cast)
        finding_id = the_finding("permit-expired").id
        supervisor = cast.act_as("supervisor_bengkulu")
        dismiss_finding(supervisor, finding_id, "sudah lapor")
        detail = get_finding(cast.act_as("supervisor_bengkulu"), finding_id)
        assert detail.finding.property_name == "Hotel Pantai Panjang"
        assert detail.finding.state == FindingState.DISMISSED
        assert detail.stays == [(cast.property_a, stay_id)]
        assert [(one.act, one.by, one.note) for one in detail.events] == [
            ("opened", None, None),
            ("dismissed", "Supervisor Bengkulu", "sudah lapor"),
        ]
        assert detail.events[0].evidence == detail.finding.evidence


def test_the_section_that_handles_it_dismisses_and_gives_a_reason_once(cast: Cast) -> None:
    with on_day(nov(13)):
        planted(cast)
        finding_id = the_finding("permit-expired").id
        for name in ("insarkom_bengkulu", "directorate", "auditor"):
            with pytest.raises(NotAllowed):
                dismiss_finding(cast.act_as(name), finding_id, "bukan apa-apa")
        with pytest.raises(InvalidInput):
            dismiss_finding(cast.act_as("supervisor_bengkulu"), finding_id, " ")
        dismiss_finding(cast.act_as("head_bengkulu"), finding_id, "bukan apa-apa")
        with pytest.raises(StateConflict):
            dismiss_finding(cast.act_as("supervisor_bengkulu"), finding_id, "lagi")


def test_the_most_severe_ranks_first() -> None:
    ordered = sorted(["low", "urgent", "normal", "high"], key=severity_rank)
    assert ordered == ["urgent", "high", "normal", "low"]
