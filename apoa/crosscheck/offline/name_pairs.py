"""How alike the two names of each row are."""

from pathlib import Path

from apoa.crosscheck.matching.names import name_similarity
from apoa.crosscheck.offline.faults import FileFault
from apoa.crosscheck.offline.output import whole_file
from apoa.crosscheck.offline.progress import Progress, Say
from apoa.crosscheck.offline.table import read_table

COLUMNS = ("a", "b", "score")


def score_pairs(pairs: Path, out: Path, say: Say) -> int:
    """Writes a score from 0 to 1 for each row of columns a and b, in their order; how many.

    Raises FileFault.
    """
    if out.exists() and pairs.exists() and out.samefile(pairs):
        raise FileFault(out, "is the file to read; name another to write")
    progress = Progress(say, "pairs scored")
    done = 0
    with whole_file(out, COLUMNS) as writer:
        for row in read_table(pairs, ("a", "b")):
            first, second = row.values
            writer.writerow((first, second, f"{name_similarity(first, second):.4f}"))
            done += 1
            progress.at(done)
    progress.end(done)
    return done
