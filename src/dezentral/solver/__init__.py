"""The engine: the only place that knows OR-Tools."""

from dezentral.solver.params import SolveParams
from dezentral.solver.progress import Progress
from dezentral.solver.result import LevelOutcome, Result, Status
from dezentral.solver.solve import solve, solve_within

__all__ = ["LevelOutcome", "Progress", "Result", "SolveParams", "Status", "solve", "solve_within"]
