"""Loads the demo: offices, lodgings, stays, permits, accounts; invented, the same for each seed."""

import json
from collections.abc import Callable
from random import Random

from sqlalchemy import text

from apoa.base.private_files import write_private
from apoa.base.settings import Settings
from apoa.db.base import db
from apoa.db.scope import scope_everywhere
from apoa.db.unit_of_work import unit_of_work
from apoa.demo.accounts import make_accounts
from apoa.demo.checks import leave_checks
from apoa.demo.credentials import FILE
from apoa.demo.examples import LEAST_STAYS, make_examples, silent_lodgings
from apoa.demo.keys import make_keys
from apoa.demo.lodgings import make_lodgings
from apoa.demo.offices import make_offices
from apoa.demo.permit_book import read_permit_book
from apoa.demo.permits import PERMITS_A_STAY, make_permits
from apoa.demo.stays import make_stays
from apoa.demo.watchlist import make_watchlist

SEED = 2611


def has_data() -> bool:
    """Whether anybody is here already."""
    found = db.session.execute(text("SELECT EXISTS (SELECT 1 FROM users)")).scalar_one()
    db.session.rollback()
    return bool(found)


def load_demo(settings: Settings, say: Callable[[str], None] = lambda _line: None) -> None:
    """Loads everything that is invented, in one commit: an interrupted load leaves nothing.

    `say` hears how far it is. The cross-check of the stays is the worker's: it begins with it.
    """
    rng = Random(SEED)
    count, permits = settings.demo_stays, settings.demo_stays * PERMITS_A_STAY
    with_examples = count >= LEAST_STAYS
    with unit_of_work(), scope_everywhere("demo"):
        offices = make_offices()
        lodgings = make_lodgings(rng, offices)
        book = read_permit_book()
        examples = make_examples(lodgings) if with_examples else []
        quiet = silent_lodgings(lodgings) if with_examples else []
        others = [one for one in lodgings if one not in quiet]
        stays = make_stays(
            rng,
            others,
            count - len(examples),
            book,
            lambda done: say(f"{done} / {count} laporan menginap / stays"),
        )
        accounts = make_accounts(settings, offices, lodgings)
        credentials = {"accounts": accounts, "keys": make_keys(accounts)}
        make_permits(
            rng,
            stays,
            offices,
            book,
            permits,
            with_examples=with_examples,
            say=lambda done: say(f"{done} izin tinggal / permits"),
        )
        if with_examples:
            make_watchlist(rng, accounts, offices)
        leave_checks([*examples, *stays])
        write_private(settings.instance_path / FILE, json.dumps(credentials, indent=2))
