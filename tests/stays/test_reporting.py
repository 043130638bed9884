"""Reporting: stored as sent, once however often it is sent, and only by who may."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from apoa.access.actors import Actor
from apoa.audit.models import AuditRow
from apoa.base.errors import ApoaError, InvalidInput, NotAllowed, NotFound, StateConflict
from apoa.db.base import db
from apoa.db.unit_of_work import unit_of_work
from apoa.stays.amend import amend_stay
from apoa.stays.cancel import cancel_stay
from apoa.stays.check_out import check_out_many, check_out_stay
from apoa.stays.models import Source, Stay, StayNameToken
from apoa.stays.preview import check_report
from apoa.stays.read import list_versions, view_stay
from apoa.stays.reopen import reopen_stay
from apoa.stays.report import report_stay
from apoa.stays.versions import LONGEST_TOKEN
from tests.cast import Cast
from tests.factories import make_report
from tests.stays.conftest import Reporter


def count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_report_is_stored_as_sent(clerk: Actor, cast: Cast) -> None:
    report = make_report(client_ref="RES-1", late_reason="Jaringan putus")
    outcome = report_stay(clerk, cast.property_a, report, source=Source.WEB)
    view = view_stay(clerk, cast.property_a, outcome.stay_id)
    assert view.report == report
    assert (view.version, view.state, view.source) == (1, "in_house", "web")
    assert (view.property_id, view.office_id) == (cast.property_a, cast.office_bengkulu)
    assert (view.property_name, view.time_zone) == ("Hotel Pantai Panjang", "Asia/Jakarta")
    assert view.receipt_number == outcome.receipt_number
    assert view.first_received_at == view.updated_at == outcome.first_received_at
    (version,) = list_versions(clerk, cast.property_a, outcome.stay_id)
    assert (version.report, version.act, version.changed) == (report, "report", [])


def test_a_report_after_the_departure_is_departed_at_once(reported: Reporter) -> None:
    report = make_report()
    assert reported(checked_out_at=report.checked_in_at).state == "departed"


def test_a_name_is_found_by_every_spelling(reported: Reporter) -> None:
    reported(surname="MÜLLER-O'BRIEN", given_names="ЮЛИЯ")
    tokens = set(db.session.scalars(select(StayNameToken.token)))
    assert {"MULLER", "MUELLER", "OBRIEN", "YULIYA", "IULIIA"} <= tokens


def test_the_longest_name_has_words_that_fit(reported: Reporter) -> None:
    reported(surname="Щ" * 150, given_names=" ".join("Щ" * 49 for _ in range(3)))
    tokens = set(db.session.scalars(select(StayNameToken.token)))
    assert max(len(token) for token in tokens) == LONGEST_TOKEN


def test_an_amended_name_is_found_by_the_new_one_only(
    reported: Reporter, clerk: Actor, cast: Cast
) -> None:
    report = make_report(surname="ERIKSON")
    outcome = report_stay(clerk, cast.property_a, report, source=Source.WEB)
    amend_stay(
        clerk, cast.property_a, outcome.stay_id,
        replace(report, guest=replace(report.guest, surname="ERIKSSON")),
        expected_version=1, source=Source.WEB,
    )  # fmt: skip
    tokens = set(db.session.scalars(select(StayNameToken.token)))
    assert "ERIKSSON" in tokens
    assert "ERIKSON" not in tokens


@pytest.mark.parametrize(
    "state", ["unverified", "submitted", "asked_back", "refused", "suspended", "closed"]
)
def test_only_an_approved_property_reports(
    clerk: Actor, cast: Cast, owner: Any, state: str
) -> None:
    owner.execute("UPDATE properties SET state = %s WHERE id = %s", (state, cast.property_a))
    with pytest.raises(StateConflict) as caught:
        report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    assert caught.value.problems[0].code == "property-not-reporting"
    assert count(Stay) == 0


def test_the_act_refuses_what_the_schema_was_not_asked(clerk: Actor, cast: Cast) -> None:
    report = make_report(nationality="IDN", birth_date="1974-00-12")
    with pytest.raises(InvalidInput) as caught:
        report_stay(clerk, cast.property_a, report, source=Source.WEB)
    assert {(one.pointer, one.code) for one in caught.value.problems} == {
        ("/guest/nationality", "not-foreign"),
        ("/guest/birth_date", "day-without-month"),
    }


STRANGERS = ["clerk_b", "clerk_c", "stranger", "insarkom_blitar", "supervisor_blitar"]
OFFICERS = ["directorate", "auditor"]
OWN_OFFICERS = ["insarkom_bengkulu", "supervisor_bengkulu", "head_bengkulu"]


@pytest.mark.parametrize(
    ("name", "error"),
    [(name, NotFound) for name in STRANGERS + OWN_OFFICERS]
    + [(name, NotAllowed) for name in OFFICERS],
)
def test_nobody_else_does_anything_with_a_propertys_stays(
    reported: Reporter, cast: Cast, name: str, error: type[ApoaError]
) -> None:
    stay_id = reported().stay_id
    actor, property_id = cast.act_as(name), cast.property_a
    report, web = make_report(), Source.WEB
    acts = [
        lambda: report_stay(actor, property_id, report, source=web),
        lambda: check_report(actor, property_id, report),
        lambda: amend_stay(actor, property_id, stay_id, report, expected_version=1, source=web),
        lambda: check_out_stay(actor, property_id, stay_id, report.checked_in_at, source=web),
        lambda: check_out_many(actor, property_id, [stay_id], report.checked_in_at, source=web),
        lambda: cancel_stay(actor, property_id, stay_id, reason="x", source=web),
        lambda: reopen_stay(actor, property_id, stay_id, source=web),
        lambda: view_stay(actor, property_id, stay_id),
        lambda: list_versions(actor, property_id, stay_id),
    ]
    for act in acts:
        with pytest.raises(error):
            act()


def test_a_stay_is_not_reached_through_another_property(reported: Reporter, cast: Cast) -> None:
    stay_id = reported().stay_id
    other = cast.act_as("clerk_b")
    manager = cast.act_as("manager_ab")
    for actor in (other, manager):
        with pytest.raises(NotFound):
            view_stay(actor, cast.property_b, stay_id)


def test_a_batch_is_one_commit_and_each_item_has_its_own_verdict(clerk: Actor, cast: Cast) -> None:
    reports = [make_report(document_number=f"B{n}") for n in range(3)]
    reports[1] = replace(reports[1], guest=replace(reports[1].guest, nationality="IDN"))
    refused = 0
    with unit_of_work():
        for report in reports:
            try:
                report_stay(clerk, cast.property_a, report, source=Source.API)
            except InvalidInput:
                refused += 1
    assert (refused, count(Stay)) == (1, 2)


def test_stay_and_audit_row_are_kept_or_lost_together(clerk: Actor, cast: Cast, owner: Any) -> None:
    class CrashError(Exception):
        pass

    def crash() -> None:
        with unit_of_work():
            report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
            raise CrashError

    def kept() -> list[int]:
        tables = ("stays", "stay_versions", "stay_name_tokens", "receipts", "audit_rows")
        return [owner.execute(f"SELECT count(*) FROM {one}").fetchone()[0] for one in tables]  # noqa: S608 - names above

    with pytest.raises(CrashError):
        crash()
    assert kept() == [0, 0, 0, 0, 0]
    report_stay(clerk, cast.property_a, make_report(), source=Source.WEB)
    stays, versions, tokens, receipts, audit = kept()
    assert (stays, versions, receipts, audit) == (1, 1, 1, 1)
    assert tokens > 0


def test_each_act_leaves_one_audit_row(clerk: Actor, cast: Cast, reported: Reporter) -> None:
    stay_id, property_id = reported().stay_id, cast.property_a
    report = make_report(room="9")
    amend_stay(clerk, property_id, stay_id, report, expected_version=1, source=Source.WEB)
    check_out_stay(clerk, property_id, stay_id, report.checked_in_at, source=Source.WEB)
    cancel_stay(clerk, property_id, stay_id, reason="keliru", source=Source.WEB)
    reopen_stay(clerk, property_id, stay_id, source=Source.WEB)
    cast.act_as("directorate")
    rows = db.session.scalars(select(AuditRow).order_by(AuditRow.id)).all()
    assert [row.action for row in rows] == [
        "report_stay", "amend_stay", "check_out_stay", "cancel_stay", "reopen_stay",
    ]  # fmt: skip
    assert {row.subject_id for row in rows} == {stay_id}
    assert {row.property_id for row in rows} == {property_id}
    assert {row.office_id for row in rows} == {cast.office_bengkulu}
    assert [row.detail["version"] for row in rows] == [1, 2, 3, 4, 5]
