"""Where gunicorn and `flask` find the application."""

from apoa.start.offline_app import offline_app

app = offline_app()
if app is None:
    from apoa.app import create_app
    from apoa.start.environment import complete_environment

    complete_environment()
    app = create_app()
