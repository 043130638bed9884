"""Guides become HTML without any HTML of their own."""

from apoa.web.docs.markdown import render_guide


def leads(slug: str) -> str:
    return f"/api/docs/guides/{slug}"


def test_html_and_scripts_in_a_guide_are_text() -> None:
    html = render_guide("# T\n\n<script>x</script>\n\n[a](javascript:x)", leads).html
    assert "<script" not in html
    assert "href" not in html


def test_the_title_is_left_to_the_page_and_headings_can_be_linked_to() -> None:
    rendered = render_guide("# Title\n\n## One `two`\n\ntext", leads)
    assert "Title" not in rendered.html
    assert '<h2 id="one-two">' in rendered.html
    assert [(one.anchor, one.text) for one in rendered.headings] == [("one-two", "One two")]


def test_code_is_shown_as_it_is() -> None:
    html = render_guide("```sh\ncurl '<a>' \"$X\"\n```", leads).html
    assert "curl &#39;&lt;a&gt;&#39; &#34;$X&#34;" in html


def test_links_to_other_guides_lead_to_their_pages() -> None:
    html = render_guide("[a](retries.md#how-to-send-again) [b](/receipts/)", leads).html
    assert 'href="/api/docs/guides/retries#how-to-send-again"' in html
    assert 'href="/receipts/"' in html


def test_tables_can_be_scrolled_with_the_keyboard() -> None:
    html = render_guide("| a |\n|---|\n| b |\n", leads).html
    assert '<div class="doc-scroll" tabindex="0"><table' in html
