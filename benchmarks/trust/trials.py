"""The tests run again and again on a changing tree: what never changes is imported and compiled once.

Each run is a fork of a process that has the libraries already, so that most cost a second or two. Unix only.
"""

from __future__ import annotations

import compileall
import importlib
import os
import re
import resource
import sys
from pathlib import Path
from py_compile import PycInvalidationMode

import pytest

_LIBRARIES = (
    "numpy", "pandas", "geopandas", "pydantic", "shapely.geometry", "pyproj", "scipy.optimize", "jinja2",
    "ortools.sat.python.cp_model", "ortools.math_opt.python.mathopt", "ortools.math_opt.core.python.solver",
)  # fmt: skip
_MEMORY = 8 * 2**30  # bytes; some changes make a list that grows without end


def compile_once(tree: Path) -> None:
    """Compile the library; a changed file is known by what it says, not by its time."""
    for name in _LIBRARIES:
        importlib.import_module(name)
    compileall.compile_dir(tree / "src", quiet=1, force=True, invalidation_mode=PycInvalidationMode.CHECKED_HASH)


def nearest_tests(tree: Path, file: Path) -> list[str]:
    """Return the test files that import a file of the library or bear its name in the folder that mirrors it."""
    module = ".".join(file.with_suffix("").parts[1:])
    mirror = tree / "tests" / Path(*file.parent.parts[2:])
    imported = re.compile(rf"^(from|import) {re.escape(module)}\b", re.MULTILINE)
    return [
        str(test.relative_to(tree))
        for test in sorted((tree / "tests").rglob("test_*.py"))
        if imported.search(test.read_text(encoding="utf-8")) or (test.parent == mirror and file.stem in test.stem)
    ]


def passes(tree: Path, tests: list[str], seconds: int, *, first: bool = False) -> bool:
    """Say whether tests pass; a run that needs more seconds of a processor does not (an endless loop is noticed)."""
    child = os.fork()
    if child == 0:
        _run(tree, tests, seconds, first=first)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _run(tree: Path, tests: list[str], seconds: int, *, first: bool) -> None:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        os.chdir(tree)
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(quiet, stream)
        os.environ |= {"PYTHONPATH": "src", "DEZENTRAL_EXAMPLES": "60", "PYTHONDONTWRITEBYTECODE": "1"}
        sys.dont_write_bytecode = not first  # pytest keeps what it makes of the tests, which do not change
        for name in [own for own in sys.modules if own.split(".")[0] in {"benchmarks", "tests", "dezentral"}]:
            del sys.modules[name]
        sys.path[:] = [str(tree / "src"), str(tree), *(p for p in sys.path if p and not Path(p, "dezentral").exists())]
        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]))
    finally:
        os._exit(code)
