"""How pages become PDF/UA-1: typst, with the shipped fonts only; in this process or in its own.

Run as a program it reads one job from standard input and writes the PDF to standard output. It
imports nothing of the house, so that it starts quickly.
"""

import json
import subprocess
import sys
import threading
from functools import cache
from pathlib import Path

import typst

FONTS = Path(__file__).parent / "fonts"
TEMPLATES = Path(__file__).parent / "templates"
_CANNOT_TYPESET = 3
_LONGEST_RUN_SECONDS = 120
# A compiler refuses to be entered by a second thread while it works.
_compiling = threading.Lock()


class CannotTypeset(Exception):
    """A text mixes characters that no shipped font draws together. Says nothing about the text."""


def typeset(pages: str, language: str, timestamp: int) -> bytes:
    """The pages (JSON text of `page_of` results) as PDF/UA-1, dated in seconds of Unix time.

    Raises CannotTypeset.
    """
    # As JSON text: the template can show the data and never run it as markup.
    inputs = {"language": language, "pages": pages}
    try:
        with _compiling:
            made = _compiler().compile(
                format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], timestamp=timestamp
            )
    except typst.TypstError:
        # Without "from": the cause's text quotes the name that could not be drawn.
        raise CannotTypeset("a text cannot be drawn with the shipped fonts") from None
    if not isinstance(made, bytes):
        raise TypeError("typst made no PDF")
    return made


def typeset_apart(pages: str, language: str, timestamp: int) -> bytes:
    """The same in a process of its own: typst keeps a megabyte for each page that it has seen.

    Raises CannotTypeset, subprocess.SubprocessError when the process fails otherwise.
    """
    job = json.dumps({"pages": pages, "language": language, "timestamp": timestamp})
    done = subprocess.run(  # noqa: S603  # this interpreter and this very file
        [sys.executable, "-I", __file__],
        input=job.encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what it says could quote a guest's name
        timeout=_LONGEST_RUN_SECONDS,
        check=False,
    )
    if done.returncode == _CANNOT_TYPESET:
        raise CannotTypeset("a text cannot be drawn with the shipped fonts")
    done.check_returncode()
    return done.stdout


@cache
def _compiler() -> typst.Compiler:
    """One for each process: reading the fonts takes longer than making a page."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]
    )
    return typst.Compiler(
        input=TEMPLATES / "receipt.typ",
        root=TEMPLATES,
        font_paths=fonts,
        ignore_system_fonts=True,
    )


def _main() -> int:
    job = json.load(sys.stdin.buffer)
    try:
        made = typeset(job["pages"], job["language"], job["timestamp"])
    except CannotTypeset:
        return _CANNOT_TYPESET
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(_main())
