"""Which language a page speaks: the person's choice, else the browser's, else Indonesian."""

from flask import Flask, g, request, session
from flask_babel import Babel

LOCALES = ("id", "en")


def register_locale(app: Flask) -> None:
    """Texts in the code are Indonesian; `translations/en` holds the English ones."""
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "UTC"
    Babel(app, locale_selector=select_locale)


def select_locale() -> str:
    """`id` or `en`."""
    if not request:
        return "id"
    chosen = session.get("locale")
    if chosen in LOCALES:
        return str(chosen)
    actor = g.get("actor")
    if actor is not None and actor.locale in LOCALES:
        return str(actor.locale)
    return request.accept_languages.best_match(LOCALES, "id") or "id"
