"""Wires the house: settings, database, pages, jobs. Nothing is decided here."""

import logging

import structlog
from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from apoa.access import api_models, call_models
from apoa.access import models as access_models
from apoa.api import register_api
from apoa.api.problem_json import answer_error
from apoa.audit import models as audit_models
from apoa.base.crypto import BlindKeys, Cipher
from apoa.base.log_lines import LogLine
from apoa.base.settings import Settings, settings_from_environment
from apoa.conformance import models as conformance_models
from apoa.crosscheck import models as crosscheck_models
from apoa.crosscheck.findings import models as findings_models
from apoa.crosscheck.rules import models as rules_models
from apoa.crosscheck.watchlist import models as watchlist_models
from apoa.db.base import db
from apoa.db.idle_ping import ping_idle_connections
from apoa.db.secrets import Secrets, set_secrets
from apoa.delivery.mail_out import register_mail
from apoa.offices import models as offices_models
from apoa.permits import models as permits_models
from apoa.permits import table_models as permit_table_models
from apoa.permits.feed import models as permit_feed_models
from apoa.properties import models as properties_models
from apoa.stays import announced_models, outage_models
from apoa.stays import models as stays_models
from apoa.stays.receipt_keys import parse_receipt_keys
from apoa.supervision import models as supervision_models
from apoa.web import register_web
from apoa.web.error_pages import answer_errors_below
from apoa.web.log_context import add_request
from apoa.webhooks import models as webhooks_models

MODELS = (
    access_models,
    api_models,
    call_models,
    conformance_models,
    audit_models,
    offices_models,
    properties_models,
    permits_models,
    permit_table_models,
    permit_feed_models,
    stays_models,
    outage_models,
    announced_models,
    crosscheck_models,
    rules_models,
    findings_models,
    watchlist_models,
    supervision_models,
    webhooks_models,
)
MAX_BODY_BYTES = 2 * 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Raises SettingsError when a setting is missing or unsafe."""
    settings = settings or settings_from_environment()
    configure_logging(settings.log_level)
    parse_receipt_keys(settings.receipt_keys)
    app = Flask(
        "apoa",
        instance_path=str(settings.instance_path),
        static_folder="static",
        template_folder="templates",
    )
    app.extensions["apoa_settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MAX_BODY_BYTES,
        MAX_FORM_PARTS=500,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        SESSION_COOKIE_NAME="__Host-apoa-form" if settings.secure_cookies else "apoa-form",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=settings.secure_cookies,
    )
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )
    db.init_app(app)
    with app.app_context():
        ping_idle_connections(db.engine)
    set_secrets(
        Secrets(
            cipher=Cipher(settings.document_keys),
            blind_keys=BlindKeys(settings.blind_key),
            receipt_keys=settings.receipt_keys,
        )
    )
    csrf = CSRFProtect(app)
    # It checks the form's token itself, once it knows who sends so large a body.
    csrf.exempt("apoa.web.insarkom.permit_feeds.send_feed")
    register_mail(app)
    register_web(app, https=settings.secure_cookies)
    register_api(app, csrf)
    answer_errors_below(app, "/api/", answer_error, besides="/api/docs")
    return app


def engine_options(settings: Settings) -> dict[str, object]:
    """How connections are kept. A server that is gone is noticed at the first use."""
    return {
        "pool_size": settings.database_pool_size,
        "max_overflow": 2,
        "pool_timeout": 10,
        # The text of a database error never quotes a guest's data.
        "hide_parameters": True,
        "connect_args": {
            "connect_timeout": 5,
            # One address is enough: whoever owns the tables steps down to the application's role.
            "options": "-c role=apoa_app -c timezone=UTC -c statement_timeout=60000",
        },
    }


def configure_logging(level: str) -> None:
    """One JSON object a line, without personal data: fields are named by the caller."""
    lines = logging.StreamHandler()
    lines.setFormatter(LogLine())
    logging.basicConfig(level=level, handlers=[lines])
    for chatty in ("alembic", "procrastinate"):
        logging.getLogger(chatty).setLevel(max(logging.WARNING, logging.getLogger().level))
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            add_request,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level, 20)),
        cache_logger_on_first_use=False,
    )
