"""Which passwords are good enough, and how they are kept: argon2id, at costs the operator sets."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from apoa.access.problems import PASSWORD_COMMON, PASSWORD_CONTEXT
from apoa.base.errors import InvalidInput, Problem
from apoa.base.settings import Settings

SHORTEST = 8
LONGEST = 128
SYSTEM_WORDS = ("apoa", "imigrasi", "imigration", "immigration", "kanim", "kemenimipas")
_FEWEST_DIFFERENT = 4
# From this length on, what surrounds a known word is long enough to be a password of its own.
_LONG = 16
_SHORTEST_CONTEXT_WORD = 4
_LOOKALIKES = str.maketrans("@013457$!", "aoieastsi")
_NOT_LETTERS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_WORD = re.compile(r"[^\W_]+")


class PasswordHashing:
    """Hashes and verifies at the costs of this system."""

    def __init__(self, *, time_cost: int, memory_kib: int) -> None:
        """`time_cost` in passes over `memory_kib` KiB."""
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=1, hash_len=32, salt_len=16
        )
        self._dummy: str | None = None

    @classmethod
    def of(cls, settings: Settings) -> "PasswordHashing":
        """With the costs of the settings."""
        return _hashing(settings.argon2_time_cost, settings.argon2_memory_kib)

    def hash(self, password: str) -> str:
        """What is stored of a password."""
        return self._hasher.hash(_normal(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether this is the password; takes as long where none is stored."""
        if stored is None:
            # Whoever measures the time must not learn which accounts exist.
            self._matches(self._dummy_hash(), password)
            return False
        return self._matches(stored, password)

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made at other costs than those of now."""
        return self._hasher.check_needs_rehash(stored)

    def _matches(self, stored: str, password: str) -> bool:
        if len(password) > LONGEST:
            password = ""
        try:
            return self._hasher.verify(stored, _normal(password))
        except (VerificationError, InvalidHashError):
            return False

    def _dummy_hash(self) -> str:
        if self._dummy is None:
            self._dummy = self.hash("no account has this password")
        return self._dummy


@lru_cache(maxsize=4)
def _hashing(time_cost: int, memory_kib: int) -> PasswordHashing:
    return PasswordHashing(time_cost=time_cost, memory_kib=memory_kib)


def check_password(
    password: str, *, about: Iterable[str] = (), pointer: str = "/password"
) -> list[Problem]:
    """Why a new password is refused; [] for a good one.

    `about` are texts that an attacker would try: the person's name and e-mail address, the
    lodging. A word that others use, or one of these, counts for nothing.
    """
    password = _normal(password)
    if not password:
        return [Problem(pointer, "required")]
    if len(password) < SHORTEST:
        return [Problem(pointer, "too-short", {"min": str(SHORTEST)})]
    if len(password) > LONGEST:
        return [Problem(pointer, "too-long", {"max": str(LONGEST)})]
    if _is_common(password.casefold()):
        return [Problem(pointer, PASSWORD_COMMON)]
    if _is_about(password.casefold(), about):
        return [Problem(pointer, PASSWORD_CONTEXT)]
    return []


def require_good_password(
    password: str, *, about: Iterable[str] = (), pointer: str = "/password"
) -> None:
    """Raises InvalidInput for a password that `check_password` finds fault with."""
    problems = check_password(password, about=about, pointer=pointer)
    if problems:
        raise InvalidInput(problems)


def _normal(password: str) -> str:
    # Two keyboards may write the same letter in two ways; a pasted line end is no part of it.
    return unicodedata.normalize("NFC", password).strip("\r\n")


def _is_common(password: str) -> bool:
    if len(set(password)) < _FEWEST_DIFFERENT:
        return True
    common = _common_passwords()
    spellings = {password, password.translate(_LOOKALIKES)}
    if spellings & common:
        return True
    core = _NOT_LETTERS.sub("", password)
    return len(password) < _LONG and bool({core, core.translate(_LOOKALIKES)} & common)


def _is_about(password: str, about: Iterable[str]) -> bool:
    words = {word for text in about for word in _WORD.findall(text.casefold())}
    words = {word for word in words if len(word) >= _SHORTEST_CONTEXT_WORD} | set(SYSTEM_WORDS)
    words = {word.translate(_LOOKALIKES) for word in words}
    rest = password.translate(_LOOKALIKES)
    if not any(word in rest for word in words):
        return False
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, " ")
    return len("".join(rest.split())) < SHORTEST


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    text = files("apoa.access").joinpath("data", "common_passwords.txt").read_text("utf-8")
    return frozenset(text.split())
