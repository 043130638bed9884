"""The demo's register: every rule and band occurs, and each documented example is as documented."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from apoa.base.clock import now
from apoa.base.settings import Settings
from apoa.crosscheck.affected import check_permits
from apoa.crosscheck.check import check_stays
from apoa.crosscheck.findings.models import ACTIVE, Finding
from apoa.crosscheck.findings.nightly import run_nightly
from apoa.crosscheck.models import Match, MatchBand
from apoa.crosscheck.rules.names import RuleId, Section
from apoa.db.base import db
from apoa.db.scope import NOTHING, set_scope
from apoa.demo.example_guests import STAYS, example_guest
from apoa.demo.load import load_demo
from apoa.demo.permits import PERMITS_A_STAY
from apoa.permits.feed.freshness import freshness
from apoa.permits.feed.models import FeedSource, PermitFeed
from apoa.permits.feed.receive import preview_feed, receive_feed
from apoa.permits.feed.run import run_feed
from apoa.permits.feed.start import start_feed
from apoa.permits.models import Permit, PermitDocument, PermitHistory, PermitStatus
from apoa.permits.queries import find_permit
from apoa.properties.models import Property
from apoa.stays.models import Stay
from tests.cast import EVERYWHERE

DOCS = Path(__file__).parents[2] / "docs" / "crosscheck"
STAYS_OF_THE_DEMO = 60
# What a label stands for where it is not the name of its rule.
RULES_OF = {
    "WATCHLIST-MAYBE": {"watchlist-hit"},
    "REVIEW": {"document-mismatch"},
    "CHECK-OUT-MISSING": {"two-places", "departure-not-reported"},
    "EXTENDED-LATER": set(),
    "CONVERTED": set(),
}
# Rules about a lodging or a permit, not about one stay.
NOT_OF_A_STAY = {"SILENT-PROPERTY", "NO-STAY-REPORTED"}


@pytest.fixture
def demo(app: Flask, clean: None, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A small demo, after the worker has done what the load left to it."""
    load_demo(replace(settings, demo_stays=STAYS_OF_THE_DEMO, instance_path=tmp_path))
    set_scope(EVERYWHERE)
    for task, args in waiting_jobs():
        run_job(task, args)
    set_scope(EVERYWHERE)
    yield
    set_scope(NOTHING)


def waiting_jobs() -> list[tuple[str, dict[str, Any]]]:
    """The jobs of the cross-check in the order in which a worker takes them."""
    rows = db.session.execute(
        text(
            "SELECT task_name, args FROM procrastinate_jobs WHERE queue_name = 'crosscheck'"
            " ORDER BY priority DESC, id"
        )
    )
    return [(row.task_name, row.args) for row in rows]


def run_job(task: str, args: dict[str, Any]) -> None:
    set_scope(NOTHING)
    if task == "cross_check_permits":
        check_permits([UUID(one) for one in args["permit_ids"]])
    elif task == "cross_check_stays":
        checked = check_stays(UUID(args["property_id"]), [UUID(one) for one in args["stay_ids"]])
        assert checked.failed == 0
    else:
        assert task == "settle_by_time"
        run_nightly()


def stays_of(label: str) -> Sequence[Stay]:
    found = db.session.scalars(
        select(Stay)
        .where(Stay.client_ref.regexp_match(rf"^CONTOH-{label}(-\d)?$"))
        .order_by(Stay.client_ref)
    ).all()
    assert len(found) == len(STAYS[label]), label
    return found


def findings_of(label: str) -> Sequence[Finding]:
    """The active findings of the label's stays, lodging or permit."""
    statement = select(Finding).where(Finding.state.in_(ACTIVE))
    if label == "NO-STAY-REPORTED":
        permit_id = find_permit("CONTOH-NO-STAY-REPORTED", "AUS")
        return db.session.scalars(statement.where(Finding.permit_id == permit_id)).all()
    stays = stays_of(label)
    if label == "SILENT-PROPERTY":
        [property_id] = {one.property_id for one in stays}
        return db.session.scalars(statement.where(Finding.property_id == property_id)).all()
    ids = [one.id for one in stays]
    return db.session.scalars(statement.where(Finding.stay_ids.overlap(ids))).all()


def rules_of(label: str) -> set[str]:
    return {one.rule for one in findings_of(label)}


def count(model: type, *conditions: object) -> int:
    statement = select(func.count()).select_from(model).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(statement) or 0


def test_every_rule_and_every_band_occurs(demo: None) -> None:
    assert set(db.session.scalars(select(Finding.rule).distinct())) == {str(one) for one in RuleId}
    assert set(db.session.scalars(select(Match.band).distinct())) == {str(one) for one in MatchBand}
    assert count(Match) == STAYS_OF_THE_DEMO
    assert count(Match, Match.band == MatchBand.LINKED) > STAYS_OF_THE_DEMO / 2
    handlers = db.session.scalars(
        select(Finding.handled_by).where(Finding.rule == RuleId.TWO_PLACES)
    )
    assert set(handlers) == {str(one) for one in Section}
    bands = db.session.scalars(
        select(Finding.evidence["band"].astext).where(Finding.rule == RuleId.WATCHLIST_HIT)
    )
    assert set(bands) == {"linked", "review"}


def test_the_register_is_large_labelled_and_has_a_past(demo: None) -> None:
    assert count(Permit) == STAYS_OF_THE_DEMO * PERMITS_A_STAY
    statuses = set(db.session.scalars(select(Permit.status).distinct()))
    assert statuses >= {str(one) for one in PermitStatus} - {"cancelled"}
    assert count(PermitDocument, PermitDocument.is_current.is_(False))
    acts = set(db.session.scalars(select(PermitHistory.act).distinct()))
    assert acts >= {"imported", "extended", "status"}
    oldest = db.session.scalar(select(func.min(PermitHistory.at)))
    assert oldest is not None
    assert oldest < now() - timedelta(days=50)
    as_of = freshness().data_as_of
    assert as_of is not None
    assert as_of > now() - timedelta(hours=3)
    # A sandbox's guests are nobody, and nothing is left to be checked of them.
    sandboxes = set(db.session.scalars(select(Property.id).where(Property.sandbox_of.is_not(None))))
    checked = {UUID(args["property_id"]) for task, args in waiting_jobs() if "property_id" in args}
    assert sandboxes
    assert not sandboxes & checked


def test_each_example_is_as_documented(demo: None) -> None:
    for label in [*STAYS, "NO-STAY-REPORTED"]:
        assert rules_of(label) == RULES_OF.get(label, {label.lower()}), label
    page = (DOCS / "demo.md").read_text("utf-8")
    for label in STAYS:
        lodging = db.session.get_one(Property, stays_of(label)[0].property_id)
        assert lodging.name in page, label
    bands = {
        label: {
            db.session.get_one(Match, (one.property_id, one.id)).band for one in stays_of(label)
        }
        for label in STAYS
    }
    assert bands.pop("NO-PERMIT") == {"none"}
    assert bands.pop("REVIEW") == bands.pop("IDENTITY-CONFLICT") == {"review"}
    assert all(band == {"linked"} for band in bands.values()), bands


def test_the_documented_feed_closes_what_it_says(demo: None) -> None:
    path = DOCS / "demo-permits.csv"
    labels = re.findall(r"^CONTOH-([A-Z-]+),", path.read_text(), re.MULTILINE)
    assert all(findings_of(label) for label in labels)
    feed_id = take_over(path)
    set_scope(EVERYWHERE)
    before = [label for label in labels if findings_of(label)]
    assert before == labels  # nothing is looked at before the worker did
    ids = db.session.scalars(select(Permit.id).where(Permit.feed_id == feed_id)).all()
    assert len(ids) == len(labels)
    run_job("cross_check_permits", {"permit_ids": [str(one) for one in ids]})
    set_scope(EVERYWHERE)
    for label in labels:
        for one in stays_of(label):
            run_job(
                "cross_check_stays",
                {"property_id": str(one.property_id), "stay_ids": [str(one.id)]},
            )
            set_scope(EVERYWHERE)
    assert [label for label in labels if findings_of(label)] == []


def take_over(path: Path) -> UUID:
    """As `flask permits import` does it."""
    with path.open("rb") as file:
        feed_id = receive_feed(
            None,
            file,
            file_name=path.name,
            source=FeedSource.COMMAND,
            office_id=None,
            data_as_of=None,
            reading={},
        )
    mapping = preview_feed(db.session.get_one(PermitFeed, feed_id)).guessed
    start_feed(None, feed_id, mapping=mapping, is_dry_run=False, in_background=False)
    run_feed(feed_id)
    return feed_id


def test_the_page_names_every_rule_label_and_guest() -> None:
    page = (DOCS / "demo.md").read_text("utf-8")
    for rule in RuleId:
        assert f"### {rule}\n" in page
    for label in [*STAYS, "NO-STAY-REPORTED"]:
        guest = example_guest(label, now().date())
        assert f"CONTOH-{label}" in page, label
        assert f"{guest.given_names} {guest.surname}" in page, label
