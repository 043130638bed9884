"""F8: JSON for the systems of lodgings; one file for each resource."""

from flask import Flask
from flask_wtf import CSRFProtect

from apoa.api import (
    batch,
    cancel,
    check_out,
    code_lists,
    conformance_runs,
    health,
    listing,
    me,
    oauth,
    one,
    openapi_json,
    permit_feeds,
    receipt,
    receipts,
    reconciliations,
    reopen,
    report,
    status,
    validate,
    versions,
    webhook_deliveries,
    webhook_endpoints,
)
from apoa.api.belt import register_belt
from apoa.api.blueprint import PREFIX, blueprint
from apoa.api.openapi.reference import EXTENSION, REFERENCE
from apoa.api.record_calls import register_call_log

# Importing a resource puts its views on the blueprint.
RESOURCES = (
    batch,
    cancel,
    check_out,
    code_lists,
    conformance_runs,
    health,
    listing,
    me,
    oauth,
    one,
    openapi_json,
    permit_feeds,
    receipt,
    receipts,
    reconciliations,
    reopen,
    report,
    status,
    validate,
    versions,
    webhook_deliveries,
    webhook_endpoints,
)


def register_api(app: Flask, csrf: CSRFProtect) -> None:
    """Opens the API. It reads no cookie, so that no other site can act through a browser."""
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint, url_prefix=PREFIX)
    register_call_log(app)
    register_belt(app)
    # The pages that explain the API live on the same floor and import nothing of it.
    app.extensions[EXTENSION] = REFERENCE
