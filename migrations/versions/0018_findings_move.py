"""The history of a finding goes with it to another office, also where it did not till now.

Which stays are of a permit's holder, though matched to another permit of theirs, becomes a table:
the reverse check looks it up, and an array cannot be looked up under row security (see 0015).

The owner of the tables is bound by row-level security too: what a migration reads of them it must
open first. 0015 did not, so findings that were older than it have no pairs yet.
"""

import sqlalchemy as sa
from alembic import op
from row_security import APPLICATION, only_office_moves, secure_office_owned

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("SELECT set_config('apoa.everywhere', 'on', true)")
    histories()
    holder_stays()
    op.execute("SELECT set_config('apoa.everywhere', '', true)")


def histories() -> None:
    op.execute(f"GRANT UPDATE (property_id) ON finding_events TO {APPLICATION}")
    op.execute(
        "UPDATE finding_events e SET office_id = f.office_id, property_id = f.property_id"
        " FROM findings f WHERE f.id = e.finding_id AND (e.office_id, e.property_id)"
        " IS DISTINCT FROM (f.office_id, f.property_id)"
    )
    op.execute(
        "INSERT INTO finding_stays (stay_id, finding_id)"
        " SELECT DISTINCT unnest(stay_ids), id FROM findings ON CONFLICT DO NOTHING"
    )


def holder_stays() -> None:
    op.create_table(
        "holder_stays",
        sa.Column("permit_id", sa.Uuid(), nullable=False),
        sa.Column("property_id", sa.Uuid(), nullable=False),
        sa.Column("stay_id", sa.Uuid(), nullable=False),
        sa.Column("office_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["property_id", "stay_id"],
            ["matches.property_id", "matches.stay_id"],
            name=op.f("fk_holder_stays_match"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "permit_id", "property_id", "stay_id", name=op.f("pk_holder_stays")
        ),
    )
    op.create_index("ix_holder_stays_stay", "holder_stays", ["property_id", "stay_id"])
    op.execute(
        "INSERT INTO holder_stays (permit_id, property_id, stay_id, office_id)"
        " SELECT DISTINCT unnest(other_permits), property_id, stay_id, office_id FROM matches"
    )
    secure_office_owned("holder_stays", "SELECT, INSERT, UPDATE, DELETE")
    only_office_moves("holder_stays")
    op.execute(
        """
        CREATE FUNCTION keep_holder_stays() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' THEN
            DELETE FROM holder_stays
            WHERE property_id = NEW.property_id AND stay_id = NEW.stay_id
            AND permit_id <> ALL (NEW.other_permits);
          END IF;
          INSERT INTO holder_stays (permit_id, property_id, stay_id, office_id)
          SELECT DISTINCT one, NEW.property_id, NEW.stay_id, NEW.office_id
          FROM unnest(NEW.other_permits) AS one
          ON CONFLICT DO NOTHING;
          RETURN NULL;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER keep_holder_stays_inserted AFTER INSERT ON matches FOR EACH ROW"
        " WHEN (NEW.other_permits <> '{}') EXECUTE FUNCTION keep_holder_stays()"
    )
    op.execute(
        "CREATE TRIGGER keep_holder_stays_changed AFTER UPDATE ON matches FOR EACH ROW"
        " WHEN (OLD.other_permits IS DISTINCT FROM NEW.other_permits)"
        " EXECUTE FUNCTION keep_holder_stays()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER keep_holder_stays_changed ON matches")
    op.execute("DROP TRIGGER keep_holder_stays_inserted ON matches")
    op.execute("DROP FUNCTION keep_holder_stays()")
    op.drop_table("holder_stays")
    op.execute(f"REVOKE UPDATE (property_id) ON finding_events FROM {APPLICATION}")
