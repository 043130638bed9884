"""No word to the workers at each commit: PostgreSQL lets only one commit with a NOTIFY in at a time.

With it the reports of the whole country would wait for one another's disk. The workers look for
jobs twice a second instead.
"""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_TRIGGER = "procrastinate_jobs_notify_queue_job_inserted_v1"


def upgrade() -> None:
    op.execute(f"DROP TRIGGER {_TRIGGER} ON procrastinate_jobs")


def downgrade() -> None:
    op.execute(
        f"CREATE TRIGGER {_TRIGGER} AFTER INSERT ON procrastinate_jobs"
        " FOR EACH ROW WHEN (new.status = 'todo'::procrastinate_job_status)"
        " EXECUTE PROCEDURE procrastinate_notify_queue_job_inserted_v1()"
    )
