"""The history of a finding goes with it to another office, also where it did not till now.

The owner of the tables is bound by row-level security too: what a migration reads of them it must
open first. 0015 did not, so findings that were older than it have no pairs yet.
"""

from alembic import op
from row_security import APPLICATION

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(f"GRANT UPDATE (property_id) ON finding_events TO {APPLICATION}")
    op.execute("SELECT set_config('apoa.everywhere', 'on', true)")
    op.execute(
        "UPDATE finding_events e SET office_id = f.office_id, property_id = f.property_id"
        " FROM findings f WHERE f.id = e.finding_id AND (e.office_id, e.property_id)"
        " IS DISTINCT FROM (f.office_id, f.property_id)"
    )
    op.execute(
        "INSERT INTO finding_stays (stay_id, finding_id)"
        " SELECT DISTINCT unnest(stay_ids), id FROM findings ON CONFLICT DO NOTHING"
    )
    op.execute("SELECT set_config('apoa.everywhere', '', true)")


def downgrade() -> None:
    op.execute(f"REVOKE UPDATE (property_id) ON finding_events FROM {APPLICATION}")
