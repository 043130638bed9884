"""Puts a few invented people on the watchlist: one is a guest, one may be, the others are not."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from apoa.access.actors import Actor
from apoa.access.models import User
from apoa.access.roles import Role
from apoa.access.sessions import load_actor
from apoa.base.clock import now, pretend, today
from apoa.crosscheck.watchlist.entries import add_watchlist_entry, end_watchlist_entry
from apoa.crosscheck.watchlist.schema import WatchedPersonSchema
from apoa.db.base import session
from apoa.demo.example_guests import example_guest
from apoa.demo.examples import OFFICE, label_of
from apoa.demo.people import Person, person, random_nationality
from apoa.demo.permit_feeds import ZONE

OTHERS = 6
ADDED_DAYS_AGO = 40


def make_watchlist(
    rng: Random, accounts: Sequence[dict[str, Any]], offices: dict[str, UUID]
) -> None:
    """Stores the entries as the supervision section of Bengkulu does."""
    here = today(ZONE)
    actor = _officer(accounts)
    hit, maybe = (example_guest(one, here) for one in ("WATCHLIST-HIT", "WATCHLIST-MAYBE"))
    entries = [
        _entry("penangkalan", hit, here, label_of("WATCHLIST-HIT")),
        # A brother, or the man himself under another name: only the year of birth is known.
        _entry("interest", maybe, here, label_of("WATCHLIST-MAYBE"))
        | {
            "given_names": "KUNLE",
            "birth_date": f"{maybe.birth_date[:4]}-00-00",
            "document_number": None,
            "document_issuing_state": None,
        },
    ]
    for number in range(OTHERS):
        kind = ("pencegahan", "penangkalan", "interest")[number % 3]
        somebody = person(rng, random_nationality(rng), today=here - timedelta(days=400))
        entries.append(_entry(kind, somebody, here, "CONTOH"))
    with pretend(now() - timedelta(days=ADDED_DAYS_AGO)):
        ids = [
            add_watchlist_entry(actor, offices[OFFICE], WatchedPersonSchema().read(one))
            for one in entries
        ]
    end_watchlist_entry(actor, ids[-1], "Contoh: putusan sudah dicabut.")


def _entry(kind: str, one: Person, here: date, label: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "surname": one.surname,
        "given_names": one.given_names,
        "sex": one.sex,
        "birth_date": one.birth_date,
        "nationality": one.nationality,
        "document_number": one.document_number,
        "document_issuing_state": one.issuing_state,
        "valid_from": (here - timedelta(days=ADDED_DAYS_AGO)).isoformat(),
        "note": f"{label}: orang rekaan, bukan orang nyata.",
    }


def _officer(accounts: Sequence[dict[str, Any]]) -> Actor:
    account = next(
        one for one in accounts if one["role"] == Role.SUPERVISION and one["office"] == OFFICE
    )
    return load_actor(session().scalars(select(User).where(User.email == account["email"])).one())
