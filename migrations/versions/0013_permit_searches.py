"""Searches for permits are kept beside those for stays."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "stay_searches",
        sa.Column("subject", sa.String(length=8), nullable=False, server_default="stay"),
    )
    op.create_check_constraint("subject", "stay_searches", "subject IN ('permit', 'stay')")


def downgrade() -> None:
    op.drop_constraint("subject", "stay_searches", type_="check")
    op.drop_column("stay_searches", "subject")
