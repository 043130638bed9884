"""Lets `flask` commands find the embedded database that `make run` made."""

import atexit
import os

import click

from apoa.base.settings import read_env_file
from apoa.start.embedded import EmbeddedPostgres
from apoa.start.instance import instance_folder


def complete_environment() -> None:
    """Where a command runs beside an instance made by `make run` and no database is named, the
    embedded one is meant; it is started for the time of the command if it does not run."""
    if os.environ.get("APOA_DATABASE_URL") or click.get_current_context(silent=True) is None:
        return
    folder = instance_folder()
    in_file = read_env_file(folder / "apoa.env")
    if in_file.get("APOA_DATABASE_URL") or in_file.get("APOA_ENV") != "development":
        return
    if os.environ.get("APOA_ENV") not in (None, "", "development"):
        return
    server = EmbeddedPostgres(folder)
    os.environ["APOA_DATABASE_URL"] = server.url()
    os.environ["APOA_OWNER_DATABASE_URL"] = server.url("apoa_owner")
    if server.start():
        atexit.register(server.stop)
