"""The two database roles: the owner migrates and loads, the application owns nothing."""

from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import text

from apoa.base.errors import SettingsError
from apoa.db.base import db

APPLICATION = "apoa_app"


def load_as_owner(owner_url: str, load: Callable[[psycopg.Connection[Any]], int]) -> int:
    """Runs a loader of reference data over a connection of the owner; one commit."""
    with psycopg.connect(_plain(owner_url)) as connection:
        return load(connection)


def ensure_application_role(owner_url: str) -> None:
    """Makes the application's role where it is missing and the owner may. Raises SettingsError."""
    with psycopg.connect(_plain(owner_url), autocommit=True) as connection:
        role = sql.Identifier(APPLICATION)
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (APPLICATION,))
        try:
            if known.fetchone() is None:
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(role))
                connection.execute(sql.SQL("GRANT {} TO current_user").format(role))
        except psycopg.errors.InsufficientPrivilege:
            raise SettingsError(
                f"the database role {APPLICATION} is missing and may not be made here;"
                " docs/operators tells how"
            ) from None


def require_safe_role() -> None:
    """Refuses to go on as a role that row-level security would not bind. Raises SettingsError."""
    row = db.session.execute(
        text(
            "SELECT rolsuper OR rolbypassrls AS unbound, (SELECT count(*) FROM pg_class"
            " WHERE relowner = pg_roles.oid) AS owned FROM pg_roles WHERE rolname = current_user"
        )
    ).one()
    db.session.rollback()
    if row.unbound or row.owned:
        raise SettingsError("APOA_DATABASE_URL names a role that row-level security does not bind")


def _plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)
