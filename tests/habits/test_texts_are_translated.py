"""Every text for people is there in both languages."""

import importlib.util
import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from apoa.base.problems import PROBLEMS

ROOT = Path(__file__).parents[2]
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "_l": None,
    "pgettext": ((1, "c"), 2),
}


def texts() -> set[str]:
    """The Indonesian texts in code and templates."""
    options = {"**/templates/**.html": {"trimmed": "true"}}
    found = extract_from_dir(
        str(ROOT / "apoa"), METHODS, options_map=options, keywords=KEYWORDS, strip_comment_tags=True
    )
    singular = {m[2] if isinstance(m[2], str) else m[2][0] for m in found}
    return {text for text in singular if text}


def english() -> dict[str, str]:
    catalogue: dict[str, str] = {}
    for path in (ROOT / "apoa/translations/en").glob("*.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if message.id:
                    key = message.id if isinstance(message.id, str) else message.id[0]
                    done = message.string
                    catalogue[key] = done if isinstance(done, str) else done[0]
    return catalogue


def test_every_text_has_its_english() -> None:
    known = english()
    missing = sorted(text for text in texts() if not known.get(text))
    assert missing == []


def test_no_english_is_left_over() -> None:
    assert sorted(set(english()) - texts()) == []


def test_areas_do_not_contradict_one_another() -> None:
    path = ROOT / "tools/compile_translations.py"
    spec = importlib.util.spec_from_file_location("compile_translations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert len(module.merge()) == len(english())


def test_placeholders_are_the_same_in_both_languages() -> None:
    named = re.compile(r"%\((\w+)\)[sd]")
    for indonesian, translated in english().items():
        assert set(named.findall(indonesian)) == set(named.findall(translated)), indonesian


def test_problem_texts_have_the_same_params() -> None:
    param = re.compile(r"\{(\w+)\}")
    for code, words in PROBLEMS.items():
        assert words.indonesian, code
        assert words.english, code
        assert set(param.findall(words.indonesian)) == set(param.findall(words.english)), code
