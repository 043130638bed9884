"""Merges the English texts of all areas into the one catalogue that the pages read."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ENGLISH = Path(__file__).parents[1] / "apoa" / "translations" / "en"


def merge() -> Catalog:
    """All areas' texts. Exits when two areas translate the same text differently."""
    merged = Catalog(locale="en", domain="messages")
    clashes = []
    for path in sorted(ENGLISH.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="en"):
                if not message.id or not message.string:
                    continue
                known = merged.get(message.id, message.context)
                if known is not None and known.string != message.string:
                    clashes.append(f"{path.name}: {message.id!r}")
                elif known is None:
                    merged.add(message.id, message.string, context=message.context)
    if clashes:
        sys.exit("translated differently elsewhere:\n" + "\n".join(clashes))
    return merged


def main() -> None:
    """Writes LC_MESSAGES/messages.mo."""
    target = ENGLISH / "LC_MESSAGES" / "messages.mo"
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as file:
        write_mo(file, merge())


if __name__ == "__main__":
    main()
