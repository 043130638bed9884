"""Where gunicorn and `flask` find the application."""

from apoa.app import create_app
from apoa.start.environment import complete_environment

complete_environment()
app = create_app()
