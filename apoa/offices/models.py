"""Tables of the country and its offices: regions, offices, working areas."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, Index, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from apoa.db.base import Base


class Region(Base):
    """A province, regency, district or village by its Kemendagri code ("17.71.01.1001")."""

    __tablename__ = "regions"
    __table_args__ = (
        Index("ix_regions_name", "name_folded", postgresql_ops={"name_folded": "text_pattern_ops"}),
        Index(
            "ix_regions_words",
            text("to_tsvector('simple'::regconfig, name_folded)"),
            postgresql_using="gin",
        ),
    )

    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(String(8), index=True)
    level: Mapped[int] = mapped_column(SmallInteger)
    name: Mapped[str] = mapped_column(String(120))
    name_folded: Mapped[str] = mapped_column(String(120))


class Office(Base):
    """A kantor imigrasi."""

    __tablename__ = "offices"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    office_class: Mapped[str] = mapped_column(String(40))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class WorkingArea(Base):
    """A region that an office is answerable for; the most specific area of a place wins."""

    __tablename__ = "working_areas"

    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("offices.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
