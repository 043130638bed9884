"""How a guide's Markdown becomes HTML: no HTML of its own, headings that can be linked to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

_GUIDE_LINK = re.compile(r"([a-z0-9-]+)\.md(#[a-z0-9-]+)?")
_NOT_IN_ANCHORS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Heading:
    """A heading of the second level, for the list of contents."""

    anchor: str
    text: str


@dataclass(frozen=True)
class RenderedGuide:
    """A guide as HTML without its title, and its headings."""

    html: Markup
    headings: tuple[Heading, ...]


@lru_cache(maxsize=32)
def render_guide(source: str, guide_url: Callable[[str], str]) -> RenderedGuide:
    """The guide as HTML. A link to `other.md` leads to that guide's page."""
    parser = _parser()
    tokens = _without_title(parser.parse(source))
    headings = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            text = tokens[place + 1].content
            token.attrSet("id", _anchor(text))
            if token.tag == "h2":
                headings.append(Heading(_anchor(text), text.replace("`", "")))
        for inner in token.children or ():
            if inner.type == "link_open":
                _lead_to_page(inner, guide_url)
    html = parser.renderer.render(tokens, parser.options, {})
    return RenderedGuide(Markup(html), tuple(headings))  # noqa: S704 - HTML in the source is escaped


@lru_cache(maxsize=512)
def render_line(source: str) -> Markup:
    """A sentence or two of the published document as HTML, without a paragraph around it."""
    return Markup(MarkdownIt("commonmark", {"html": False}).renderInline(source))  # noqa: S704 - as above


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.add_render_rule("fence", _fence)
    parser.add_render_rule("table_open", _table_open)
    parser.add_render_rule("table_close", _table_close)
    return parser


def _without_title(tokens: list[Token]) -> list[Token]:
    """The page brings its own main heading."""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        return tokens[3:]
    return tokens


def _anchor(text: str) -> str:
    return _NOT_IN_ANCHORS.sub("-", text.lower()).strip("-")


def _lead_to_page(link: Token, guide_url: Callable[[str], str]) -> None:
    found = _GUIDE_LINK.fullmatch(str(link.attrGet("href") or ""))
    if found:
        link.attrSet("href", guide_url(found[1]) + (found[2] or ""))


def _fence(_self: Any, tokens: Sequence[Token], place: int, _options: Any, _env: Any) -> str:
    """A block of code that the keyboard can scroll."""
    content = escape(tokens[place].content)
    return f'<pre class="doc-code" tabindex="0" translate="no"><code>{content}</code></pre>\n'


def _table_open(_self: Any, _tokens: Any, _place: int, _options: Any, _env: Any) -> str:
    return '<div class="doc-scroll" tabindex="0"><table class="doc-table">\n'


def _table_close(_self: Any, _tokens: Any, _place: int, _options: Any, _env: Any) -> str:
    return "</table></div>\n"
