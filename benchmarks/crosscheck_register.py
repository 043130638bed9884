"""A register of invented permits in the database, loaded by COPY, and guests to look for in it."""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import psycopg

from apoa.base.clock import now
from apoa.base.document_number import normalize_document_number
from apoa.base.ids import new_id
from apoa.crosscheck.keys import key_numbers
from apoa.crosscheck.matching.frequencies import counted_words
from apoa.crosscheck.matching.person import Document, Person
from apoa.db.base import session
from apoa.db.scope import scope_everywhere
from apoa.permits.sealing import permit_document_blind, seal_document
from apoa.stays.document_number import document_blind
from apoa.stays.models import Stay
from apoa.stays.sealing import seal
from benchmarks.linkage.dataset import make_dataset
from benchmarks.linkage.noise import Record

CHUNK = 50_000
GUESTS_OF_A_CHUNK = 400
AS_OF = datetime(2026, 1, 1, tzinfo=UTC)
Guest = tuple[Record, UUID | None]


class Register:
    """Permits in the database of this address (an administrator's), and guests of some of them."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._size = 0
        self._guests: list[Guest] = []
        self._counts: Counter[str] = Counter()

    def grow_to(self, size: int) -> None:
        """Adds permits until there are so many, then makes the indexes anew."""
        with psycopg.connect(self._url) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("ALTER TABLE permit_keys DROP CONSTRAINT pk_permit_keys")
            connection.execute("DROP INDEX ix_permit_keys_permit")
            while self._size < size:
                self._add(connection, min(CHUNK, size - self._size))
            connection.execute(
                "ALTER TABLE permit_keys ADD CONSTRAINT pk_permit_keys PRIMARY KEY (key, permit_id)"
            )
            connection.execute("CREATE INDEX ix_permit_keys_permit ON permit_keys (permit_id)")
            self._write_counts(connection)
        with psycopg.connect(self._url, autocommit=True) as connection:
            for table in ("permits", "permit_documents", "permit_keys"):
                connection.execute(f"VACUUM ANALYZE {table}")  # type: ignore[arg-type]

    def read_through(self) -> None:
        """Reads what a match reads, so that it lies in the server's buffers if they hold it."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            for table in ("permits", "permit_documents"):
                connection.execute(f"SELECT count(*) FROM {table} x WHERE x IS NULL")  # type: ignore[arg-type]
            # Without these the tables would be read, not their indexes.
            connection.execute("SET enable_seqscan = off")
            connection.execute("SET enable_bitmapscan = off")
            connection.execute("SET max_parallel_workers_per_gather = 0")
            for count in (
                "SELECT count(key) FROM permit_keys WHERE key > -9223372036854775807",
                "SELECT count(id) FROM permits WHERE id > '00000000-0000-0000-0000-000000000000'",
                "SELECT count(permit_id) FROM permit_documents"
                " WHERE permit_id > '00000000-0000-0000-0000-000000000000'",
            ):
                connection.execute(count)  # type: ignore[arg-type]

    def take_guests(self, count: int, rng: Random) -> list[Guest]:
        """Guests with what a lodging always has: names, a birth date and a nationality."""
        usable = [one for one in self._guests if one[0].birth_date and one[0].nationality]
        return rng.sample(usable, min(count, len(usable)))

    def _add(self, connection: psycopg.Connection[Any], count: int) -> None:
        made = make_dataset(count, GUESTS_OF_A_CHUNK, seed=self._size + 1)
        ids = {name: new_id() for name, _ in made.permits}
        people = [(ids[name], record) for name, record in made.permits]
        for permit_id, record in people:
            self._counts.update(counted_words(_person(record)))
            del permit_id
        _copy(connection, "permits", _PERMIT, (_permit(*one) for one in people))
        _copy(connection, "permit_documents", _DOCUMENT, _documents(people))
        _copy(
            connection,
            "permit_keys",
            ("key", "permit_id"),
            ((key, one) for one, record in people for key in key_numbers(_person(record))),
        )
        for name, record in made.guests:
            true = made.truth.get(name)
            self._guests.append((record, ids[true] if true else None))
        self._size += count

    def _write_counts(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute("DELETE FROM name_counts")
        counted = ((word, number) for word, number in self._counts.items() if number > 1)
        _copy(connection, "name_counts", ("token", "holders"), counted)
        connection.execute("INSERT INTO name_counts VALUES ('', %s)", (self._size,))


def store_guests(
    property_id: UUID, office_id: UUID, guests: Sequence[Guest]
) -> dict[UUID, UUID | None]:
    """A stay for each guest; gives the true permit of each."""
    truth: dict[UUID, UUID | None] = {}
    with scope_everywhere("cross-check"):
        for record, permit_id in guests:
            stay_id = new_id()
            truth[stay_id] = permit_id
            session().add(Stay(property_id=property_id, office_id=office_id,
                               **_stay(stay_id, record)))  # fmt: skip
        session().commit()
    return truth


def _person(record: Record) -> Person:
    number = normalize_document_number(record.document_number)
    return Person(
        surname=record.surname,
        given_names=record.given_names,
        birth_date=record.birth_date,
        nationality=record.nationality,
        sex=record.sex,
        documents=(Document(number, record.issuing_state),) if number else (),
    )


_PERMIT = ("id", "number_sealed", "number_blind", "issuing_state", "kind", "surname",
           "given_names", "sex", "birth_date", "nationality", "valid_from", "valid_until",
           "status", "version", "content_mark", "as_of", "created_at", "updated_at")  # fmt: skip
_DOCUMENT = ("permit_id", "number_blind", "number_sealed", "issuing_state", "is_current",
             "learnt", "added_at")  # fmt: skip


def _permit(permit_id: UUID, record: Record) -> tuple[Any, ...]:
    return (permit_id, b"x", os.urandom(32), record.nationality or "XXX", "itas",
            record.surname or "X", record.given_names or None, record.sex or None,
            record.birth_date or "0000-00-00", record.nationality or "XXX", date(2026, 1, 1),
            date(2027, 12, 31), "active", 1, b"x" * 16, AS_OF, AS_OF, AS_OF)  # fmt: skip


def _documents(people: Sequence[tuple[UUID, Record]]) -> Iterator[tuple[Any, ...]]:
    for permit_id, record in people:
        if normalize_document_number(record.document_number):
            blind = permit_document_blind(record.document_number)
            sealed = seal_document(permit_id, blind, record.document_number)
            state = record.issuing_state or None
            yield permit_id, blind, sealed, state, True, False, AS_OF


def _stay(stay_id: UUID, record: Record) -> dict[str, Any]:
    number = record.document_number or None
    today = now().date()
    return {
        "id": stay_id,
        "surname": record.surname or None,
        "given_names": record.given_names or None,
        "sex": record.sex or "X",
        "birth_date": record.birth_date,
        "nationality": record.nationality,
        "document_number_sealed": seal("document_number_sealed", stay_id, number),
        "document_blind": document_blind(number) if number else None,
        "document_issuing_state": record.issuing_state or None,
        "document_unavailable_reason": None if number else "hilang",
        "checked_in_at": now(),
        "checked_in_on": today,
        "expected_departure_on": today + timedelta(days=3),
        "due_at": now() + timedelta(days=1),
        "deadline_state": "on_time",
        "source": "demo",
        "first_received_at": now(),
        "updated_at": now(),
    }


def _copy(
    connection: psycopg.Connection[Any], table: str, columns: Sequence[str], rows: Any
) -> None:
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
    with connection.cursor().copy(statement) as copy:  # type: ignore[call-overload]
        for row in rows:
            copy.write_row(row)
