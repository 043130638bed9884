"""Where gunicorn and `flask` find the application."""

import click

from apoa.start.offline_app import offline_app

app = offline_app()
if app is None:
    from apoa.app import create_app
    from apoa.start.environment import complete_environment

    complete_environment()
    app = create_app()
    if click.get_current_context(silent=True) is not None:
        # A web server needs no commands, and is smaller without what only they use.
        from apoa.cli import register_commands

        register_commands(app)
