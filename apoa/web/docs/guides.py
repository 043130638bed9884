"""GET /api/docs and the guides: written as Markdown in docs/api/, read from there."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import abort, current_app, render_template, url_for
from flask_babel import LazyString, lazy_gettext

from apoa.web.docs import blueprint
from apoa.web.docs.markdown import render_guide
from apoa.web.docs.reference import calls_by_tag

FOLDER = Path(__file__).parents[3] / "docs" / "api"
# Where the guides say the system is; a page says where it really is.
_WRITTEN_ADDRESS = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Guide:
    """One guide: its name in the address and of its file, and how the menu calls it."""

    slug: str
    title: LazyString
    lead: LazyString


GUIDES = (
    Guide(
        "quick-start",
        lazy_gettext("Mulai cepat"),
        lazy_gettext("Dari kunci sampai tanda terima dalam sepuluh menit, dengan curl."),
    ),
    Guide(
        "retries",
        lazy_gettext("Pengulangan dan kepastian"),
        lazy_gettext("Apa yang dijanjikan sebuah jawaban, dan bagaimana mengulang dengan aman."),
    ),
    Guide(
        "corrections",
        lazy_gettext("Pembetulan"),
        lazy_gettext("Mengubah, mencatat keluar, membatalkan, dan membuka kembali."),
    ),
    Guide(
        "reconciliation",
        lazy_gettext("Pencocokan"),
        lazy_gettext("Membandingkan daftar tamu sistem Anda dengan yang tercatat."),
    ),
    Guide(
        "webhooks",
        lazy_gettext("Webhook"),
        lazy_gettext("Diberi tahu, dan memeriksa tanda tangannya."),
    ),
    Guide(
        "test-mode",
        lazy_gettext("Mode uji coba"),
        lazy_gettext("Kunci uji coba, dan nama tamu yang memancing setiap kesalahan."),
    ),
    Guide(
        "changelog",
        lazy_gettext("Perubahan dan janji kecocokan"),
        lazy_gettext("Apa yang dapat berubah, apa yang tidak, dan apa yang sudah berubah."),
    ),
)


def written_guides() -> list[Guide]:
    """The guides whose file is there."""
    return [one for one in GUIDES if (FOLDER / f"{one.slug}.md").is_file()]


@blueprint.get("/")
def home() -> str:
    """Where to begin, every guide, every call."""
    return render_template("docs/home.html", guides=written_guides(), tags=calls_by_tag())


@blueprint.get("/guides/<slug>")
def guide(slug: str) -> str:
    """One guide. They are in English, whatever the language of the page around them."""
    found = next((one for one in written_guides() if one.slug == slug), None)
    if found is None:
        abort(404)
    base_url = current_app.extensions["apoa_settings"].base_url
    source = _read(slug).replace(_WRITTEN_ADDRESS, base_url)
    rendered = render_guide(source, guide_url)
    return render_template("docs/guide.html", guide=found, rendered=rendered)


def guide_url(slug: str) -> str:
    """Where a guide's page is."""
    return url_for("docs.guide", slug=slug)


@cache
def _read(slug: str) -> str:
    return (FOLDER / f"{slug}.md").read_text("utf-8")
