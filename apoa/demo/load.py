"""Loads the demo."""

from sqlalchemy import text

from apoa.base.settings import Settings
from apoa.db.base import db


def has_data() -> bool:
    """Whether anybody is here already."""
    found = db.session.execute(text("SELECT EXISTS (SELECT 1 FROM users)")).scalar_one()
    db.session.rollback()
    return bool(found)


def load_demo(settings: Settings) -> None:
    """Loads everything that is invented."""
