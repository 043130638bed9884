"""Rules of the cross-check, findings and their history, the watchlist."""

import sqlalchemy as sa
from alembic import op
from row_security import grant, only_office_moves, secure_for_officers, secure_office_owned
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
JSONB = postgresql.JSONB(astext_type=sa.Text())
RULES = (
    "'watchlist-hit', 'permit-expired', 'permit-expires-during-stay', 'permit-cancelled',"
    " 'no-permit', 'document-mismatch', 'identity-conflict', 'document-expired', 'two-places',"
    " 'frequent-mover', 'away-from-address', 'nationality-not-eligible', 'no-stay-reported',"
    " 'late-report', 'departure-not-reported', 'silent-property'"
)
SEVERITIES = "'low', 'normal', 'high', 'urgent'"
SECTIONS = "'insarkom', 'supervision'"
STATES = "'open', 'in_work', 'in_field', 'confirmed', 'dismissed', 'closed_itself'"
TABLES = (
    "check_rules",
    "check_rule_switches",
    "fine_rates",
    "findings",
    "finding_events",
    "watchlist_entries",
    "watchlist_keys",
)


def upgrade() -> None:
    rules()
    fine_rates()
    findings()
    events()
    watchlist()


def rules() -> None:
    op.create_table(
        "check_rules",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("parameters", JSONB, nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("handled_by", sa.String(length=12), nullable=False),
        sa.Column("legal_basis_id", sa.String(length=300), nullable=False),
        sa.Column("legal_basis_en", sa.String(length=300), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint(f"rule IN ({RULES})", name=op.f("ck_check_rules_rule")),
        sa.CheckConstraint(f"severity IN ({SEVERITIES})", name=op.f("ck_check_rules_severity")),
        sa.CheckConstraint(f"handled_by IN ({SECTIONS})", name=op.f("ck_check_rules_handled_by")),
        sa.CheckConstraint("version >= 2", name=op.f("ck_check_rules_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_rules")),
        sa.UniqueConstraint("rule", "version", name=op.f("uq_check_rules_rule_version")),
        sa.UniqueConstraint(
            "rule", "effective_from", name=op.f("uq_check_rules_rule_effective_from")
        ),
    )
    grant("check_rules", "SELECT, INSERT")
    op.create_table(
        "check_rule_switches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint(f"rule IN ({RULES})", name=op.f("ck_check_rule_switches_rule")),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_check_rule_switches_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_rule_switches")),
        sa.UniqueConstraint(
            "rule",
            "office_id",
            "effective_from",
            name=op.f("uq_check_rule_switches_rule_office_id_effective_from"),
        ),
    )
    grant("check_rule_switches", "SELECT, INSERT, UPDATE")


def fine_rates() -> None:
    op.create_table(
        "fine_rates",
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("per_day", sa.Integer(), nullable=False),
        sa.Column("most_days", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.CheckConstraint("per_day BETWEEN 0 AND 1000000000", name=op.f("ck_fine_rates_per_day")),
        sa.CheckConstraint("most_days BETWEEN 1 AND 3650", name=op.f("ck_fine_rates_most_days")),
        sa.PrimaryKeyConstraint("effective_from", name=op.f("pk_fine_rates")),
    )
    grant("fine_rates", "SELECT, INSERT")


def findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.LargeBinary(length=32), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=True),
        sa.Column("stay_id", sa.Uuid(), nullable=True),
        sa.Column("permit_id", sa.Uuid(), nullable=True),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("handled_by", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("evidence", JSONB, nullable=False),
        sa.Column("evidence_mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("stay_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("stay_property_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.CheckConstraint(f"rule IN ({RULES})", name=op.f("ck_findings_rule")),
        sa.CheckConstraint(f"severity IN ({SEVERITIES})", name=op.f("ck_findings_severity")),
        sa.CheckConstraint(f"handled_by IN ({SECTIONS})", name=op.f("ck_findings_handled_by")),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_findings_state")),
        sa.CheckConstraint(
            "(state IN ('open', 'in_work', 'in_field')) = (closed_at IS NULL)",
            name=op.f("ck_findings_closed"),
        ),
        sa.CheckConstraint(
            "stay_id IS NULL OR property_id IS NOT NULL", name=op.f("ck_findings_stay_of_property")
        ),
        sa.CheckConstraint("octet_length(cause) = 32", name=op.f("ck_findings_cause")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
    )
    op.create_index("uq_findings_cause", "findings", ["cause"], unique=True)
    op.create_index("ix_findings_office", "findings", ["office_id", "opened_at", "id"])
    op.create_index("ix_findings_opened", "findings", ["opened_at", "id"])
    op.create_index("ix_findings_property", "findings", ["property_id"])
    op.create_index(
        "ix_findings_permit",
        "findings",
        ["permit_id"],
        postgresql_where=sa.text("permit_id IS NOT NULL"),
    )
    op.create_index("ix_findings_stays", "findings", ["stay_ids"], postgresql_using="gin")
    op.create_index(
        "ix_findings_active_rule",
        "findings",
        ["rule", "opened_at"],
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    secure_office_owned("findings", "SELECT, INSERT, UPDATE")


def events() -> None:
    op.create_table(
        "finding_events",
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=14), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("evidence", JSONB, nullable=True),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=True),
        sa.CheckConstraint(f"state IN ({STATES})", name=op.f("ck_finding_events_state")),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_finding_events_seq")),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_events_finding_id")
        ),
        sa.PrimaryKeyConstraint("finding_id", "seq", name=op.f("pk_finding_events")),
    )
    op.create_index("ix_finding_events_property", "finding_events", ["property_id"])
    secure_office_owned("finding_events", "SELECT, INSERT, UPDATE")
    only_office_moves("finding_events")


def watchlist() -> None:
    op.create_table(
        "watchlist_entries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("surname", sa.String(length=150), nullable=True),
        sa.Column("given_names", sa.String(length=150), nullable=True),
        sa.Column("native_name", sa.String(length=150), nullable=True),
        sa.Column("sex", sa.String(length=1), nullable=True),
        sa.Column("birth_date", sa.String(length=10), nullable=True),
        sa.Column("nationality", sa.String(length=3), nullable=True),
        sa.Column("document_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("document_issuing_state", sa.String(length=3), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "kind IN ('pencegahan', 'penangkalan', 'interest')",
            name=op.f("ck_watchlist_entries_kind"),
        ),
        sa.CheckConstraint("sex IN ('F', 'M', 'X')", name=op.f("ck_watchlist_entries_sex")),
        sa.CheckConstraint(
            "coalesce(surname, '') <> '' OR coalesce(given_names, '') <> ''",
            name=op.f("ck_watchlist_entries_some_name"),
        ),
        sa.CheckConstraint(
            r"birth_date ~ '^\d{4}-\d{2}-\d{2}$'", name=op.f("ck_watchlist_entries_birth_date")
        ),
        sa.CheckConstraint(
            "nationality ~ '^[A-Z]{3}$'", name=op.f("ck_watchlist_entries_nationality")
        ),
        sa.CheckConstraint(
            "valid_until >= valid_from", name=op.f("ck_watchlist_entries_until_after_from")
        ),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (end_reason IS NULL)", name=op.f("ck_watchlist_entries_ended")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_watchlist_entries_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watchlist_entries")),
    )
    secure_for_officers("watchlist_entries", "SELECT, INSERT, UPDATE")
    op.create_table(
        "watchlist_keys",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["watchlist_entries.id"], name=op.f("fk_watchlist_keys_entry_id")
        ),
        sa.PrimaryKeyConstraint("key", "entry_id", name=op.f("pk_watchlist_keys")),
    )
    op.create_index("ix_watchlist_keys_entry", "watchlist_keys", ["entry_id"])
    secure_for_officers("watchlist_keys", "SELECT, INSERT, DELETE")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
