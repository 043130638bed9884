#!/usr/bin/env python3
"""Writes apoa/offices/data/regions.csv.gz from the region tables of npm's idn-area-data.

Run it from anywhere: `python tools/refresh_regions.py`. It needs npm and the network. A new
release means a new VERSION, SHA512 (`npm view idn-area-data@x.y.z dist.integrity`) and
EXPECTED_ROWS here, and the new release in the data folder's README.
"""

import base64
import csv
import gzip
import hashlib
import io
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

PACKAGE, VERSION = "idn-area-data", "4.0.1"
SHA512 = "PhNSIl5T7swVwwWxJOFMtCaeHAF9TUu0HLDf+36EIWZro9j7au83AFIJiBQGL+iRsBDA2OlpJ5fjiqxNYndzOQ=="
EXPECTED_ROWS = {"provinces": 38, "regencies": 514, "districts": 7285, "villages": 83762}
TARGET = Path(__file__).resolve().parents[1] / "apoa" / "offices" / "data" / "regions.csv.gz"

_CODE_PARTS = (2, 2, 2, 4)
_ROMAN_UP_TO_39 = re.compile(r"(?=[IVX])X{0,3}(IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\s/(\-]+")
# DKI and DI stand before Jakarta and Yogyakarta; the others are the village names of release
# 4.0.1 that are abbreviations (a railway company, and places called by their initials).
_KEPT_IN_CAPITALS = {"DKI", "DI", "RD.", "PJKA", "MKCM", "WKO"}


def main() -> None:
    """Fetch, check and write; stops with a message if the tables are not what was expected."""
    with tempfile.TemporaryDirectory() as folder:
        archive = fetch_package(Path(folder))
        names = {
            code: name
            for table, expected in EXPECTED_ROWS.items()
            for code, name in read_table(archive, table, expected)
        }
    for code in names:
        if "." in code and code.rpartition(".")[0] not in names:
            raise SystemExit(f"{code} has no parent in the tables")
    TARGET.write_bytes(pack(names))
    print(f"{len(names)} regions, {TARGET.stat().st_size} bytes in {TARGET.name}")


def fetch_package(folder: Path) -> Path:
    """Let npm fetch the package into the folder and return its archive, checked by its hash."""
    command = ["npm", "pack", f"{PACKAGE}@{VERSION}", "--silent"]
    packed = subprocess.run(  # noqa: S603 - fixed words, no shell
        command, cwd=folder, check=True, capture_output=True, text=True
    )
    archive = folder / packed.stdout.split()[-1]
    digest = hashlib.sha512(archive.read_bytes()).digest()
    if base64.b64encode(digest).decode() != SHA512:
        raise SystemExit(f"{archive.name} is not the release that was checked")
    return archive


def read_table(archive: Path, table: str, expected: int) -> list[tuple[str, str]]:
    """Return (code, name) of each row of one table; the count of rows must be the expected."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/data/{table}.csv")
        if member is None:
            raise SystemExit(f"{table}.csv is missing")
        rows = list(csv.DictReader(io.StringIO(member.read().decode("utf-8"))))
    regions = {dotted_code(row["code"]): readable_name(row["name"]) for row in rows}
    if not len(rows) == len(regions) == expected:
        raise SystemExit(f"{table}: {len(rows)} rows, {len(regions)} codes, not {expected}")
    return list(regions.items())


def dotted_code(code: str) -> str:
    """Return the code as 17.71.01.1001, whether it came with dots or as plain digits."""
    digits = code.replace(".", "")
    parts, start = [], 0
    for length in _CODE_PARTS:
        if start < len(digits):
            parts.append(digits[start : start + length])
            start += length
    dotted = ".".join(parts)
    if start != len(digits) or not digits.isdecimal() or code not in (digits, dotted):
        raise SystemExit(f"{code!r} is not a region code")
    return dotted


def readable_name(name: str) -> str:
    """Return the name as given, with capitals put right if it is all capitals or has none.

    Each word then begins with a capital; Roman numerals and known abbreviations stay as they
    are. A letter after an apostrophe is small: it follows a glottal stop.
    """
    tidy = " ".join(name.split())
    if not (tidy.isupper() or tidy.islower()):
        return tidy
    return _WORD.sub(lambda match: _word_in_title_case(match.group()), tidy)


def _word_in_title_case(word: str) -> str:
    if word in _KEPT_IN_CAPITALS or _ROMAN_UP_TO_39.fullmatch(word):
        return word
    return word[:1].upper() + word[1:].lower()


def pack(names: dict[str, str]) -> bytes:
    """Return the table, sorted by code, as CSV in gzip; the same table gives the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["code", "name"])
    writer.writerows(sorted(names.items()))
    return gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0)


if __name__ == "__main__":
    main()
