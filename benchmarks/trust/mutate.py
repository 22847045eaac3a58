"""Change the code in one place at a time, and see whether a test notices.

``python -m benchmarks.trust.mutate src/dezentral/checks --tests tests/checks --out mutants.csv`` works on a copy of the
tree. ``--sample 100 --seed 0`` tries some places only. A finished place is not tried again. The tests that import the
changed file or bear its name run first, and the others that are given only if those notice nothing. What survives is
listed in the end: look at each, and write the test that it lacks or see why nobody could tell the difference.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.trust.mutants import Mutant, mutants_of
from benchmarks.trust.trials import compile_once, nearest_tests, passes

_COPIED = ("src", "tests", "benchmarks", "pyproject.toml", "README.md", "examples")


def main() -> int:
    """Try the mutants that are asked for, and list those that no test notices."""
    options = _options()
    done = dict(_finished(options.out))
    chosen = list(_chosen(options))
    with tempfile.TemporaryDirectory() as folder, options.out.open("a", encoding="utf-8") as file:
        tree = Path(folder)
        for name in _COPIED:
            source = Path(name)
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, tree / name)
        compile_once(tree)
        if not passes(tree, options.tests, options.seconds, first=True):
            sys.stdout.write("the tests fail without any change\n")
            return 2
        for mutant in chosen:
            if mutant.name not in done:
                done[mutant.name] = "killed" if _noticed(tree, mutant, options) else "survived"
                file.write(f"{done[mutant.name]},{mutant.name}\n")
                file.flush()
    survivors = [mutant.name for mutant in chosen if done[mutant.name] == "survived"]
    sys.stdout.write(f"{len(chosen)} mutants, {len(survivors)} survived\n" + "".join(f"  {s}\n" for s in survivors))
    return int(bool(survivors))


def _chosen(options: argparse.Namespace) -> Iterator[Mutant]:
    files = [file for place in options.places for file in _files(place, "*.py")]
    found = [mutant for file in files for mutant in mutants_of(file)]
    if options.sample is None or options.sample >= len(found):
        yield from found
    else:
        yield from random.Random(options.seed).sample(found, options.sample)  # noqa: S311  nothing secret


def _noticed(tree: Path, mutant: Mutant, options: argparse.Namespace) -> bool:
    target = tree / mutant.file
    before = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    try:
        nearest = nearest_tests(tree, mutant.file)
        if nearest and not passes(tree, nearest, options.seconds):
            return True
        given = [str(file.relative_to(tree)) for test in options.tests for file in _files(tree / test, "test_*.py")]
        others = [file for file in given if file not in nearest]
        return bool(others) and not passes(tree, others, options.seconds)
    finally:
        target.write_text(before, encoding="utf-8")


def _files(place: Path, pattern: str) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob(pattern))


def _finished(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        said, name = line.split(",", 1)
        yield name, said


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("places", nargs="+", type=Path, help="files or folders below src")
    parser.add_argument("--tests", nargs="+", required=True, help="the tests that should notice")
    parser.add_argument("--out", type=Path, required=True, help="CSV file: outcome, place")
    parser.add_argument("--sample", type=int, help="how many places; all if left out")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=int, default=120, help="of a processor for one run of the tests")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
