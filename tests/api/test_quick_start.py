"""The commands of the guides, as a developer pastes them into a shell, against a running system."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.api.running import Running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("api-system")]

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "api"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = "===== next block ====="
_WRITTEN_ADDRESS = "http://127.0.0.1:8000"
_WRITTEN_KEY = "apoa_test_PASTE_YOURS_HERE"


@dataclass(frozen=True)
class Step:
    """Commands, and what the guide says that they answer; None where it says nothing."""

    commands: str
    answer: str | None
    is_json: bool


def steps_of(guide: str) -> list[Step]:
    """Every block of commands with the block right after it, if that is an answer."""
    blocks = _FENCE.findall((GUIDES / f"{guide}.md").read_text("utf-8"))
    steps = []
    for place, (kind, text) in enumerate(blocks):
        if kind != "sh":
            continue
        following = blocks[place + 1] if place + 1 < len(blocks) else ("", "")
        answered = following[0] in ("json", "text")
        steps.append(Step(text, following[1] if answered else None, following[0] == "json"))
    return steps


def run_steps(steps: list[Step], running: Running, folder: Path, before: str = "") -> list[str]:
    """What each step prints, in one shell that stops at the first command that fails."""
    assert shutil.which("curl"), "the guides need curl"
    blocks = [before, *(step.commands for step in steps)]
    script = f"\necho; echo '{_MARK}'\n".join(blocks)
    script = script.replace(_WRITTEN_ADDRESS, running.system.url)
    script = script.replace(_WRITTEN_KEY, running.bearer)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return [part.strip() for part in done.stdout.split(_MARK)[1:]]


def check_answers(steps: list[Step], printed: list[str]) -> None:
    """Each answer has the form that the guide shows, and its codes and counts."""
    assert len(steps) == len(printed)
    for step, text in zip(steps, printed, strict=True):
        if step.answer is None:
            continue
        if step.is_json:
            shown, real = json.loads(step.answer), json.loads(text)
            assert form_of(real) == form_of(shown), step.commands
        else:
            assert text == step.answer.strip(), step.commands


def form_of(value: Any) -> Any:
    """Names and types throughout; the words of codes and states as they are."""
    if isinstance(value, dict):
        return {
            name: inner
            if name in ("code", "pointer", "status", "state", "mode")
            else form_of(inner)
            for name, inner in sorted(value.items())
        }
    if isinstance(value, list):
        forms = [form_of(one) for one in value]
        return forms if any(isinstance(one, dict) and "code" in one for one in forms) else forms[:1]
    return type(value).__name__


def test_the_quick_start_does_what_it_says(running: Running, tmp_path: Path) -> None:
    steps = steps_of("quick-start")
    assert len(steps) >= 9
    check_answers(steps, run_steps(steps, running, tmp_path))
    assert (tmp_path / "receipt.pdf").read_bytes().startswith(b"%PDF-")
    departed = json.loads((tmp_path / "stay.json").read_text("utf-8"))
    assert (departed["state"], departed["room"], departed["version"]) == ("departed", "305", 3)


def test_a_rehearsed_error_is_as_the_guide_shows_it(running: Running, tmp_path: Path) -> None:
    steps = steps_of("test-mode")
    assert steps
    before = f"APOA={running.api_url}\nKEY={running.bearer}\nPROPERTY={running.property_id}"
    check_answers(steps, run_steps(steps, running, tmp_path, before))


def test_the_call_of_the_readme_works_as_printed(running: Running) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    [commands] = [text for kind, text in _FENCE.findall(readme) if "/api/v1/" in text]
    script = commands.replace(_WRITTEN_ADDRESS, running.system.url)
    script = script.replace(".venv/bin/", f"{Path(sys.executable).parent}/")
    environ = {name: v for name, v in os.environ.items() if not name.startswith("APOA_")}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=ROOT,
        env=environ | {"APOA_INSTANCE": str(running.system.folder)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["mode"] == "test"


def test_the_demo_prints_a_live_and_a_test_key(running: Running) -> None:
    keys = json.loads(running.system.command("demo", "credentials", "--json"))["keys"]
    assert [one["mode"] for one in keys] == ["live", "test"]
    for one in keys:
        assert list(one) == ["mode", "key", "client_id", "client_secret", "properties"]
        assert one["key"] == f"{one['client_id']}_{one['client_secret']}"
        assert one["properties"]
        assert all(list(lodging) == ["id", "name"] for lodging in one["properties"])
