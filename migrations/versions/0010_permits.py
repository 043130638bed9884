"""The register of permits: reference tables, permits with documents and history, their feeds."""

import sqlalchemy as sa
from alembic import op
from row_security import grant, secure_for_officers
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permit_kinds",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name_id", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_permit_kinds")),
    )
    grant("permit_kinds", "SELECT")

    op.create_table(
        "permit_indexes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name_id", sa.String(length=160), nullable=False),
        sa.Column("name_en", sa.String(length=160), nullable=False),
        sa.Column("first_days", sa.Integer(), nullable=True),
        sa.Column("first_months", sa.Integer(), nullable=True),
        sa.Column("extension_days", sa.Integer(), nullable=True),
        sa.Column("extension_months", sa.Integer(), nullable=True),
        sa.Column("most_extensions", sa.Integer(), nullable=True),
        sa.Column("most_days", sa.Integer(), nullable=True),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("code ~ '^[A-Z0-9]{2,10}$'", name=op.f("ck_permit_indexes_code")),
        sa.CheckConstraint(
            "(coalesce(most_extensions, 1) > 0)"
            " = (num_nonnulls(extension_days, extension_months) = 1)",
            name=op.f("ck_permit_indexes_most_extensions"),
        ),
        sa.CheckConstraint(
            "effective_until >= effective_from", name=op.f("ck_permit_indexes_until_after_from")
        ),
        sa.CheckConstraint(
            "least(first_days, first_months, extension_days, extension_months, most_days) > 0",
            name=op.f("ck_permit_indexes_positive"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(extension_days, extension_months) <= 1",
            name=op.f("ck_permit_indexes_extension"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(first_days, first_months) = 1",
            name=op.f("ck_permit_indexes_first_length"),
        ),
        sa.ForeignKeyConstraint(
            ["kind"], ["permit_kinds.code"], name=op.f("fk_permit_indexes_kind")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_indexes")),
        sa.UniqueConstraint(
            "code", "effective_from", name=op.f("uq_permit_indexes_code_effective_from")
        ),
    )
    grant("permit_indexes", "SELECT, INSERT, UPDATE")

    op.create_table(
        "nationality_lists",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list", sa.String(length=3), nullable=False),
        sa.Column("nationality", sa.String(length=3), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("list IN ('bvk', 'voa')", name=op.f("ck_nationality_lists_list")),
        sa.CheckConstraint(
            "nationality ~ '^[A-Z]{3}$'", name=op.f("ck_nationality_lists_nationality")
        ),
        sa.CheckConstraint(
            "effective_until >= effective_from", name=op.f("ck_nationality_lists_until_after_from")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nationality_lists")),
        sa.UniqueConstraint(
            "list",
            "nationality",
            "effective_from",
            name=op.f("uq_nationality_lists_list_nationality_effective_from"),
        ),
    )
    op.create_index(
        "uq_nationality_lists_open",
        "nationality_lists",
        ["list", "nationality"],
        unique=True,
        postgresql_where=sa.text("effective_until IS NULL"),
    )
    grant("nationality_lists", "SELECT, INSERT, UPDATE")

    op.create_table(
        "permits",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("number_blind", sa.LargeBinary(length=32), nullable=False),
        sa.Column("issuing_state", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("index_code", sa.String(length=10), nullable=True),
        sa.Column("niora_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("surname", sa.String(length=150), nullable=True),
        sa.Column("given_names", sa.String(length=150), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("birth_date", sa.String(length=10), nullable=False),
        sa.Column("nationality", sa.String(length=3), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("entered_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("status_on", sa.Date(), nullable=True),
        sa.Column("sponsor", sa.String(length=200), nullable=True),
        sa.Column("region_code", sa.String(length=13), nullable=True),
        sa.Column("issuing_office_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Uuid(), nullable=True),
        sa.Column("content_mark", sa.LargeBinary(length=16), nullable=False),
        sa.Column("feed_mark", sa.LargeBinary(length=16), nullable=True),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "birth_date ~ '^\\d{4}-\\d{2}-\\d{2}$'", name=op.f("ck_permits_birth_date")
        ),
        sa.CheckConstraint(
            "coalesce(surname, '') <> '' OR coalesce(given_names, '') <> ''",
            name=op.f("ck_permits_some_name"),
        ),
        sa.CheckConstraint("issuing_state ~ '^[A-Z]{3}$'", name=op.f("ck_permits_issuing_state")),
        sa.CheckConstraint("nationality <> 'IDN'", name=op.f("ck_permits_foreigner")),
        sa.CheckConstraint("nationality ~ '^[A-Z]{3}$'", name=op.f("ck_permits_nationality")),
        sa.CheckConstraint("sex IN ('F', 'M', 'X')", name=op.f("ck_permits_sex")),
        sa.CheckConstraint(
            "status = 'active' OR status_on IS NOT NULL", name=op.f("ck_permits_status_on")
        ),
        sa.CheckConstraint(
            "status IN ('active', 'extended', 'converted', 'cancelled', 'revoked', 'departed')",
            name=op.f("ck_permits_status"),
        ),
        sa.CheckConstraint("valid_until >= valid_from", name=op.f("ck_permits_until_after_from")),
        sa.CheckConstraint("version >= 1", name=op.f("ck_permits_version")),
        sa.ForeignKeyConstraint(
            ["issuing_office_id"], ["offices.id"], name=op.f("fk_permits_issuing_office_id")
        ),
        sa.ForeignKeyConstraint(["kind"], ["permit_kinds.code"], name=op.f("fk_permits_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permits")),
        sa.UniqueConstraint(
            "number_blind", "issuing_state", name=op.f("uq_permits_number_blind_issuing_state")
        ),
    )
    op.create_index("ix_permits_entered", "permits", ["entered_on", "id"], unique=False)
    secure_for_officers("permits", "SELECT, INSERT, UPDATE")

    op.create_table(
        "permit_documents",
        sa.Column("permit_id", sa.Uuid(), nullable=False),
        sa.Column("number_blind", sa.LargeBinary(length=32), nullable=False),
        sa.Column("number_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("issuing_state", sa.String(length=3), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("learnt", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "issuing_state ~ '^[A-Z]{3}$'", name=op.f("ck_permit_documents_issuing_state")
        ),
        sa.ForeignKeyConstraint(
            ["permit_id"], ["permits.id"], name=op.f("fk_permit_documents_permit_id")
        ),
        sa.PrimaryKeyConstraint("permit_id", "number_blind", name=op.f("pk_permit_documents")),
    )
    op.create_index(
        "ix_permit_documents_number", "permit_documents", ["number_blind"], unique=False
    )
    op.create_index(
        "uq_permit_documents_current",
        "permit_documents",
        ["permit_id"],
        unique=True,
        postgresql_where=sa.text("is_current"),
    )
    secure_for_officers("permit_documents", "SELECT, INSERT, UPDATE")

    op.create_table(
        "permit_history",
        sa.Column("permit_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=14), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("feed_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "act IN ('imported', 'extended', 'status', 'corrected', 'document_added')",
            name=op.f("ck_permit_history_act"),
        ),
        sa.CheckConstraint(
            "status IN ('active', 'extended', 'converted', 'cancelled', 'revoked', 'departed')",
            name=op.f("ck_permit_history_status"),
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_permit_history_seq")),
        sa.ForeignKeyConstraint(
            ["permit_id"], ["permits.id"], name=op.f("fk_permit_history_permit_id")
        ),
        sa.PrimaryKeyConstraint("permit_id", "seq", name=op.f("pk_permit_history")),
    )
    secure_for_officers("permit_history", "SELECT, INSERT")

    op.create_table(
        "permit_feeds",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("is_dry_run", sa.Boolean(), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=True),
        sa.Column("file_bytes", sa.Integer(), nullable=False),
        sa.Column("file_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("reading", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("done_rows", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("data_as_of", sa.DateTime(timezone=True), nullable=True),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_progress_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure_code", sa.String(length=60), nullable=True),
        sa.Column("failure_params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint(
            "(failure_code IS NOT NULL) = (state = 'failed')", name=op.f("ck_permit_feeds_failure")
        ),
        sa.CheckConstraint("kind IN ('csv', 'xlsx', 'json')", name=op.f("ck_permit_feeds_kind")),
        sa.CheckConstraint(
            "source IN ('page', 'command', 'api')", name=op.f("ck_permit_feeds_source")
        ),
        sa.CheckConstraint(
            "state IN ('uploaded', 'running', 'stopped', 'done', 'failed')",
            name=op.f("ck_permit_feeds_state"),
        ),
        sa.CheckConstraint(
            "done_rows >= 0 AND new + changed + unchanged + refused = done_rows",
            name=op.f("ck_permit_feeds_counts"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_permit_feeds_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_permit_feeds")),
    )
    op.create_index("ix_permit_feeds_created", "permit_feeds", ["created_at"], unique=False)
    op.create_index("ix_permit_feeds_digest", "permit_feeds", ["file_digest"], unique=False)
    secure_for_officers("permit_feeds", "SELECT, INSERT, UPDATE")

    op.create_table(
        "permit_feed_pieces",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["permit_feeds.id"], name=op.f("fk_permit_feed_pieces_feed_id")
        ),
        sa.PrimaryKeyConstraint("feed_id", "number", name=op.f("pk_permit_feed_pieces")),
    )
    secure_for_officers("permit_feed_pieces", "SELECT, INSERT, DELETE")

    op.create_table(
        "permit_feed_faults",
        sa.Column("feed_id", sa.Uuid(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(length=120), nullable=True),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_warning", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["permit_feeds.id"], name=op.f("fk_permit_feed_faults_feed_id")
        ),
        sa.PrimaryKeyConstraint("feed_id", "row", "seq", name=op.f("pk_permit_feed_faults")),
    )
    secure_for_officers("permit_feed_faults", "SELECT, INSERT, DELETE")

    # A key is of lodgings, or of an office; never has the one the scopes of the other.
    op.add_column("api_keys", sa.Column("office_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_api_keys_office_id"), "api_keys", "offices", ["office_id"], ["id"]
    )
    op.create_index(op.f("ix_api_keys_office_id"), "api_keys", ["office_id"])
    op.drop_constraint(op.f("ck_api_keys_some_property"), "api_keys")
    op.create_check_constraint(
        op.f("ck_api_keys_lodgings_or_office"),
        "api_keys",
        "(office_id IS NULL) = (cardinality(property_ids) >= 1)",
    )
    op.create_check_constraint(
        op.f("ck_api_keys_scopes_of_kind"),
        "api_keys",
        "CASE WHEN office_id IS NULL THEN NOT scopes && ARRAY['permits:write']::varchar[]"
        " ELSE scopes <@ ARRAY['permits:write']::varchar[] AND mode = 'live' END",
    )


def downgrade() -> None:
    of_offices = "IN (SELECT id FROM api_keys WHERE office_id IS NOT NULL)"
    op.execute(f"DELETE FROM api_tokens WHERE key_id {of_offices}")
    # The owner too is bound by the rules for rows.
    op.execute("ALTER TABLE api_calls NO FORCE ROW LEVEL SECURITY")
    op.execute(f"DELETE FROM api_calls WHERE key_id {of_offices}")
    op.execute("ALTER TABLE api_calls FORCE ROW LEVEL SECURITY")
    op.execute("DELETE FROM api_keys WHERE office_id IS NOT NULL")
    op.drop_constraint(op.f("ck_api_keys_scopes_of_kind"), "api_keys")
    op.drop_constraint(op.f("ck_api_keys_lodgings_or_office"), "api_keys")
    op.create_check_constraint(
        op.f("ck_api_keys_some_property"), "api_keys", "cardinality(property_ids) >= 1"
    )
    op.drop_column("api_keys", "office_id")
    op.drop_table("permit_feed_faults")
    op.drop_table("permit_feed_pieces")
    op.drop_table("permit_feeds")
    op.drop_table("permit_history")
    op.drop_table("permit_documents")
    op.drop_table("permits")
    op.drop_table("nationality_lists")
    op.drop_table("permit_indexes")
    op.drop_table("permit_kinds")
