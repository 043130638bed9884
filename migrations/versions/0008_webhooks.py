"""Webhooks: endpoints, whom they are told of, events, deliveries; guests only announced."""

import sqlalchemy as sa
from alembic import op
from row_security import EVERYWHERE, USER, any_of, in_properties, secure
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

OWN = any_of(EVERYWHERE, in_properties())
ALL_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"


def upgrade() -> None:
    endpoints()
    events()
    deliveries()
    announced_arrivals()


def endpoints() -> None:
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("mode", sa.String(length=4), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("description", sa.String(length=120), nullable=True),
        sa.Column("events", sa.ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("previous_secret_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("previous_valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("disabled_reason", sa.String(length=10), nullable=True),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("hold_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("mode IN ('live', 'test')", name=op.f("ck_webhook_endpoints_mode")),
        sa.CheckConstraint(
            "state IN ('active', 'disabled')", name=op.f("ck_webhook_endpoints_state")
        ),
        sa.CheckConstraint(
            "disabled_reason IN ('owner', 'failing', 'gone')",
            name=op.f("ck_webhook_endpoints_disabled_reason"),
        ),
        sa.CheckConstraint(
            "(state = 'disabled') = (disabled_at IS NOT NULL)",
            name=op.f("ck_webhook_endpoints_disabled_at"),
        ),
        sa.CheckConstraint(
            "(disabled_at IS NULL) = (disabled_reason IS NULL)",
            name=op.f("ck_webhook_endpoints_disabled_with_reason"),
        ),
        sa.CheckConstraint(
            "(previous_secret_sealed IS NULL) = (previous_valid_until IS NULL)",
            name=op.f("ck_webhook_endpoints_previous"),
        ),
        sa.ForeignKeyConstraint(
            ["key_id"], ["api_keys.id"], name=op.f("fk_webhook_endpoints_key_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook_endpoints")),
    )
    op.create_index("ix_webhook_endpoints_key", "webhook_endpoints", ["key_id"])
    op.create_table(
        "webhook_subscriptions",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_webhook_subscriptions_property_id")
        ),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoints.id"],
            name=op.f("fk_webhook_subscriptions_endpoint_id"),
        ),
        sa.PrimaryKeyConstraint(
            "property_id", "endpoint_id", name=op.f("pk_webhook_subscriptions")
        ),
    )
    op.create_index("ix_webhook_subscriptions_endpoint", "webhook_subscriptions", ["endpoint_id"])
    secure("webhook_subscriptions", read=OWN, write=OWN, rights=ALL_RIGHTS)
    # An endpoint has no lodging of its own: who may see one of its lodgings may see it.
    told = f"id IN (SELECT endpoint_id FROM webhook_subscriptions WHERE {in_properties()})"  # noqa: S608 - constants
    own = any_of(EVERYWHERE, f"created_by = {USER}", told)
    secure("webhook_endpoints", read=own, write=own, rights="SELECT, INSERT, UPDATE")


def events() -> None:
    op.create_table(
        "webhook_events",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_webhook_events_property_id")
        ),
        sa.ForeignKeyConstraint(
            ["endpoint_id"], ["webhook_endpoints.id"], name=op.f("fk_webhook_events_endpoint_id")
        ),
        sa.PrimaryKeyConstraint("property_id", "id", name=op.f("pk_webhook_events")),
    )
    op.create_index("ix_webhook_events_occurred", "webhook_events", ["occurred_at"])
    op.create_index(
        "ix_webhook_events_untold",
        "webhook_events",
        ["occurred_at"],
        postgresql_where=sa.text("told_at IS NULL"),
    )
    secure("webhook_events", read=OWN, write=OWN, rights=ALL_RIGHTS)


def deliveries() -> None:
    op.create_table(
        "webhook_deliveries",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("attempts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("give_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'delivered', 'failed')", name=op.f("ck_webhook_deliveries_state")
        ),
        sa.CheckConstraint(
            "(state = 'pending') = (next_try_at IS NOT NULL)",
            name=op.f("ck_webhook_deliveries_next_try"),
        ),
        sa.ForeignKeyConstraint(
            ["property_id", "event_id"],
            ["webhook_events.property_id", "webhook_events.id"],
            name=op.f("fk_webhook_deliveries_property_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["webhook_endpoints.id"],
            name=op.f("fk_webhook_deliveries_endpoint_id"),
        ),
        sa.PrimaryKeyConstraint("property_id", "id", name=op.f("pk_webhook_deliveries")),
        sa.UniqueConstraint(
            "property_id",
            "event_id",
            "endpoint_id",
            name=op.f("uq_webhook_deliveries_property_id_event_id_endpoint_id"),
        ),
    )
    op.create_index("ix_webhook_deliveries_endpoint", "webhook_deliveries", ["endpoint_id", "id"])
    op.create_index(
        "ix_webhook_deliveries_due",
        "webhook_deliveries",
        ["next_try_at"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_webhook_deliveries_created", "webhook_deliveries", ["created_at"])
    secure("webhook_deliveries", read=OWN, write=OWN, rights=ALL_RIGHTS)


def announced_arrivals() -> None:
    op.create_table(
        "announced_arrivals",
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("client_ref", sa.String(length=100), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approaching_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["property_id"], ["properties.id"], name=op.f("fk_announced_arrivals_property_id")
        ),
        sa.PrimaryKeyConstraint("property_id", "client_ref", name=op.f("pk_announced_arrivals")),
    )
    op.create_index(
        "ix_announced_arrivals_due",
        "announced_arrivals",
        ["due_at"],
        postgresql_where=sa.text("missed_at IS NULL"),
    )
    # The lodging's own, and never its office's: who compares lists is not to be punished for it.
    secure("announced_arrivals", read=OWN, write=OWN, rights=ALL_RIGHTS)


def downgrade() -> None:
    for table in (
        "announced_arrivals",
        "webhook_deliveries",
        "webhook_events",
    ):
        op.drop_table(table)
    # The rule for endpoints speaks of subscriptions.
    op.execute("DROP POLICY webhook_endpoints_read ON webhook_endpoints")
    op.execute("DROP POLICY webhook_endpoints_insert ON webhook_endpoints")
    op.execute("DROP POLICY webhook_endpoints_update ON webhook_endpoints")
    op.drop_table("webhook_subscriptions")
    op.drop_table("webhook_endpoints")
