"""The cross-check: keys of permits and stays, matches, decisions, failures, re-checks."""

import sqlalchemy as sa
from alembic import op
from row_security import secure_for_officers, secure_office_owned
from sqlalchemy.dialects import postgresql

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ALL_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"
INSTANT = sa.DateTime(timezone=True)
JSONB = postgresql.JSONB(astext_type=sa.Text())
TABLES = (
    "permit_keys",
    "stay_keys",
    "name_counts",
    "matches",
    "match_decisions",
    "check_failures",
    "rechecks",
)


def upgrade() -> None:
    keys()
    matches()
    decisions()
    work()


def keys() -> None:
    op.create_table(
        "permit_keys",
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("permit_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("key", "permit_id", name=op.f("pk_permit_keys")),
    )
    op.create_index("ix_permit_keys_permit", "permit_keys", ["permit_id"])
    secure_for_officers("permit_keys", ALL_RIGHTS)
    op.create_table(
        "stay_keys",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.BigInteger(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("property_id", "stay_id", "key", name=op.f("pk_stay_keys")),
    )
    op.create_index("ix_stay_keys_key", "stay_keys", ["key"])
    secure_office_owned("stay_keys", ALL_RIGHTS)
    op.create_table(
        "name_counts",
        sa.Column("token", sa.String(length=150), nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_name_counts")),
    )
    secure_for_officers("name_counts", ALL_RIGHTS)


def matches() -> None:
    op.create_table(
        "matches",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("permit_id", sa.Uuid(), nullable=True),
        sa.Column("band", sa.String(length=8), nullable=False),
        sa.Column("needs_review", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", JSONB, nullable=False),
        sa.Column("other_permits", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("runner_up", JSONB, nullable=True),
        sa.Column("method_version", sa.String(length=20), nullable=False),
        sa.Column("stay_version", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("checked_at", INSTANT, nullable=False),
        sa.CheckConstraint("band IN ('linked', 'review', 'none')", name=op.f("ck_matches_band")),
        sa.CheckConstraint("(band = 'none') = (permit_id IS NULL)", name=op.f("ck_matches_permit")),
        sa.CheckConstraint(
            "(decision IS NULL) = (decided_at IS NULL)", name=op.f("ck_matches_decided")
        ),
        sa.CheckConstraint(
            "decision IS NULL OR decision = 'confirmed'", name=op.f("ck_matches_decision")
        ),
        sa.PrimaryKeyConstraint("property_id", "stay_id", name=op.f("pk_matches")),
    )
    op.create_index(
        "ix_matches_permit",
        "matches",
        ["permit_id"],
        postgresql_where=sa.text("permit_id IS NOT NULL"),
    )
    op.create_index(
        "ix_matches_review",
        "matches",
        ["office_id", "stay_id"],
        postgresql_where=sa.text("needs_review"),
    )
    secure_office_owned("matches", ALL_RIGHTS)


def decisions() -> None:
    op.create_table(
        "match_decisions",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("permit_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(length=10), nullable=False),
        sa.Column("guest_mark", sa.LargeBinary(length=32), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "decision IN ('confirmed', 'not_same')", name=op.f("ck_match_decisions_decision")
        ),
        sa.PrimaryKeyConstraint(
            "property_id", "stay_id", "permit_id", name=op.f("pk_match_decisions")
        ),
    )
    secure_office_owned("match_decisions", ALL_RIGHTS)


def work() -> None:
    op.create_table(
        "check_failures",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("failed_at", INSTANT, nullable=False),
        sa.Column("next_try_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("property_id", "stay_id", name=op.f("pk_check_failures")),
    )
    op.create_index("ix_check_failures_next_try", "check_failures", ["next_try_at"])
    secure_office_owned("check_failures", ALL_RIGHTS)
    op.create_table(
        "rechecks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("time_zone", sa.String(length=40), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=True),
        sa.Column("cursor_property_id", sa.Uuid(), nullable=True),
        sa.Column("cursor_stay_id", sa.Uuid(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("progressed_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "scope IN ('all', 'office', 'rule', 'in_house')", name=op.f("ck_rechecks_scope")
        ),
        sa.CheckConstraint(
            "state IN ('running', 'done', 'stopped')", name=op.f("ck_rechecks_state")
        ),
        sa.CheckConstraint(
            "(state = 'running') = (ended_at IS NULL)", name=op.f("ck_rechecks_ended")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rechecks")),
    )
    op.create_index("ix_rechecks_started", "rechecks", ["started_at"])
    secure_for_officers("rechecks", ALL_RIGHTS)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
