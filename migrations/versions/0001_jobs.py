"""The background's job queue: the tables and functions of the job library, as they ship."""

from importlib.resources import files

from alembic import op
from row_security import APPLICATION

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        f"""DO $$ BEGIN
            IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{APPLICATION}') THEN
                RAISE EXCEPTION 'create the role {APPLICATION} first; docs/operators tells how';
            END IF;
        END $$"""
    )
    schema = files("procrastinate").joinpath("sql/schema.sql").read_text("utf-8")
    op.get_bind().connection.driver_connection.execute(schema)
    for table in ("jobs", "periodic_defers", "events", "workers"):
        op.execute(
            f"GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_{table} TO {APPLICATION}"
        )
    op.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {APPLICATION}")


def downgrade() -> None:
    op.execute(
        """DO $$ DECLARE one record; BEGIN
            FOR one IN SELECT oid::regclass AS name FROM pg_class
                WHERE relname LIKE 'procrastinate%' AND relkind = 'r'
            LOOP EXECUTE 'DROP TABLE ' || one.name || ' CASCADE'; END LOOP;
            FOR one IN SELECT oid::regprocedure AS name FROM pg_proc
                WHERE proname LIKE 'procrastinate%'
            LOOP EXECUTE 'DROP FUNCTION ' || one.name || ' CASCADE'; END LOOP;
            FOR one IN SELECT oid::regtype AS name FROM pg_type
                WHERE typname LIKE 'procrastinate%'
            LOOP EXECUTE 'DROP TYPE ' || one.name || ' CASCADE'; END LOOP;
        END $$"""
    )
