"""The engine against the enumeration of all plans, over a range of seeds.

``python -m benchmarks.trust.against_oracle --seeds 0:5000 --out oracle.csv`` appends a line per seed and leaves out
those that the file has: an interrupted run goes on where it stood, and several ranges may run at once in files of
their own. It ends with 1 if any seed disagrees. ``--stretched`` stretches the numbers of the problems to their limits.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.oracle.agreement import expect_agreement, expect_truth
from tests.oracle.dice import Dice
from tests.oracle.stretched import stretched_problem
from tests.strategies import drawn_problem

# Beyond the seeds that Hypothesis draws: these problems are others than those of every test run.
_FIRST = 2**24
_LARGEST = (4, 4, 4, 3, 2)


def main() -> int:
    """Run the seeds that are asked for, and say what came out."""
    options = _options()
    first, last = (int(bound) for bound in options.seeds.split(":"))
    done = dict(_finished(options.out))
    with options.out.open("a", encoding="utf-8") as file:
        for seed in range(first, last):
            if seed not in done:
                began = time.perf_counter()
                done[seed] = outcome(seed, stretched=options.stretched)
                file.write(f"{seed},{time.perf_counter() - began:.2f},{done[seed]}\n")
                file.flush()
    wanted = [done[seed] for seed in range(first, last)]
    sys.stdout.write(f"{len(wanted)} problems: {dict(Counter(wanted).most_common())}\n")
    return int(any(said.startswith("DIFFERS") for said in wanted))


def outcome(seed: int, *, stretched: bool = False) -> str:
    """Return the status in which both agree on the problem of a seed, or in what they differ."""
    dice = Dice(_FIRST + seed, _LARGEST[seed % len(_LARGEST)])
    try:
        return (expect_truth(*stretched_problem(dice)) if stretched else expect_agreement(*drawn_problem(dice))).value
    except Exception as error:  # noqa: BLE001  an exception is a disagreement as well
        return f"DIFFERS {type(error).__name__} {' '.join(str(error).replace(',', ';').split())[:200]}"


def _finished(path: Path) -> Iterator[tuple[int, str]]:
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        seed, _, said = line.split(",", 2)
        yield int(seed), said


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="0:5000", help="FIRST:LAST, the last left out")
    parser.add_argument("--out", type=Path, required=True, help="CSV file: seed, seconds, outcome")
    parser.add_argument("--stretched", action="store_true", help="with numbers at their limits")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
