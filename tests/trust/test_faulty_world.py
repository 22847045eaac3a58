"""A full disk, missing permissions, an interrupt at any moment: the old files stay whole, and nothing lies around."""

from __future__ import annotations

import errno
import gc
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

import dezentral as dz
from tests.solver.lively import POLICY, lively_city
from tests.trust.writers import NEW, OLD, WRITERS, content

SOURCE = str(Path(dz.__file__).parent)
SPREAD, LAST = 2, (40, 15, 4)  # moments of a writer's work at which it is interrupted


@pytest.fixture(params=WRITERS)
def writer(request, tmp_path, tmp_path_factory, monkeypatch):
    name, write = WRITERS[request.param]
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))  # where libraries put what is theirs for a while
    yield tmp_path / name, write
    assert list(scratch.iterdir()) == []


def fails(number: int) -> Callable[..., OSError]:
    def fail(*_args: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


@pytest.mark.parametrize(
    "fault", [("fsync", errno.ENOSPC, True), ("fsync", errno.ENOSPC, False), ("mkdir", errno.EACCES, True)]
)
def test_what_the_system_refuses_is_a_table_error_and_changes_nothing(writer, tmp_path, monkeypatch, fault):
    (place, write), (call, number, exists) = writer, fault
    if exists:
        write(place, OLD)
    before = content(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, fails(number))
        with pytest.raises(dz.TableError, match=os.strerror(number)):
            write(place, NEW)
    assert content(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ([place.name] if exists else [])


LIMITED = """
import resource, signal, sys
from pathlib import Path
import dezentral as dz
from tests.trust.writers import NEW, OLD, WRITERS, content

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
folder = Path(sys.argv[1])
for size in (0, 700):
    for name, (file, write) in WRITERS.items():
        place = folder / f"{name}-{size}" / file
        place.parent.mkdir()
        write(place, OLD)
        before = content(place.parent)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        try:
            write(place, NEW)
            said = "written"
        except dz.TableError:
            said = "refused"
        except Exception as error:
            said = f"{type(error).__name__}: {error}"
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        after, alone = content(place.parent), [p.name for p in place.parent.iterdir()] == [file]
        write(place, NEW)
        sizes = [{key: len(data) for key, data in files.items()} for files in (after, content(place.parent))]
        print(name, size, said, "old" if after == before else "new" if sizes[0] == sizes[1] else "half", alone)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits of the size of files are a matter of Unix")
def test_files_that_may_not_grow_are_refused_by_every_writer(tmp_path):
    # As with a full disk, it is the write itself that fails, in Python, in Arrow, in SQLite and in GDAL.
    command = [sys.executable, "-c", LIMITED, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own script
    assert done.returncode == 0, done.stderr
    lines = [line.split(" ", 2) for line in done.stdout.splitlines()]
    assert len(lines) == 2 * len(WRITERS)
    assert [line for line in lines if line[2] not in {"refused old True", "written new True"}] == []
    assert {name for name, _, said in lines if said.startswith("refused")} == set(WRITERS)


class Interrupt:
    """Raises KeyboardInterrupt at one of the calls and returns of this library and of what it calls."""

    def __init__(self, at: int | None = None) -> None:
        self.at, self.seen = at, 0

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "return", "c_return"} and frame.f_code.co_filename.startswith(SOURCE):
            self.seen += 1
            if self.seen == self.at:
                sys.setprofile(None)
                raise KeyboardInterrupt

    def during(self, act: Callable[[], object]) -> bool:
        """Do something with interrupts; say whether it came to its end."""
        try:
            sys.setprofile(self)
            act()
        except KeyboardInterrupt:
            return False
        finally:
            sys.setprofile(None)
        return True


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # interrupted in the midst of a clean-up
def test_an_interrupt_leaves_the_old_or_the_new_files_whole(writer, tmp_path):
    place, write = writer
    write(place, OLD)
    before, counter = content(tmp_path), Interrupt()
    assert counter.during(lambda: write(place, NEW))
    new, cut_short = content(tmp_path), 0
    # Some moments spread over all the work, and the last ones, in which files change their names.
    spread = [counter.seen * part // SPREAD for part in range(1, SPREAD)]
    for at in (*spread, *(counter.seen - back for back in LAST)):
        for file in tmp_path.rglob("*"):
            file.unlink() if file.is_file() else None
        write(place, OLD)
        cut_short += not Interrupt(at).during(lambda: write(place, NEW))
        gc.collect()
        after = content(tmp_path)
        assert after == before or after.keys() == new.keys()
        assert [path.name for path in tmp_path.iterdir()] == [place.name]
        assert place.is_file() or all(path.is_file() for path in place.iterdir())
    assert cut_short >= SPREAD


def test_an_interrupt_that_a_listener_raises_leaves_no_thread():
    def interrupted(_news: dz.Progress) -> None:
        raise KeyboardInterrupt

    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        dz.solve(lively_city(0), POLICY, on_progress=interrupted)
    assert set(threading.enumerate()) <= before
