"""Tables of lodgings: the property, and what happened to its registration."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    ForeignKey,
    Index,
    Numeric,
    String,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from apoa.base.ids import SANDBOX_OFFICE_ID
from apoa.db.base import Base, one_of
from apoa.db.row_filter import PropertyOwned, RowScoped

Instant = DateTime(timezone=True)


class PropertyType(StrEnum):
    """The kinds of lodging that report (glossary: tempat penginapan)."""

    HOTEL = "hotel"
    GUESTHOUSE = "guesthouse"
    HOMESTAY = "homestay"
    VILLA = "villa"
    KOS = "kos"
    APARTMENT = "apartment"
    PRIVATE_HOUSE = "private_house"
    COMPANY_MESS = "company_mess"


class PropertyState(StrEnum):
    """Where a lodging stands between its registration and its closing."""

    UNVERIFIED = "unverified"
    SUBMITTED = "submitted"
    ASKED_BACK = "asked_back"
    APPROVED = "approved"
    REFUSED = "refused"
    SUSPENDED = "suspended"
    CLOSED = "closed"


class Property(RowScoped, Base):
    """A lodging. Its id leads the key of everything it owns and never changes.

    One with `sandbox_of` stands for that lodging where the API is tried; its id is the twin's.
    """

    __tablename__ = "properties"
    __table_args__ = (
        one_of("type", PropertyType, "type"),
        one_of("state", PropertyState, "state"),
        CheckConstraint("nib ~ '^[0-9]{13}$'", name="nib_13_digits"),
        CheckConstraint("(nib IS NULL) = (no_nib_reason IS NOT NULL)", name="nib_or_reason"),
        CheckConstraint("rooms BETWEEN 1 AND 20000", name="rooms"),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="both_coordinates"),
        CheckConstraint("latitude BETWEEN -11.5 AND 6.5", name="latitude"),
        CheckConstraint("longitude BETWEEN 94.5 AND 141.5", name="longitude"),
        CheckConstraint("region_code LIKE '__.__.__%'", name="region_district"),
        CheckConstraint(
            f"(sandbox_of IS NOT NULL) = (office_id = '{SANDBOX_OFFICE_ID}')", name="sandbox_office"
        ),
        UniqueConstraint("id", "office_id"),
        Index("ix_properties_office", "office_id", "state", "name_folded"),
        Index(
            "ix_properties_region",
            "region_code",
            postgresql_ops={"region_code": "text_pattern_ops"},
        ),
        Index("ix_properties_nib", "nib"),
    )
    scope_property_column: ClassVar[str] = "id"
    office_may_write: ClassVar[bool] = True

    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID] = mapped_column(ForeignKey("offices.id"))
    state: Mapped[str] = mapped_column(String(20), default=PropertyState.UNVERIFIED)
    type: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(160))
    name_folded: Mapped[str] = mapped_column(String(320))
    nib: Mapped[str | None] = mapped_column(String(13))
    no_nib_reason: Mapped[str | None] = mapped_column(String(300))
    address: Mapped[str] = mapped_column(String(300))
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    time_zone: Mapped[str] = mapped_column(String(40))
    latitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    longitude: Mapped[Decimal | None] = mapped_column(Numeric(9, 6))
    rooms: Mapped[int]
    phone: Mapped[str] = mapped_column(String(30))
    responsible_name: Mapped[str] = mapped_column(String(120))
    responsible_email: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(5), default="id")
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    approved_at: Mapped[datetime | None] = mapped_column(Instant)
    sandbox_of: Mapped[UUID | None]


class PropertyEvent(PropertyOwned, Base):
    """A step in a lodging's registration: submitted, asked back, approved, suspended, moved.

    `changes` names each field that an edit changed: {"field", "before", "after"}.
    """

    __tablename__ = "property_events"
    office_may_write: ClassVar[bool] = True

    property_id: Mapped[UUID] = mapped_column(ForeignKey("properties.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    office_id: Mapped[UUID]
    kind: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str | None] = mapped_column(String(1000))
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default=list)
    actor_id: Mapped[UUID | None]
    at: Mapped[datetime] = mapped_column(Instant)
