"""Lodgings, what happened to their registration, and who reports for them."""

import sqlalchemy as sa
from alembic import op
from row_security import (
    EVERYWHERE,
    READS_ALL,
    USER,
    any_of,
    grant,
    in_offices,
    in_properties,
    secure,
)
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "properties",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("name_folded", sa.String(length=320), nullable=False),
        sa.Column("nib", sa.String(length=13), nullable=True),
        sa.Column("no_nib_reason", sa.String(length=300), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("region_code", sa.String(length=13), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("latitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("longitude", sa.Numeric(precision=9, scale=6), nullable=True),
        sa.Column("rooms", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.Column("responsible_name", sa.String(length=120), nullable=False),
        sa.Column("responsible_email", sa.String(length=254), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("nib ~ '^[0-9]{13}$'", name=op.f("ck_properties_nib_13_digits")),
        sa.CheckConstraint(
            "region_code LIKE '__.__.__%'", name=op.f("ck_properties_region_district")
        ),
        sa.CheckConstraint(
            "state IN ('unverified', 'submitted', 'asked_back', 'approved', 'refused', 'suspended', 'closed')",
            name=op.f("ck_properties_state"),
        ),
        sa.CheckConstraint(
            "type IN ('hotel', 'guesthouse', 'homestay', 'villa', 'kos', 'apartment', 'private_house', 'company_mess')",
            name=op.f("ck_properties_type"),
        ),
        sa.CheckConstraint(
            "(latitude IS NULL) = (longitude IS NULL)", name=op.f("ck_properties_both_coordinates")
        ),
        sa.CheckConstraint(
            "(nib IS NULL) = (no_nib_reason IS NOT NULL)", name=op.f("ck_properties_nib_or_reason")
        ),
        sa.CheckConstraint("latitude BETWEEN -11.5 AND 6.5", name=op.f("ck_properties_latitude")),
        sa.CheckConstraint(
            "longitude BETWEEN 94.5 AND 141.5", name=op.f("ck_properties_longitude")
        ),
        sa.CheckConstraint("rooms BETWEEN 1 AND 20000", name=op.f("ck_properties_rooms")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_properties_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_properties_region_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_properties")),
        sa.UniqueConstraint("id", "office_id", name=op.f("uq_properties_id_office_id")),
    )
    op.create_index("ix_properties_nib", "properties", ["nib"], unique=False)
    op.create_index(
        "ix_properties_office", "properties", ["office_id", "state", "name_folded"], unique=False
    )
    op.create_index(
        "ix_properties_region",
        "properties",
        ["region_code"],
        unique=False,
        postgresql_ops={"region_code": "text_pattern_ops"},
    )
    secure(
        "properties",
        read=any_of(EVERYWHERE, READS_ALL, in_properties("id"), in_offices()),
        write=any_of(EVERYWHERE, in_properties("id"), in_offices()),
        rights="SELECT, INSERT, UPDATE",
    )

    op.create_table(
        "property_events",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=True),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_property_events_property_id")
        ),
        sa.PrimaryKeyConstraint("property_id", "id", name=op.f("pk_property_events")),
    )
    secure(
        "property_events",
        read=any_of(EVERYWHERE, READS_ALL, in_properties(), in_offices()),
        write=any_of(EVERYWHERE, in_properties(), in_offices()),
        rights="SELECT, INSERT, UPDATE",
    )

    op.create_table(
        "property_memberships",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "role IN ('clerk', 'manager')", name=op.f("ck_property_memberships_role")
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_property_memberships_property_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_property_memberships_user_id")
        ),
        sa.PrimaryKeyConstraint("property_id", "user_id", name=op.f("pk_property_memberships")),
    )
    op.create_index(
        op.f("ix_property_memberships_user_id"), "property_memberships", ["user_id"], unique=False
    )
    secure(
        "property_memberships",
        read=any_of(EVERYWHERE, READS_ALL, in_properties(), in_offices(), f"user_id = {USER}"),
        write=any_of(EVERYWHERE, in_properties()),
        rights="SELECT, INSERT, UPDATE, DELETE",
    )

    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(property_id IS NOT NULL) = (role IN ('clerk', 'manager'))",
            name=op.f("ck_invitations_property_by_role"),
        ),
        sa.CheckConstraint(
            "role IN ('clerk', 'manager', 'insarkom', 'supervision', 'head_of_office', 'directorate', 'auditor')",
            name=op.f("ck_invitations_role"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["users.id"], name=op.f("fk_invitations_invited_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_invitations_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_invitations_property_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    op.create_index(
        "ix_invitations_property", "invitations", ["property_id", "created_at"], unique=False
    )
    grant("invitations", "SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.drop_table("invitations")
    op.drop_table("property_memberships")
    op.drop_table("property_events")
    op.drop_table("properties")
