"""A feed's permits: new, changed, unchanged, outdated; history, documents, versions, jobs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from apoa.base.clock import now
from apoa.base.ids import new_id
from apoa.db.scope import scope
from apoa.permits import upsert
from apoa.permits.content import DocumentContent
from apoa.permits.facts import PermitFacts
from apoa.permits.queries import permit_facts
from apoa.permits.upsert import UpsertOutcome
from tests.cast import EVERYWHERE
from tests.permits.support import PASSPORT, jobs, permit, rows, store

NEW_PASSPORT = DocumentContent("M100 200 300", "SWE", date(2036, 1, 1))

pytestmark = pytest.mark.usefixtures("cast")


def facts(permit_id: object) -> PermitFacts:
    with scope(EVERYWHERE):
        return permit_facts([permit_id])[permit_id]  # type: ignore[list-item,index]


def outcomes(*contents: object, **source: object) -> list[str]:
    return [str(one.outcome) for one in store(*contents, **source)]  # type: ignore[arg-type]


def test_a_new_permit_is_stored_with_document_history_and_job() -> None:
    feed_id = new_id()
    [done] = store(permit(), feed_id=feed_id)
    assert done.outcome is UpsertOutcome.NEW
    found = facts(done.permit_id)
    assert (found.surname, found.birth_date, found.version) == ("ANDERSSON", "1974-08-12", 1)
    assert found.feed_id == feed_id
    assert [(one.normalised, one.is_current) for one in found.documents] == [("L898902C3", True)]
    assert [(one.seq, one.act, one.valid_until) for one in found.history] == [
        (1, "imported", date(2026, 12, 31))
    ]
    assert jobs() == [{"permit_ids": [str(done.permit_id)]}]
    [audit] = rows("SELECT subject_id, detail FROM audit_rows WHERE action = 'upsert_permits'")
    assert tuple(audit) == (feed_id, {"new_permits": 1, "changed_permits": 0})


def test_no_number_is_readable_in_the_tables() -> None:
    store(permit())
    for table in ("permits", "permit_documents", "permit_history"):
        [(said,)] = rows(f"SELECT t::text FROM {table} t")  # noqa: S608 - names of our own tables
        stored = said + "".join(bytes.fromhex(part[1:]).decode("latin1") for part in _bytes(said))
        for secret in ("2C11", "JE 0001", "N000001", "L898902C3"):
            assert secret not in stored


def _bytes(said: str) -> list[str]:
    return [part.strip('"').lstrip("\\") for part in said.strip("()").split(",") if "\\x" in part]


def test_what_a_feed_repeats_writes_nothing() -> None:
    before = store(permit())
    [row] = rows("SELECT xmin::text, ctid::text FROM permits")
    again = store(permit())
    assert [one.outcome for one in again] == [UpsertOutcome.UNCHANGED]
    assert again[0].permit_id == before[0].permit_id
    assert [tuple(one) for one in rows("SELECT xmin::text, ctid::text FROM permits")] == [
        tuple(row)
    ]
    assert len(jobs()) == 1
    assert len(rows("SELECT 1 FROM audit_rows WHERE action = 'upsert_permits'")) == 1


def test_another_writing_of_the_number_is_the_same_permit() -> None:
    [first] = store(permit())
    [second] = store(permit(number="2c11je0001x"))
    assert second.permit_id == first.permit_id
    [third] = store(permit(issuing_state="NOR"))
    assert third.permit_id != first.permit_id


def test_a_changed_permit_gets_a_version_and_history() -> None:
    [first] = store(permit())
    [second] = store(
        permit(valid_until=date(2027, 6, 30), status="extended", status_on=date(2026, 12, 1))
    )
    assert (second.permit_id, second.outcome) == (first.permit_id, UpsertOutcome.CHANGED)
    found = facts(first.permit_id)
    assert (found.version, found.valid_until, found.status) == (2, date(2027, 6, 30), "extended")
    assert [(one.act, one.valid_until, one.effective_on) for one in found.history] == [
        ("imported", date(2026, 12, 31), None),
        ("extended", date(2027, 6, 30), date(2026, 12, 1)),
    ]
    assert len(jobs()) == 2


@pytest.mark.parametrize(
    ("changes", "act"),
    [
        ({"sponsor": "PT Lain"}, "corrected"),
        ({"valid_until": date(2026, 6, 30)}, "corrected"),
        ({"status": "revoked", "status_on": date(2026, 6, 1)}, "status"),
        ({"valid_until": date(2027, 1, 31)}, "extended"),
    ],
)
def test_history_says_what_a_feed_changed(changes: dict[str, object], act: str) -> None:
    [first] = store(permit())
    store(permit(**changes))
    assert facts(first.permit_id).history[-1].act == act


def test_a_renewed_passport_keeps_the_old_one() -> None:
    [first] = store(permit())
    store(permit(documents=(NEW_PASSPORT,)))
    assert [(one.normalised, one.is_current) for one in facts(first.permit_id).documents] == [
        ("M100200300", True),
        ("L898902C3", False),
    ]
    store(permit(documents=(PASSPORT, NEW_PASSPORT)))
    assert [(one.normalised, one.is_current) for one in facts(first.permit_id).documents] == [
        ("L898902C3", True),
        ("M100200300", False),
    ]


def test_older_documents_may_come_with_a_new_permit_and_the_same_one_twice() -> None:
    old = DocumentContent("OLD-1", None)
    [done] = store(permit(documents=(PASSPORT, old, DocumentContent("old1", "SWE"))))
    found = facts(done.permit_id)
    assert [(one.normalised, one.issuing_state) for one in found.documents] == [
        ("L898902C3", "SWE"),
        ("OLD1", None),
    ]
    store(permit(documents=(PASSPORT, DocumentContent("OLD 1", "SWE", date(2020, 1, 1)))))
    found = facts(done.permit_id)
    assert (found.documents[1].issuing_state, found.documents[1].expires_on) == (
        "SWE",
        date(2020, 1, 1),
    )


def test_an_earlier_state_of_the_register_changes_nothing() -> None:
    today = now()
    store(permit(sponsor="PT Baru"), as_of=today)
    assert outcomes(permit(sponsor="PT Lama"), as_of=today - timedelta(days=1)) == ["outdated"]
    assert outcomes(permit(sponsor="PT Terbaru"), as_of=today + timedelta(days=1)) == ["changed"]


def test_a_number_that_comes_twice_counts_as_two_feeds() -> None:
    done = store(
        permit(), permit(number="X-2"), permit(sponsor="PT Lain"), permit(sponsor="PT Lain")
    )
    assert [one.outcome.value for one in done] == ["new", "new", "changed", "unchanged"]
    assert done[0].permit_id == done[2].permit_id == done[3].permit_id
    assert facts(done[0].permit_id).version == 2


def test_many_keep_their_order_and_cost_few_statements(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upsert, "PIECE", 7)
    contents = [permit(number=f"A{number}", surname=f"S{number}") for number in range(20)]
    done = store(*contents)
    with scope(EVERYWHERE):
        found = permit_facts(one.permit_id for one in done)
    assert [found[one.permit_id].surname for one in done] == [one.surname for one in contents]
    contents[3] = replace(contents[3], sponsor="PT Lain")
    changed = [one.outcome.value for one in store(*contents)]
    assert changed == ["unchanged"] * 3 + ["changed"] + ["unchanged"] * 16


def test_a_job_names_at_most_500_permits() -> None:
    store(*[permit(number=f"B{number}") for number in range(501)])
    assert [len(one["permit_ids"]) for one in jobs()] == [500, 1]


def test_a_number_without_letters_and_digits_is_refused_and_nothing_stored() -> None:
    with pytest.raises(ValueError, match="letter or digit"):
        store(permit(), permit(number=" -/- "))
    assert rows("SELECT 1 FROM permits") == []


def test_an_empty_list_does_nothing() -> None:
    assert store() == []
    assert jobs() == []


def test_a_constraint_that_breaks_takes_the_whole_list_back() -> None:
    with pytest.raises(Exception, match="ck_permits"):
        store(permit(), permit(number="C2", nationality="IDN"))
    assert rows("SELECT 1 FROM permits") == []
    assert jobs() == []
