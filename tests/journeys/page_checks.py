"""What is asked of every page: axe, no scrolling sideways, one language, a quiet console."""

import re
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE: dict[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
}
NARROW = 320
# Common words that stand in nearly every sentence of one language and in none of the other.
OTHER_WORDS = {
    "en": re.compile(
        r"\b(tidak|dan|untuk|yang|dengan|atau|belum|sudah|bila|dari|pada|ini|akan|tamu|surel"
        r"|kata sandi|simpan|kirim|semua|oleh|hari|nama|nomor|alasan)\b",
        re.IGNORECASE,
    ),
    "id": re.compile(
        r"(?<![-@.])\b(the|and|of|your|not|with|this|which|are|for|has|from)\b(?![-@.])",
        re.IGNORECASE,
    ),
}
# What the page itself says: without what names things, was typed by people, or says its language.
_OWN_TEXT = """locale => {
  const copy = document.body.cloneNode(true);
  const other = locale === "en" ? "id" : "en";
  for (const one of copy.querySelectorAll(`[lang=${other}], [translate=no], script, option`)) {
    one.remove();
  }
  const parts = [];
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) parts.push(walker.currentNode.data.trim());
  for (const one of copy.querySelectorAll("[aria-label], [title], [alt], [placeholder]")) {
    for (const name of ["aria-label", "title", "alt", "placeholder"]) {
      parts.push(one.getAttribute(name) || "");
    }
  }
  return [document.documentElement.lang, document.title, ...parts.filter(Boolean)];
}"""


class Ear:
    """Hears what a page complains about."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        # A page that answers 404 or 422 on purpose is noted by the browser as well.
        if not message.text.startswith("Failed to load resource: the server responded with a"):
            self.heard.append(f"console: {message.text}")

    def take(self) -> list[str]:
        """What was heard since the last call."""
        heard, self.heard = self.heard, []
        return heard


def faults_of(page: Page, ear: Ear, locale: str, width: int) -> list[str]:
    """Everything that is wrong with the page as it stands; the window keeps its width."""
    faults = ear.take()
    faults += _wrong_language(page, locale)
    faults += axe_faults(page)
    page.set_viewport_size({"width": NARROW, "height": 640})
    wide = page.evaluate("document.documentElement.scrollWidth")
    if wide > NARROW:
        faults.append(f"scrolls sideways: {wide} px at {NARROW}")
    page.set_viewport_size({"width": width, "height": 800})
    ear.take()
    return faults


def axe_faults(page: Page) -> list[str]:
    """What axe finds, one line a fault, with the first element."""
    violations = Axe().run(page, options=AXE).response["violations"]
    return [
        f"axe {one['id']}: {one['help']}: {one['nodes'][0]['html'][:160]}" for one in violations
    ]


def _wrong_language(page: Page, locale: str) -> list[str]:
    lang, *texts = page.evaluate(_OWN_TEXT, locale)
    faults = [] if lang == locale else [f"lang is {lang}, not {locale}"]
    words = OTHER_WORDS[locale]
    faults += [f"not {locale}: {text[:100]!r}" for text in texts if words.search(text)]
    return faults


def picture(page: Page, folder: Path, name: str) -> None:
    """Keeps what the page looks like, for people to look at."""
    page.screenshot(path=folder / f"{name}.png", full_page=True)
