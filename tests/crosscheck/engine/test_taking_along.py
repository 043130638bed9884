"""The job of one new stay checks those that wait behind it, and theirs go with its commit."""

from uuid import UUID

import pytest
from sqlalchemy import text

import apoa.crosscheck.check
from apoa.crosscheck.check import check_stays
from apoa.db.base import session
from apoa.stays.amend import patch_stay
from apoa.stays.models import Source
from tests.cast import Cast
from tests.crosscheck.engine.conftest import (
    get_match,
    make_permit,
    match_of,
    register,
    report,
    waiting_jobs,
    work,
)


def run_first(cast: Cast, property_name: str = "property_a") -> None:
    """What the worker does with the lodging's first job, but for the job's own end."""
    property_id = cast.properties[property_name]
    for job in waiting_jobs():
        if job.args["property_id"] == str(property_id):
            session().execute(
                text("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = :id"),
                {"id": job.id},
            )
            session().commit()
            check_stays(property_id, [UUID(one) for one in job.args["stay_ids"]], changed=True)
            return
    raise AssertionError("no job waits")


def guests(cast: Cast, count: int, property_name: str = "property_a") -> list[UUID]:
    return [
        report(cast, property_name, document_number=f"N{number}", client_ref=f"R{number}")
        for number in range(count)
    ]


def test_one_job_does_the_work_of_those_behind_it(cast: Cast) -> None:
    [permit_id] = register(make_permit())
    work()
    first, *others = guests(cast, 4)
    elsewhere = report(cast, "property_c")
    run_first(cast)
    assert {get_match(one).permit_id for one in (first, *others)} == {permit_id}
    assert match_of(elsewhere) is None
    [left] = waiting_jobs()
    assert left.args["stay_ids"] == [str(elsewhere)]


def test_a_job_that_another_has_begun_is_left_to_it(cast: Cast) -> None:
    first, second = guests(cast, 2)
    begun = waiting_jobs()[1]
    session().execute(
        text("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = :id"), {"id": begun.id}
    )
    session().commit()
    run_first(cast)
    assert match_of(first) is not None
    assert match_of(second) is None
    assert check_stays(cast.property_a, [second], changed=True).done == 1


def test_what_was_checked_meanwhile_is_not_checked_again(cast: Cast) -> None:
    [stay_id] = guests(cast, 1)
    assert check_stays(cast.property_a, [stay_id], changed=True).done == 1
    before = get_match(stay_id).checked_at
    assert check_stays(cast.property_a, [stay_id], changed=True).done == 0
    assert get_match(stay_id).checked_at == before


def test_a_stay_that_is_amended_after_its_check_is_checked_again(cast: Cast) -> None:
    first, second = guests(cast, 2)
    run_first(cast)
    patch_stay(
        cast.act_as("clerk_a"), cast.property_a, second, {"room": "7"}, expected_version=1,
        source=Source.WEB,
    )  # fmt: skip
    [job] = waiting_jobs()
    assert job.args["stay_ids"] == [str(second)]
    assert work() == 1
    assert (get_match(first).stay_version, get_match(second).stay_version) == (1, 2)


def test_one_that_fails_is_noted_and_its_job_goes_too(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, bad, last = guests(cast, 3)
    plain = apoa.crosscheck.check.judge_stay

    def judge_stay(piece: object, stay_id: UUID, frequencies: object) -> object:
        if stay_id == bad:
            raise ValueError("poison")
        return plain(piece, stay_id, frequencies)  # type: ignore[arg-type]

    monkeypatch.setattr(apoa.crosscheck.check, "judge_stay", judge_stay)
    run_first(cast)
    assert [match_of(one) is not None for one in (first, bad, last)] == [True, False, True]
    assert waiting_jobs() == []


def test_what_is_broken_off_leaves_all_jobs(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    guests(cast, 3)
    waiting = waiting_jobs()

    def fall(*_: object) -> None:
        raise RuntimeError("the worker is gone")

    monkeypatch.setattr(apoa.crosscheck.check, "end_waiting", fall)
    with pytest.raises(RuntimeError):
        check_stays(cast.property_a, [UUID(waiting[0].args["stay_ids"][0])], changed=True)
    session().rollback()
    assert waiting_jobs() == waiting
