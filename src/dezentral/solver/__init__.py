"""The engine: the only place that knows OR-Tools."""

from dezentral.solver.params import SolveParams
from dezentral.solver.progress import Progress
from dezentral.solver.result import LevelOutcome, Result, Status
from dezentral.solver.solve import solve, solve_within
from dezentral.solver.unit_prices import UnitPrices, unit_prices

__all__ = [
    "LevelOutcome",
    "Progress",
    "Result",
    "SolveParams",
    "Status",
    "UnitPrices",
    "solve",
    "solve_within",
    "unit_prices",
]
