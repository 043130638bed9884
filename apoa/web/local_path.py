"""Which addresses a page may send a person on to: paths of this site, nothing else."""

import re

# Browsers read "//", "/\" and, once they have dropped tabs, "/<tab>/" as another host.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")


def local_path(path: str | None, default: str) -> str:
    """The path, where it surely stays on this site; else the default."""
    return path if path and _LOCAL.fullmatch(path) else default
