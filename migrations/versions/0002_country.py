"""The country: regions, offices, and the areas they are answerable for."""

import sqlalchemy as sa
from alembic import op
from row_security import grant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regions",
        sa.Column("code", sa.String(length=13), nullable=False),
        sa.Column("parent_code", sa.String(length=8), nullable=True),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_folded", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_regions")),
    )
    op.create_index(
        "ix_regions_name",
        "regions",
        ["name_folded"],
        unique=False,
        postgresql_ops={"name_folded": "text_pattern_ops"},
    )
    op.create_index(
        "ix_regions_words",
        "regions",
        [sa.text("to_tsvector('simple'::regconfig, name_folded)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_index(op.f("ix_regions_parent_code"), "regions", ["parent_code"], unique=False)
    grant("regions", "SELECT")

    op.create_table(
        "offices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("office_class", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("code", name=op.f("uq_offices_code")),
        sa.UniqueConstraint("name", name=op.f("uq_offices_name")),
    )
    grant("offices", "SELECT, INSERT, UPDATE")

    op.create_table(
        "working_areas",
        sa.Column("region_code", sa.String(length=13), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_working_areas_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["region_code"], ["regions.code"], name=op.f("fk_working_areas_region_code")
        ),
        sa.PrimaryKeyConstraint("region_code", name=op.f("pk_working_areas")),
    )
    op.create_index(
        op.f("ix_working_areas_office_id"), "working_areas", ["office_id"], unique=False
    )
    grant("working_areas", "SELECT, INSERT, UPDATE, DELETE")


def downgrade() -> None:
    op.drop_table("working_areas")
    op.drop_table("offices")
    op.drop_table("regions")
