"""Keeps a feed's file in sealed pieces until it is taken over, and reads it back as a file.

In the database and not in a folder: it comes and goes with the feed's row, is in every backup, and
whichever machine goes on with a stopped feed has it.
"""

import io
from hashlib import sha256
from typing import BinaryIO, cast
from uuid import UUID

from sqlalchemy import delete, insert, select

from apoa.base.crypto import CannotDecrypt, Place
from apoa.db.base import Base, session
from apoa.db.secrets import secrets
from apoa.permits.feed.models import PermitFeedPiece
from apoa.permits.feed.table import LARGEST_FILE, MEGABYTE, unreadable

PIECE_BYTES = 512 * 1024
_INSERT = insert(Base.metadata.tables[PermitFeedPiece.__tablename__])


def store_file(feed_id: UUID, file: BinaryIO) -> tuple[int, bytes]:
    """Keeps the file; gives its size in bytes and its SHA-256. Raises InvalidInput.

    Never more than a piece of it is in memory.
    """
    size, digest = 0, sha256()
    number = 0
    while content := _read_piece(file):
        size += len(content)
        if size > LARGEST_FILE:
            raise unreadable("feed-too-large", max=LARGEST_FILE // MEGABYTE)
        digest.update(content)
        sealed = secrets().cipher.encrypt_bytes(content, _place(feed_id, number))
        row = {"feed_id": feed_id, "number": number, "content_sealed": sealed}
        session().execute(_INSERT, row)
        number += 1
    if not size:
        raise unreadable("feed-empty")
    return size, digest.digest()


def open_stored(feed_id: UUID, size: int) -> BinaryIO:
    """The kept file, to be read from its beginning; reading raises InvalidInput if it is gone."""
    return cast(BinaryIO, io.BufferedReader(_StoredFile(feed_id, size), PIECE_BYTES))


def forget_file(feed_id: UUID) -> None:
    """Deletes the pieces."""
    session().execute(delete(PermitFeedPiece).where(PermitFeedPiece.feed_id == feed_id))


def _read_piece(file: BinaryIO) -> bytes:
    """A whole piece, since a pipe or a socket may give less at once; the last is shorter."""
    found = b""
    while len(found) < PIECE_BYTES and (more := file.read(PIECE_BYTES - len(found))):
        found += more
    return found


def _place(feed_id: UUID, number: int) -> Place:
    return Place("permit_feed_pieces", "content_sealed", f"{feed_id}:{number}")


class _StoredFile(io.RawIOBase):
    """The pieces as one seekable file; the last piece read is kept open."""

    def __init__(self, feed_id: UUID, size: int) -> None:
        self._feed_id, self._size, self._at = feed_id, size, 0
        self._number, self._content = -1, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is: a ZIP is read from its end."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Goes to a place in the file."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning of the file")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        """Where one is."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Reads on, at most to the end of the piece."""
        if self._at >= self._size:
            return 0
        number, start = divmod(self._at, PIECE_BYTES)
        content = self._piece(number)[start : start + len(buffer)]
        if not content:
            raise unreadable("feed-file-altered")
        buffer[: len(content)] = content
        self._at += len(content)
        return len(content)

    def _piece(self, number: int) -> bytes:
        if number != self._number:
            sealed = session().scalar(
                select(PermitFeedPiece.content_sealed).where(
                    PermitFeedPiece.feed_id == self._feed_id, PermitFeedPiece.number == number
                )
            )
            if sealed is None:
                raise unreadable("feed-file-gone")
            try:
                place = _place(self._feed_id, number)
                self._content = secrets().cipher.decrypt_bytes(sealed, place)
            except CannotDecrypt:
                raise unreadable("feed-file-altered") from None
            self._number = number
        return self._content
