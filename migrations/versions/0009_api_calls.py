"""What managers and vendors see of a key's work: the log of calls, conformance runs."""

import sqlalchemy as sa
from alembic import op
from row_security import EVERYWHERE, USER, any_of, grant, in_properties, secure
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Of a call about no lodging: who may see one of the key's lodgings may see it.
OF_OWN_KEY = (
    "property_id IS NULL AND key_id IN (SELECT k.id FROM api_keys k WHERE k.property_ids &&"
    " (SELECT NULLIF(current_setting('apoa.property_ids', true), ''))::uuid[])"
)


def upgrade() -> None:
    op.create_table(
        "api_calls",
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("path", sa.String(length=160), nullable=True),
        sa.Column("property_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("codes", sa.ARRAY(sa.String(length=60)), nullable=False),
        sa.Column("marks", sa.ARRAY(sa.String(length=20)), nullable=False),
        sa.Column("refused_refs", sa.ARRAY(sa.LargeBinary(length=16)), nullable=True),
        sa.Column("accepted_refs", sa.ARRAY(sa.LargeBinary(length=16)), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["key_id"], ["api_keys.id"], name=op.f("fk_api_calls_key_id")),
        sa.PrimaryKeyConstraint("key_id", "id", name=op.f("pk_api_calls")),
    )
    op.create_index("ix_api_calls_at", "api_calls", ["at"], postgresql_using="brin")
    secure(
        "api_calls",
        read=any_of(EVERYWHERE, f"key_id = {USER}", in_properties(), OF_OWN_KEY),
        write=EVERYWHERE,
        rights="SELECT, DELETE",
    )
    # The log is written beside the work and its scope, and by nothing that reads.
    op.execute("CREATE POLICY api_calls_insert ON api_calls FOR INSERT WITH CHECK (true)")
    grant("api_calls", "INSERT")

    op.create_table(
        "conformance_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=False),
        sa.Column("integration", sa.String(length=120), nullable=False),
        sa.Column("contract_version", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("certificate_number", sa.String(length=20), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("signing_key_id", sa.String(length=32), nullable=True),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=True),
        sa.CheckConstraint(
            "num_nulls(passed_at, certificate_number, payload, signing_key_id, signature)"
            " IN (0, 5)",
            name=op.f("ck_conformance_runs_certificate"),
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["api_keys.id"], name=op.f("fk_conformance_runs_key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conformance_runs")),
        sa.UniqueConstraint(
            "certificate_number", name=op.f("uq_conformance_runs_certificate_number")
        ),
    )
    op.create_index("ix_conformance_runs_key", "conformance_runs", ["key_id", "started_at"])
    grant("conformance_runs", "SELECT, INSERT, UPDATE, DELETE")


def downgrade() -> None:
    op.drop_table("conformance_runs")
    op.drop_table("api_calls")
