"""Loads the demo: offices, lodgings, stays, accounts, keys; invented, the same for each seed."""

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
from apoa.demo.credentials import FILE
from apoa.demo.keys import make_keys
from apoa.demo.lodgings import make_lodgings
from apoa.demo.offices import make_offices
from apoa.demo.stays import make_stays

SEED = 2611


def has_data() -> bool:
    """Whether anybody is here already."""
    found = db.session.execute(text("SELECT EXISTS (SELECT 1 FROM users)")).scalar_one()
    db.session.rollback()
    return bool(found)


def load_demo(settings: Settings, say: Callable[[int], None] = lambda _count: None) -> None:
    """Loads everything that is invented, in one commit: an interrupted load leaves nothing.

    `say` hears how many stays there are so far.
    """
    rng = Random(SEED)
    with unit_of_work(), scope_everywhere("demo"):
        offices = make_offices()
        lodgings = make_lodgings(rng, offices)
        make_stays(rng, lodgings, settings.demo_stays, say)
        accounts = make_accounts(settings, offices, lodgings)
        credentials = {"accounts": accounts, "keys": make_keys(accounts)}
        write_private(settings.instance_path / FILE, json.dumps(credentials, indent=2))
