"""Every module and every public function says what it is for; files stay short; no paths leak."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "apoa").rglob("*.py"))
LONGEST_FILE = 300
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX:|NotImplementedError)\b")


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef) and not inner.name.startswith("_"):
                        yield inner


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_and_public_names_have_docstrings(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    missing = [node.name for node in public_functions(tree) if not ast.get_docstring(node)]
    assert ast.get_docstring(tree), "no module docstring"
    assert missing == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short_and_finished(path: Path) -> None:
    source = path.read_text("utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    assert not UNFINISHED.search(source)


def tracked_text() -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.split():
        path = ROOT / name
        if path.suffix in (".py", ".md", ".txt", ".in", ".cfg", ".toml", ".sh", ".html", ".css"):
            yield name, path.read_text("utf-8")


def test_locks_name_no_index_and_hash_everything() -> None:
    for name in ("run.txt", "test.txt"):
        lock = (ROOT / "requirements" / name).read_text()
        assert "://" not in lock
        assert "index-url" not in lock
        pins = re.findall(r"^[a-z0-9][a-z0-9._-]*(?:\[[^]]+\])?==[^ ]+", lock, re.MULTILINE)
        assert pins
        for block in re.split(r"\n(?=[a-z0-9])", lock):
            if "==" in block.split("\n")[0]:
                assert "--hash=sha256:" in block, block.split("\n")[0]


def test_no_path_of_a_developers_machine_is_written_down() -> None:
    here = str(ROOT)
    leaks = [name for name, content in tracked_text() if here in content]
    assert leaks == []
