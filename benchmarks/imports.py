"""How long `import dezentral` takes against the libraries that it cannot do without."""

from __future__ import annotations

import statistics
import subprocess
import sys

from benchmarks.case import DEZENTRAL, Case
from benchmarks.measurement import Measurement

_OURS = "import dezentral"
_THEIRS = "import ortools.sat.python.cp_model, pandas, pydantic"
_HEAVY = ("matplotlib", "geopandas", "dask")
_TIMES = 7
_PROGRAM = """
import sys, time
began = time.perf_counter()
{imports}
print(time.perf_counter() - began, *[name for name in {heavy} if name in sys.modules])
"""


def measure_imports(case: Case) -> Measurement:
    """Import both in fresh interpreters, by turns; medians."""
    ours, theirs, heavy = [], [], set[str]()
    for _ in range(_TIMES):
        seconds, found = _fresh(_OURS)
        ours.append(seconds)
        heavy |= found
        theirs.append(_fresh(_THEIRS)[0])
    figures = {
        "dezentral": statistics.median(ours),
        "cp_model, pandas, pydantic": statistics.median(theirs),
        "ratio": statistics.median(ours) / statistics.median(theirs),
        "heavy modules": float(len(heavy)),
    }
    return Measurement(case.name, DEZENTRAL, "done", seconds={"solve": figures["dezentral"]}, figures=figures)


def _fresh(imports: str) -> tuple[float, set[str]]:
    program = _PROGRAM.format(imports=imports, heavy=_HEAVY)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    seconds, *heavy = done.stdout.split()
    return float(seconds), set(heavy)
