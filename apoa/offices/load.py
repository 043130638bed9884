"""Loads the regions that ship with the system, as the owner of the table."""

from typing import Any

import psycopg

from apoa.offices.region_file import read_regions
from apoa.offices.regions import RegionLevel, fold_region_name, parent_code, region_level

_LEVELS = {level: number for number, level in enumerate(RegionLevel, start=1)}


def load_regions(connection: psycopg.Connection[Any]) -> int:
    """Adds new regions and renames changed ones; none is removed, lodgings may stand there.

    Returns how many regions there are in the file.
    """
    connection.execute("CREATE TEMP TABLE incoming (LIKE regions) ON COMMIT DROP")
    count = 0
    copy_rows = "COPY incoming (code, parent_code, level, name, name_folded) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(copy_rows) as copy:
        for code, name in read_regions():
            level = _LEVELS[region_level(code)]
            copy.write_row((code, parent_code(code), level, name, fold_region_name(name)))
            count += 1
    connection.execute(
        "INSERT INTO regions SELECT * FROM incoming ON CONFLICT (code) DO UPDATE"
        " SET name = excluded.name, name_folded = excluded.name_folded"
        " WHERE (regions.name, regions.name_folded) <> (excluded.name, excluded.name_folded)"
    )
    return count
