"""An outage that was declared by mistake can be withdrawn: it stays to be read, and counts no more."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outages", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outages", sa.Column("withdrawn_by", sa.Uuid(), nullable=True))
    op.add_column("outages", sa.Column("withdrawn_reason", sa.String(500), nullable=True))
    op.create_foreign_key(
        op.f("fk_outages_withdrawn_by"), "outages", "users", ["withdrawn_by"], ["id"]
    )
    op.create_check_constraint(
        op.f("ck_outages_withdrawn"), "outages", "num_nulls(withdrawn_at, withdrawn_reason) <> 1"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_outages_withdrawn"), "outages", type_="check")
    op.drop_constraint(op.f("fk_outages_withdrawn_by"), "outages", type_="foreignkey")
    # Without the columns it would count again.
    op.execute("DELETE FROM outages WHERE withdrawn_at IS NOT NULL")
    for column in ("withdrawn_reason", "withdrawn_by", "withdrawn_at"):
        op.drop_column("outages", column)
