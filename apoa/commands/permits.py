"""`flask permits`: takes a file of permits over while one waits; run again, it goes on."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup
from sqlalchemy import select

from apoa.base.errors import InvalidInput, Refused
from apoa.base.problems import problem_text
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.permits.feed.csv_table import ENCODINGS
from apoa.permits.feed.listing import FeedView, iter_faults, view_feed
from apoa.permits.feed.models import FeedSource, FeedState, PermitFeed
from apoa.permits.feed.receive import find_same_file, preview_feed, receive_feed
from apoa.permits.feed.report import csv_lines, report_rows
from apoa.permits.feed.run import run_feed
from apoa.permits.feed.start import resume_feed, start_feed, stop_feed

permits = AppGroup("permits", help="The register of residence permits.")

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True, readable=True)
_OUT = click.Path(path_type=Path, dir_okay=False, writable=True)
_SEPARATOR_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t"}


@permits.command("import")
@click.argument("file", type=_FILE)
@click.option("--dry-run", is_flag=True, help="Judge every row and store nothing but the report.")
@click.option("--mapping", multiple=True, metavar="FIELD=HEADING", help="Which column fills it.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S%z"]),
    help="When the sender's register stood like this; UTC unless a zone is given.",
)
@click.option("--encoding", type=click.Choice(ENCODINGS), help="Of a CSV without a mark.")
@click.option("--separator", type=click.Choice(list(_SEPARATOR_NAMES)), help="Of a CSV.")
@click.option("--sheet", help="The sheet of an XLSX; by default the first.")
@click.option("--report", type=_OUT, help="CSV to write, one row for each fault.")
def import_permits(
    file: Path,
    dry_run: bool,
    mapping: tuple[str, ...],
    as_of: datetime | None,
    encoding: str | None,
    separator: str | None,
    sheet: str | None,
    report: Path | None,
) -> None:
    """Take FILE (CSV, XLSX or JSON) over into the register, with its progress.

    Ended in the middle, it goes on where it was when it is run again with the same file.
    """
    reading = {
        "encoding": encoding,
        "separator": _SEPARATOR_NAMES.get(separator or ""),
        "sheet": sheet,
    }
    chosen = dict(_pair(one) for one in mapping)
    try:
        feed_id = _waiting(file, dry_run)
        if feed_id is None:
            feed_id = _begin(file, as_of, dry_run, chosen, reading)
        _run(feed_id)
    except Refused as error:
        raise _told(error) from None
    with scope_everywhere("permit feed"):
        view = view_feed(None, feed_id)
        if report is not None:
            with report.open("wb") as out:
                out.writelines(csv_lines(report_rows(iter_faults(feed_id), "en")))
    _tell(view)


def _pair(text: str) -> tuple[str, str]:
    field, sign, heading = text.partition("=")
    if not sign:
        raise click.BadParameter("write FIELD=HEADING", param_hint="--mapping")
    return field.strip(), heading.strip()


def _waiting(file: Path, dry_run: bool) -> UUID | None:
    """The feed of this very file that this command began and did not end."""
    with file.open("rb") as content:
        digest = file_digest(content, "sha256").digest()
    with scope_everywhere("permit feed"):
        feed = session().scalar(
            select(PermitFeed)
            .where(
                PermitFeed.file_digest == digest,
                PermitFeed.source == FeedSource.COMMAND,
                PermitFeed.is_dry_run.is_(dry_run),
                PermitFeed.state.in_([FeedState.RUNNING, FeedState.STOPPED]),
            )
            .order_by(PermitFeed.created_at.desc())
            .limit(1)
        )
        if feed is None:
            return None
        click.echo(f"Going on behind row {feed.done_rows:,}.", err=True)
        resume_feed(None, feed.id, in_background=False)
        return feed.id


def _begin(
    file: Path,
    as_of: datetime | None,
    dry_run: bool,
    chosen: dict[str, str],
    reading: dict[str, str | None],
) -> UUID:
    moment = as_of.astimezone() if as_of and as_of.tzinfo else _utc(as_of)
    with file.open("rb") as content:
        feed_id = receive_feed(
            None,
            content,
            file_name=file.name,
            source=FeedSource.COMMAND,
            office_id=None,
            data_as_of=moment,
            reading={name: one for name, one in reading.items() if one},
        )
    with scope_everywhere("permit feed"):
        feed = session().get_one(PermitFeed, feed_id)
        same = find_same_file(feed.file_digest, feed_id)
        if same is not None:
            click.echo(f"This file was taken over on {same.created_at:%Y-%m-%d}.", err=True)
        mapping = preview_feed(feed).guessed | chosen
    start_feed(None, feed_id, mapping=mapping, is_dry_run=dry_run, in_background=False)
    return feed_id


def _utc(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


@contextmanager
def _interrupts() -> Iterator[list[int]]:
    """Collects a Ctrl-C instead of raising it anywhere, where it can be lost; a second one is."""
    asked: list[int] = []

    def note(number: int, _frame: object) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


def _run(feed_id: UUID) -> None:
    """Ctrl-C stops the feed as the button of its page does: what is done stays."""
    with (
        _interrupts() as asked,
        click.progressbar(length=1, label="Permits", file=sys.stderr) as bar,
    ):

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)
            if asked:
                raise KeyboardInterrupt

        try:
            run_feed(feed_id, progress)
        except KeyboardInterrupt:
            session().rollback()
            stop_feed(None, feed_id)
            raise click.ClickException("Stopped. Run it again to go on.") from None


def _tell(view: FeedView) -> None:
    if view.failure is not None:
        raise click.ClickException(problem_text(view.failure, "en"))
    stored = "would be" if view.is_dry_run else "are"
    click.echo(
        f"{view.done_rows:,} rows: {view.new:,} {stored} new, {view.changed:,} changed,"
        f" {view.unchanged:,} unchanged, {view.refused:,} refused."
    )
    if view.state == FeedState.RUNNING:
        click.echo("Another process goes on with it.")


def _told(error: Refused) -> click.ClickException:
    kind = "" if isinstance(error, InvalidInput) else "Not now: "
    return click.ClickException(
        kind + "; ".join(problem_text(problem, "en") for problem in error.problems)
    )
