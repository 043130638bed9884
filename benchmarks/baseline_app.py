"""The baseline: a bare Flask view that inserts one row with psycopg and commits."""

import os

from flask import Flask, request
from psycopg_pool import ConnectionPool

app = Flask(__name__)
pool = ConnectionPool(os.environ["BASELINE_DATABASE_URL"], min_size=4, max_size=10, open=True)


@app.post("/rows")
def insert_row() -> tuple[dict[str, int], int]:
    """Stores the body as it came."""
    with pool.connection() as connection:
        cursor = connection.execute(
            "INSERT INTO baseline_rows (body) VALUES (%s) RETURNING id", (request.get_data(),)
        )
        row = cursor.fetchone()
    return {"id": row[0] if row else 0}, 201
