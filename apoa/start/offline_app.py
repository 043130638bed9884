"""Which commands need neither settings nor database, and the small application that has them."""

import sys
from itertools import pairwise

import click
from flask import Flask

from apoa.commands.crosscheck import crosscheck

_OFFLINE = {("crosscheck", "link"), ("crosscheck", "names"), ("crosscheck", "--help")}


def offline_app() -> Flask | None:
    """An application with those commands alone, if `flask` was called for one of them."""
    if click.get_current_context(silent=True) is None or not _is_asked_for(sys.argv[1:]):
        return None
    app = Flask("apoa")
    app.cli.add_command(crosscheck)
    return app


def _is_asked_for(words: list[str]) -> bool:
    """Whether the two words stand side by side; options of `flask` may stand before them."""
    return any(pair in _OFFLINE for pair in pairwise(words))
