"""The searches officers make: terms sealed, purpose kept."""

import sqlalchemy as sa
from alembic import op
from row_security import EVERYWHERE, USER, any_of, secure

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stay_searches",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("terms_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_stay_searches_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stay_searches")),
    )
    op.create_index(
        "ix_stay_searches_user", "stay_searches", ["user_id", "created_at"], unique=False
    )
    secure(
        "stay_searches",
        read=any_of(f"user_id = {USER}", EVERYWHERE),
        write=any_of(f"user_id = {USER}", EVERYWHERE),
        rights="SELECT, INSERT, DELETE",
    )


def downgrade() -> None:
    op.drop_table("stay_searches")
