"""Runs the migrations as the owner of the tables, with a short patience for locks."""

import importlib
import sys
from pathlib import Path

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool, text

sys.path.insert(0, str(Path(__file__).parent))

from apoa.db.base import Base

importlib.import_module("apoa.app")  # every model


def is_ours(_object: object, name: str | None, kind: str, *_rest: object) -> bool:
    """The job library keeps its own tables; the models do not know them."""
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def run() -> None:
    """Upgrades or downgrades over a connection of the owner."""
    settings = current_app.extensions["apoa_settings"]
    engine = create_engine(settings.owner_database_url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            include_object=is_ours,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
