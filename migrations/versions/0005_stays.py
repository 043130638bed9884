"""The main job: stays, their versions, the words of their names, receipts, deadlines."""

import sqlalchemy as sa
from alembic import op
from row_security import grant, only_office_moves, secure_owned
from sqlalchemy.dialects import postgresql

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deadline_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hours BETWEEN 1 AND 720", name=op.f("ck_deadline_rules_hours")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_deadline_rules_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_rules")),
        sa.UniqueConstraint(
            "office_id",
            "effective_from",
            name=op.f("uq_deadline_rules_office_id_effective_from"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    grant("deadline_rules", "SELECT, INSERT, DELETE")

    op.create_table(
        "stays",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("client_ref", sa.String(length=100), nullable=True),
        sa.Column("submission_id", sa.Uuid(), nullable=True),
        sa.Column("party_ref", sa.String(length=100), nullable=True),
        sa.Column("room", sa.String(length=30), nullable=True),
        sa.Column("surname", sa.String(length=150), nullable=True),
        sa.Column("given_names", sa.String(length=150), nullable=True),
        sa.Column("mononym", sa.Boolean(), nullable=False),
        sa.Column("native_name", sa.String(length=150), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=False),
        sa.Column("birth_date", sa.String(length=10), nullable=False),
        sa.Column("birth_place", sa.String(length=120), nullable=True),
        sa.Column("nationality", sa.String(length=3), nullable=False),
        sa.Column("document_type", sa.String(length=30), nullable=True),
        sa.Column("document_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("document_blind", sa.LargeBinary(length=32), nullable=True),
        sa.Column("document_issuing_state", sa.String(length=3), nullable=True),
        sa.Column("document_expires_on", sa.Date(), nullable=True),
        sa.Column("document_unavailable_reason", sa.String(length=300), nullable=True),
        sa.Column("mrz_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("permit_kind", sa.String(length=20), nullable=True),
        sa.Column("permit_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("entry_port", sa.String(length=10), nullable=True),
        sa.Column("purpose", sa.String(length=30), nullable=True),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_in_on", sa.Date(), nullable=False),
        sa.Column("expected_departure_on", sa.Date(), nullable=False),
        sa.Column("checked_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_out_on", sa.Date(), nullable=True),
        sa.Column("late_reason", sa.String(length=500), nullable=True),
        sa.Column("cancel_reason", sa.String(length=500), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("deadline_state", sa.String(length=10), nullable=False),
        sa.Column("warnings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("first_received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancel_reason IS NOT NULL)",
            name=op.f("ck_stays_cancelled_with_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'departed') <= (checked_out_at IS NOT NULL)", name=op.f("ck_stays_departed")
        ),
        sa.CheckConstraint(
            "birth_date ~ '^\\d{4}-\\d{2}-\\d{2}$'", name=op.f("ck_stays_birth_date")
        ),
        sa.CheckConstraint(
            "deadline_state IN ('on_time', 'late', 'extended')",
            name=op.f("ck_stays_deadline_state"),
        ),
        sa.CheckConstraint("nationality <> 'IDN'", name=op.f("ck_stays_foreigner")),
        sa.CheckConstraint("nationality ~ '^[A-Z]{3}$'", name=op.f("ck_stays_nationality")),
        sa.CheckConstraint("sex IN ('F', 'M', 'X')", name=op.f("ck_stays_sex")),
        sa.CheckConstraint(
            "source IN ('web', 'api', 'import', 'offline', 'demo')", name=op.f("ck_stays_source")
        ),
        sa.CheckConstraint(
            "state <> 'in_house' OR checked_out_at IS NULL", name=op.f("ck_stays_in_house")
        ),
        sa.CheckConstraint(
            "state IN ('in_house', 'departed', 'cancelled')", name=op.f("ck_stays_state")
        ),
        sa.CheckConstraint(
            "coalesce(surname, '') <> '' OR coalesce(given_names, '') <> ''",
            name=op.f("ck_stays_some_name"),
        ),
        sa.CheckConstraint(
            "(document_number_sealed IS NULL) = (document_blind IS NULL)",
            name=op.f("ck_stays_document_blind"),
        ),
        sa.CheckConstraint(
            "(document_number_sealed IS NULL) = (document_unavailable_reason IS NOT NULL)",
            name=op.f("ck_stays_document_or_reason"),
        ),
        sa.CheckConstraint(
            "NOT mononym OR surname IS NULL OR given_names IS NULL", name=op.f("ck_stays_mononym")
        ),
        sa.CheckConstraint("checked_out_at >= checked_in_at", name=op.f("ck_stays_out_after_in")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_stays_version")),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_stays_property_id")
        ),
        sa.PrimaryKeyConstraint("property_id", "id", name=op.f("pk_stays")),
        sa.UniqueConstraint(
            "property_id", "client_ref", name=op.f("uq_stays_property_id_client_ref")
        ),
        sa.UniqueConstraint(
            "property_id", "submission_id", name=op.f("uq_stays_property_id_submission_id")
        ),
    )
    op.create_index(
        "ix_stays_board", "stays", ["property_id", "state", "checked_in_at"], unique=False
    )
    op.create_index(
        "ix_stays_arrivals", "stays", ["property_id", "checked_in_at", "id"], unique=False
    )
    op.create_index(
        "ix_stays_departures", "stays", ["property_id", "checked_out_on"], unique=False
    )
    op.create_index("ix_stays_document", "stays", ["document_blind"], unique=False)
    op.create_index("ix_stays_birth", "stays", ["birth_date", "office_id"], unique=False)
    op.create_index("ix_stays_in", "stays", ["checked_in_on", "id"], unique=False)
    op.create_index(
        "ix_stays_office_in", "stays", ["office_id", "checked_in_on", "id"], unique=False
    )
    op.create_index(
        "ix_stays_office_nationality",
        "stays",
        ["office_id", "nationality", "checked_in_on", "id"],
        unique=False,
    )
    op.create_index("ix_stays_party", "stays", ["property_id", "party_ref"], unique=False)
    secure_owned("stays", "SELECT, INSERT, UPDATE")

    op.create_table(
        "stay_versions",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("changed", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "source IN ('web', 'api', 'import', 'offline', 'demo')",
            name=op.f("ck_stay_versions_source"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "stay_id"],
            ["stays.property_id", "stays.id"],
            name=op.f("fk_stay_versions_property_id_stay_id"),
        ),
        sa.PrimaryKeyConstraint("property_id", "stay_id", "version", name=op.f("pk_stay_versions")),
    )

    secure_owned("stay_versions", "SELECT, INSERT, UPDATE")
    only_office_moves("stay_versions")

    op.create_table(
        "stay_name_tokens",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.String(length=150), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "stay_id"],
            ["stays.property_id", "stays.id"],
            name=op.f("fk_stay_name_tokens_property_id_stay_id"),
        ),
        sa.PrimaryKeyConstraint(
            "property_id", "stay_id", "token", name=op.f("pk_stay_name_tokens")
        ),
    )
    op.create_index(
        "ix_stay_name_tokens_token",
        "stay_name_tokens",
        ["token", "office_id"],
        unique=False,
        postgresql_ops={"token": "text_pattern_ops"},
    )
    secure_owned("stay_name_tokens", "SELECT, INSERT, UPDATE, DELETE")

    op.create_table(
        "receipt_keys",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("first_used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_keys")),
    )
    grant("receipt_keys", "SELECT, INSERT")

    op.create_table(
        "receipts",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("content_salt", sa.LargeBinary(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "stay_id"],
            ["stays.property_id", "stays.id"],
            name=op.f("fk_receipts_property_id_stay_id"),
        ),
        sa.PrimaryKeyConstraint("property_id", "id", name=op.f("pk_receipts")),
        sa.UniqueConstraint(
            "property_id",
            "stay_id",
            "version",
            name=op.f("uq_receipts_property_id_stay_id_version"),
        ),
    )
    op.create_index("ix_receipts_number", "receipts", ["number"], unique=False)
    secure_owned("receipts", "SELECT, INSERT, UPDATE")
    only_office_moves("receipts")


def downgrade() -> None:
    op.drop_table("receipts")
    op.drop_table("receipt_keys")
    op.drop_table("stay_name_tokens")
    op.drop_table("stay_versions")
    op.drop_table("stays")
    op.drop_table("deadline_rules")
