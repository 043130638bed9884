"""What is wrong with a file, so that its owner finds the place."""

from pathlib import Path


class FileFault(Exception):
    """A file that cannot be used; the text names file, row and column, and quotes no value."""

    def __init__(
        self, path: Path, problem: str, *, row: int | None = None, column: str | None = None
    ) -> None:
        place = path.name
        if row is not None:
            place += f", row {row}"
        if column is not None:
            place += f", column {column}"
        super().__init__(f"{place}: {problem}")
        self.path, self.row, self.column, self.problem = path, row, column, problem
