"""Which stays a finding is made of, as a table: an array cannot be looked up under row security.

PostgreSQL uses an index below a policy only for operators that are known to tell nothing of other
rows; the overlap of arrays is not one of them, so each check of a stay read every finding.
"""

import sqlalchemy as sa
from alembic import op
from row_security import secure_for_officers

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finding_stays",
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["findings.id"], name=op.f("fk_finding_stays_finding_id")
        ),
        sa.PrimaryKeyConstraint("stay_id", "finding_id", name=op.f("pk_finding_stays")),
    )
    op.create_index("ix_finding_stays_finding", "finding_stays", ["finding_id"])
    op.execute(
        "INSERT INTO finding_stays (stay_id, finding_id)"
        " SELECT DISTINCT unnest(stay_ids), id FROM findings"
    )
    secure_for_officers("finding_stays", "SELECT, INSERT, DELETE")
    op.execute(
        """
        CREATE FUNCTION keep_finding_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            DELETE FROM finding_stays
            WHERE finding_id = NEW.id AND stay_id <> ALL (NEW.stay_ids);
          END IF;
          INSERT INTO finding_stays (stay_id, finding_id)
          SELECT DISTINCT one, NEW.id FROM unnest(NEW.stay_ids) AS one ON CONFLICT DO NOTHING;
          RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER keep_finding_stays_inserted AFTER INSERT ON findings"
        " FOR EACH ROW EXECUTE FUNCTION keep_finding_stays()"
    )
    op.execute(
        "CREATE TRIGGER keep_finding_stays_changed AFTER UPDATE ON findings FOR EACH ROW"
        " WHEN (OLD.stay_ids IS DISTINCT FROM NEW.stay_ids)"
        " EXECUTE FUNCTION keep_finding_stays()"
    )
    op.drop_index("ix_findings_stays", table_name="findings")


def downgrade() -> None:
    op.create_index("ix_findings_stays", "findings", ["stay_ids"], postgresql_using="gin")
    op.execute("DROP TRIGGER keep_finding_stays_changed ON findings")
    op.execute("DROP TRIGGER keep_finding_stays_inserted ON findings")
    op.execute("DROP FUNCTION keep_finding_stays()")
    op.drop_table("finding_stays")
