"""What every migration says about a table's rows: who may see them, who may write them."""

from alembic import op

APPLICATION = "apoa_app"
EVERYWHERE = "(SELECT current_setting('apoa.everywhere', true)) = 'on'"
READS_ALL = "(SELECT current_setting('apoa.reads_all', true)) = 'on'"
# The office of the lodgings that exist only for tests of the API (`SANDBOX_OFFICE_ID`).
SANDBOX = "01900000-0000-7000-8000-5a4d0b0c0000"
READS_ALL_REAL = f"{READS_ALL} AND office_id IS DISTINCT FROM '{SANDBOX}'"
IN_AN_OFFICE = "(SELECT coalesce(current_setting('apoa.office_ids', true), '')) NOT IN ('', '{}')"
USER = "(SELECT NULLIF(current_setting('apoa.user_id', true), ''))::uuid"


def in_properties(column: str = "property_id") -> str:
    """The row is of a lodging in the scope."""
    return _any_of(column, "apoa.property_ids")


def in_offices(column: str = "office_id") -> str:
    """The row is of a lodging in the working area of an office in the scope."""
    return _any_of(column, "apoa.office_ids")


def _any_of(column: str, setting: str) -> str:
    array = f"(SELECT NULLIF(current_setting('{setting}', true), ''))::uuid[]"
    return f"{column} = ANY ({array})"


def any_of(*conditions: str) -> str:
    """One of the conditions holds."""
    return " OR ".join(f"({one})" for one in conditions)


def grant(table: str, rights: str) -> None:
    """Gives the application's role its rights on a table: no more than its acts need."""
    op.execute(f"GRANT {rights} ON {table} TO {APPLICATION}")


def secure(table: str, *, read: str, write: str, rights: str) -> None:
    """Puts a table under forced row-level security with one rule to read and one to write."""
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT USING ({read})")
    granted = {one.strip() for one in rights.split(",")}
    if "INSERT" in granted:
        op.execute(f"CREATE POLICY {table}_insert ON {table} FOR INSERT WITH CHECK ({write})")
    if "UPDATE" in granted:
        op.execute(
            f"CREATE POLICY {table}_update ON {table} FOR UPDATE USING ({write})"
            f" WITH CHECK ({write})"
        )
    if "DELETE" in granted:
        op.execute(f"CREATE POLICY {table}_delete ON {table} FOR DELETE USING ({write})")
    grant(table, rights)


def secure_owned(table: str, rights: str) -> None:
    """A table that a lodging owns: read by it, its office and nationally; written by it alone."""
    secure(
        table,
        read=any_of(EVERYWHERE, READS_ALL_REAL, in_properties(), in_offices()),
        write=any_of(EVERYWHERE, in_properties()),
        rights=rights,
    )


def secure_office_owned(table: str, rights: str) -> None:
    """A table of an office's own work: read and written by it, read nationally, by no lodging."""
    secure(
        table,
        read=any_of(EVERYWHERE, READS_ALL_REAL, in_offices()),
        write=any_of(EVERYWHERE, in_offices()),
        rights=rights,
    )


def secure_for_officers(table: str, rights: str) -> None:
    """A national table of the officers: every officer reads it, offices write it, no lodging."""
    secure(
        table,
        read=any_of(EVERYWHERE, READS_ALL, IN_AN_OFFICE),
        write=any_of(EVERYWHERE, IN_AN_OFFICE),
        rights=rights,
    )


def only_office_moves(table: str) -> None:
    """What is written once stays as written: of its columns only the office may be changed."""
    op.execute(f"REVOKE UPDATE ON {table} FROM {APPLICATION}")
    op.execute(f"GRANT UPDATE (office_id) ON {table} TO {APPLICATION}")
