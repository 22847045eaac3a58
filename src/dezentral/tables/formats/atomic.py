"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a path to write to; without an error it then becomes `path`, with one nothing has changed.

    Parameters
    ----------
    path
        A file that may exist; its folder is made if it is missing. A link is followed.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        raise IsADirectoryError(errno.EISDIR, "no ordinary file", str(target))  # nor is a device ever replaced
    target.parent.mkdir(parents=True, exist_ok=True)
    with _staging(target.parent, target.name) as folder:
        staged = folder / target.name
        yield staged
        _sync(staged)
        if target.exists():
            shutil.copymode(target, staged)
        staged.replace(target)
        _sync(target.parent)


@contextmanager
def whole_folder(path: Path, is_ours: Callable[[str], bool]) -> Iterator[Path]:
    """Yield an empty folder to write to; without an error its files then are in `path`.

    A new folder appears at once. In one that exists, files are exchanged one by one after all are written, and put
    back if that fails; files that are ours and were not written again are removed, all others stay.

    Parameters
    ----------
    path
        A folder that may exist.
    is_ours
        Whether a file name is one that such a folder may hold.
    """
    target = path.resolve()
    if target.exists():
        with _staging(target, "tables") as folder:
            new, old = folder / "new", folder / "old"
            new.mkdir()
            old.mkdir()
            yield new
            _sync_all(new)
            _exchange(target, new, old, is_ours)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _staging(target.parent, target.name) as folder:
            new = folder / target.name
            new.mkdir()
            yield new
            _sync_all(new)
            new.rename(target)
            _sync(target.parent)


@contextmanager
def _staging(parent: Path, name: str) -> Iterator[Path]:
    """Make a hidden folder beside the target, on the same disk, and remove it whatever happens."""
    folder = parent / f".{name}.{secrets.token_hex(4)}.tmp"
    try:  # first: an interrupt that comes just after the folder is made must find the way to its removal
        folder.mkdir()
        yield folder
    finally:
        _remove(folder)


def _remove(folder: Path) -> None:
    """Remove a folder; one interrupt more does not leave half of it."""
    try:
        shutil.rmtree(folder, ignore_errors=True)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _exchange(target: Path, new: Path, old: Path, is_ours: Callable[[str], bool]) -> None:
    written = {file.name for file in new.iterdir()}
    names = [file.name for file in target.iterdir() if file.is_file()]
    present = {name for name in names if name in written or is_ours(name)}
    done: list[tuple[Path, Path]] = []
    try:
        for name in sorted(written | present):
            steps = [(target / name, old / name)] if name in present else []
            steps += [(new / name, target / name)] if name in written else []
            for source, destination in steps:
                done.append((source, destination))
                source.replace(destination)
    except BaseException:
        for source, destination in reversed(done):
            if not source.exists():  # the last may not have been moved any more
                destination.replace(source)
        raise
    _sync(target)


def _sync_all(folder: Path) -> None:
    for file in sorted(folder.iterdir()):
        _sync(file)
    _sync(folder)


def _sync(path: Path) -> None:
    """Have the system write to the disk what it only remembers yet."""
    is_folder = path.is_dir()
    # Windows and some network drives cannot do it for folders, where it is only an extra.
    with suppress(OSError) if is_folder else nullcontext():
        handle = os.open(path, os.O_RDONLY if is_folder else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
