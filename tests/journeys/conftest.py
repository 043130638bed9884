"""A running system and a real browser for the journeys."""

import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.system import System, free_port

CHROMIUM_SWITCHES = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class LastingSystem(System):
    """One whose accounts are asked for once: it is never started anew."""

    @cached_property
    def _accounts(self) -> list[dict[str, Any]]:
        return super().accounts()

    def accounts(self) -> list[dict[str, Any]]:
        """The demo accounts."""
        return self._accounts


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A started system with a small demo; it is ended after the module."""
    running = System(tmp_path_factory.mktemp("system"), free_port())
    running.start()
    yield running
    if running.process is not None and running.process.poll() is None:
        running.interrupt()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A started system for all modules of the group `site`: they leave it running."""
    running = LastingSystem(tmp_path_factory.mktemp("site"), free_port())
    running.start()
    yield running
    running.interrupt()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    path = next(
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=CHROMIUM_SWITCHES)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, system: System) -> Iterator[Page]:
    """A fresh browser profile on the system, in Indonesian."""
    context = browser.new_context(base_url=system.url, locale="id-ID", accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(15_000)
    yield page
    context.close()


@pytest.fixture
def screenshots() -> Path:
    """Where pictures of the last run lie, to be looked at."""
    folder = Path(__file__).parents[2] / "test-artifacts"
    folder.mkdir(exist_ok=True)
    return folder
