"""`flask crosscheck`: what can be measured on files, without a server or a database."""

from pathlib import Path

import click
from flask.cli import AppGroup

from apoa.crosscheck.offline.faults import FileFault
from apoa.crosscheck.offline.link import link_files
from apoa.crosscheck.offline.name_pairs import score_pairs

crosscheck = AppGroup("crosscheck", help="Stays against permits.")

_FILE = click.Path(path_type=Path, dir_okay=False)


def _say(text: str) -> None:
    click.echo(text, err=True)


@crosscheck.command("link", with_appcontext=False)
@click.option("--guests", required=True, type=_FILE, help="CSV of guests.")
@click.option("--permits", required=True, type=_FILE, help="CSV of permits, same columns.")
@click.option("--out", required=True, type=_FILE, help="CSV to write, one row for each guest.")
@click.option("--processes", type=click.IntRange(1, 64), help="How many; by default all cores.")
def link(guests: Path, permits: Path, out: Path, processes: int | None) -> None:
    """Link guests to permits by the keys and scores of the cross-check.

    Columns of both files, in any order: id, surname, given_names, birth_date (1990-12-31, unknown
    parts 00), nationality, sex, document_number, issuing_state. All but id may be empty.
    """
    try:
        bands = link_files(guests, permits, out, _say, processes)
    except FileFault as error:
        raise click.ClickException(str(error)) from None
    _say(", ".join(f"{band}: {count:,}" for band, count in bands.items()))


@crosscheck.command("names", with_appcontext=False)
@click.option("--pairs", required=True, type=_FILE, help="CSV with columns a and b.")
@click.option("--out", required=True, type=_FILE, help="CSV to write: a, b, score.")
def names(pairs: Path, out: Path) -> None:
    """Score how alike pairs of full names are, from 0 to 1."""
    try:
        score_pairs(pairs, out, _say)
    except FileFault as error:
        raise click.ClickException(str(error)) from None
