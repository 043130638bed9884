"""F8: JSON for the systems of lodgings; one file for each resource."""

from flask import Flask
from flask_wtf import CSRFProtect

from apoa.api import code_lists, health, me, oauth, status
from apoa.api.belt import register_belt
from apoa.api.blueprint import PREFIX, blueprint

# Importing a resource puts its views on the blueprint.
RESOURCES = (code_lists, health, me, oauth, status)


def register_api(app: Flask, csrf: CSRFProtect) -> None:
    """Opens the API. It reads no cookie, so that no other site can act through a browser."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint, url_prefix=PREFIX)
    register_belt(app)
