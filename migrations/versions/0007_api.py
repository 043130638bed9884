"""The API: keys, tokens, kept answers, sandboxes apart from all that officers see, outages."""

import sqlalchemy as sa
from alembic import op
from row_security import (
    EVERYWHERE,
    READS_ALL,
    READS_ALL_REAL,
    SANDBOX,
    USER,
    any_of,
    grant,
    in_offices,
    in_properties,
    secure,
)
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Everything that a sandbox owns, in the order in which it can be taken away.
OWNED = (
    "receipts",
    "stay_name_tokens",
    "stay_versions",
    "stays",
    "property_memberships",
    "property_events",
    "properties",
)


def upgrade() -> None:
    # Nobody serves in this office and no region is its: it holds what test keys make.
    op.execute(
        "INSERT INTO offices (id, code, name, office_class, created_at) VALUES"
        f" ('{SANDBOX}', 'sandbox', 'Kantor uji coba / Test office', '-', now())"
    )
    op.add_column("properties", sa.Column("sandbox_of", sa.Uuid(), nullable=True))
    op.create_check_constraint(
        op.f("ck_properties_sandbox_office"),
        "properties",
        f"(sandbox_of IS NOT NULL) = (office_id = '{SANDBOX}')",
    )
    reading(READS_ALL_REAL)

    op.create_table(
        "api_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("property_ids", sa.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("previous_secret_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("previous_valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode IN ('live', 'test')", name=op.f("ck_api_keys_mode")),
        sa.CheckConstraint(
            "cardinality(property_ids) >= 1", name=op.f("ck_api_keys_some_property")
        ),
        sa.CheckConstraint(
            "(previous_secret_hash IS NULL) = (previous_valid_until IS NULL)",
            name=op.f("ck_api_keys_previous"),
        ),
        sa.ForeignKeyConstraint(
            ["created_by"], ["users.id"], name=op.f("fk_api_keys_created_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_keys")),
    )
    op.create_index(
        "ix_api_keys_properties", "api_keys", ["property_ids"], postgresql_using="gin"
    )
    grant("api_keys", "SELECT, INSERT, UPDATE")

    op.create_table(
        "api_tokens",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("scopes", sa.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_api_tokens_key_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_api_tokens")),
    )
    op.create_index("ix_api_tokens_expires", "api_tokens", ["expires_at"])
    op.create_index(op.f("ix_api_tokens_key_id"), "api_tokens", ["key_id"])
    grant("api_tokens", "SELECT, INSERT, DELETE")

    op.create_table(
        "idempotency_keys",
        sa.Column("caller_id", sa.Uuid(), nullable=False),
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller_id", "key_hash", name=op.f("pk_idempotency_keys")),
    )
    op.create_index("ix_idempotency_keys_expires", "idempotency_keys", ["expires_at"])
    own = any_of(EVERYWHERE, f"caller_id = {USER}")
    secure("idempotency_keys", read=own, write=own, rights="SELECT, INSERT, DELETE")

    op.create_table(
        "outages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("declared_by", sa.Uuid(), nullable=True),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_outages_order")),
        sa.ForeignKeyConstraint(
            ["declared_by"], ["users.id"], name=op.f("fk_outages_declared_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outages")),
    )
    grant("outages", "SELECT, INSERT, UPDATE")


def downgrade() -> None:
    op.drop_table("outages")
    op.drop_table("idempotency_keys")
    op.drop_table("api_tokens")
    op.drop_table("api_keys")
    for table in OWNED:
        # The owner too is bound by the rules for rows, and none lets anybody delete a stay.
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"DELETE FROM {table} WHERE office_id = '{SANDBOX}'")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.drop_constraint(op.f("ck_properties_sandbox_office"), "properties")
    op.drop_column("properties", "sandbox_of")
    reading(READS_ALL)
    op.execute(f"DELETE FROM offices WHERE id = '{SANDBOX}'")


def reading(all_of_them: str) -> None:
    """Says anew what those who read nationally see of each table under the row rules."""
    for table in ("stays", "stay_versions", "stay_name_tokens", "receipts", "property_events"):
        read(table, EVERYWHERE, all_of_them, in_properties(), in_offices())
    read("properties", EVERYWHERE, all_of_them, in_properties("id"), in_offices())
    own = f"user_id = {USER}"
    read("property_memberships", EVERYWHERE, all_of_them, in_properties(), in_offices(), own)
    read("audit_rows", EVERYWHERE, all_of_them, in_offices(), f"actor_id = {USER}")


def read(table: str, *conditions: str) -> None:
    op.execute(f"ALTER POLICY {table}_read ON {table} USING ({any_of(*conditions)})")
