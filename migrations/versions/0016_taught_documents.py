"""A decision remembers which document it taught of a permit's holder, so that it can be unsaid."""

import sqlalchemy as sa
from alembic import op
from row_security import APPLICATION, EVERYWHERE, IN_AN_OFFICE, any_of

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_ACTS = ("imported", "extended", "status", "corrected", "document_added")


def upgrade() -> None:
    op.add_column("match_decisions", sa.Column("taught_blind", sa.LargeBinary(32), nullable=True))
    op.create_index(
        "ix_match_decisions_taught",
        "match_decisions",
        ["permit_id", "taught_blind"],
        postgresql_where=sa.text("taught_blind IS NOT NULL"),
    )
    _acts(16, (*_ACTS, "document_removed"))
    # Only what a confirmation taught: what a feed has named stays whoever asks.
    op.execute(f"GRANT DELETE ON permit_documents TO {APPLICATION}")
    op.execute(
        "CREATE POLICY permit_documents_delete ON permit_documents FOR DELETE"
        f" USING (learnt AND NOT is_current AND ({any_of(EVERYWHERE, IN_AN_OFFICE)}))"
    )


def downgrade() -> None:
    op.execute("DROP POLICY permit_documents_delete ON permit_documents")
    op.execute(f"REVOKE DELETE ON permit_documents FROM {APPLICATION}")
    op.execute("UPDATE permit_history SET act = 'corrected' WHERE act = 'document_removed'")
    _acts(14, _ACTS)
    op.drop_index("ix_match_decisions_taught", table_name="match_decisions")
    op.drop_column("match_decisions", "taught_blind")


def _acts(length: int, acts: tuple[str, ...]) -> None:
    name = op.f("ck_permit_history_act")
    op.drop_constraint(name, "permit_history", type_="check")
    op.alter_column("permit_history", "act", type_=sa.String(length))
    op.create_check_constraint(
        name, "permit_history", f"act IN ({', '.join(repr(one) for one in acts)})"
    )
