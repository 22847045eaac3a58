"""Files that cannot be read at all, files that are too large, and the errors of the system as ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dezentral.errors import Fault, TableError

# A city is a few megabytes; beyond this a file is damaged, hostile or something else.
MOST_BYTES = 512 * 2**20
MOST_CELLS = 10**8  # a hundred times a city's largest table


class FileFaultError(Exception):
    """A file that cannot be read, or not be written with what it is to hold; it never leaves the tables.

    Attributes
    ----------
    value, allowed
        What was found, and what is allowed instead.
    row
        Number of the row that it is about; 0 = none.
    """

    def __init__(self, value: object, allowed: str, row: int = 0) -> None:
        super().__init__(allowed)
        self.value = value
        self.allowed = allowed
        self.row = row


def require_size(path: Path, size: int | None = None) -> None:
    """Refuse a file that is too large to be a table; `size` is that of its unpacked content."""
    measured = path.stat().st_size if size is None else size
    if measured > MOST_BYTES:
        what = "file" if size is None else "unpacked content"
        raise FileFaultError(value=f"{measured} bytes", allowed=f"a {what} of at most {MOST_BYTES} bytes")


def require_cells(cells: int) -> None:
    """Refuse a table that is small only as long as it is packed: one value a million times, a cell far to the right."""
    if cells > MOST_CELLS:
        raise FileFaultError(value=f"{cells} cells", allowed=f"at most {MOST_CELLS} cells in a table")


def file_error(path: Path, value: object, allowed: str, row: int = 0) -> TableError:
    """Return the error about a file as a whole, or about one row of it."""
    place = f", row {row}" if row else ""
    return TableError.of([Fault("", "", value, allowed, where=(path.name or str(path)) + place)])


def named_path(path: object) -> Path:
    """Return a path as one; what cannot name a file is an error about tables and files."""
    if not isinstance(path, (str, os.PathLike)) or not isinstance(os.fspath(path), str):
        raise TableError.of([Fault("arguments", "path", type(path).__name__, "a text or a path")])
    name = os.fspath(path)
    try:
        possible = b"\0" not in os.fsencode(name)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise TableError.of([Fault("arguments", "path", name, "characters that a file name can have")])
    return Path(name)


@contextmanager
def system_errors(path: Path, allowed: str) -> Iterator[None]:
    """Turn what the system says about a path, e.g. that it does not exist, into a `TableError`."""
    try:
        yield
    except OSError as error:
        raise file_error(path, error.strerror or str(error), allowed) from error
    except FileFaultError as error:
        raise file_error(path, error.value, error.allowed, error.row) from error
