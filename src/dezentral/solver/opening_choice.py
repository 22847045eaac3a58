"""Which sites to open, by a program in which sites open as a whole and households are placed in part.

Of a level's program only the openings are kept whole. What such a program cannot reach no plan can, so its bound is
one for all choices of sites; and the choice that it makes is a good one to look for whole plans in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from ortools.math_opt.python import mathopt

from dezentral.compiled.arrays import Bools
from dezentral.solver.attempt import attempt
from dezentral.solver.columns import Columns, costs, matrix
from dezentral.solver.program import UNBOUNDED, Objective, Program
from dezentral.solver.watch import Watch

_NODES = 2_000
_OPEN = 0.5
_SAME = 1e-9


@dataclass(frozen=True)
class Proposal:
    """What such a program says.

    Attributes
    ----------
    opened
        Positions of the sites that it opens; None = it has no answer.
    bound
        Lower bound over all choices of sites that are not excluded and all placements in the mask; −inf without,
        inf where there is none.
    """

    opened: frozenset[int] | None
    bound: float


def propose(
    program: Program,
    objective: Objective,
    mask: Bools,
    watch: Watch,
    *,
    gap: float,
    excluded: Iterable[frozenset[int]] = (),
) -> Proposal:
    """Choose the sites with which an objective could be least.

    Parameters
    ----------
    program
        With transports written as flows.
    mask
        Placements to choose from, shape (n_types, n_pools).
    gap
        Absolute gap at which to stop.
    excluded
        Sets of sites (positions): at least one other site must open.
    """
    columns = Columns.where(mask & program.allowed)
    width = len(columns)
    whole = {width + variable for variable in program.opened.values()}
    lower = [0.0] * width + [float(lo) for lo in program.auxiliary_lower]
    upper = [float(most) for most in columns.most(program).tolist()] + [float(hi) for hi in program.auxiliary_upper]
    model = mathopt.Model()
    variables = [
        model.add_variable(lb=lo, ub=hi, is_integer=place in whole)
        for place, (lo, hi) in enumerate(zip(lower, upper, strict=True))
    ]
    prices = costs(program, objective, columns)
    for place in np.flatnonzero(prices).tolist():
        model.objective.set_linear_coefficient(variables[place], float(prices[place]))
    _add_rows(model, variables, program, columns)
    opens = {site: variables[width + variable] for site, variable in program.opened.items()}
    for tried in excluded:
        others = [variable for site, variable in opens.items() if site not in tried]
        if not others:
            return Proposal(None, np.inf)
        model.add_linear_constraint(mathopt.fast_sum(others) >= 1.0)
    return _answer(model, opens, objective.constant, watch, gap)


def _answer(
    model: mathopt.Model, opens: dict[int, mathopt.Variable], constant: float, watch: Watch, gap: float
) -> Proposal:
    left = max(watch.limit - watch.elapsed, 0.01)
    parameters = mathopt.SolveParameters(
        absolute_gap_tolerance=gap,
        relative_gap_tolerance=_SAME,
        node_limit=_NODES,
        time_limit=dt.timedelta(seconds=left),
    )
    result = watch.run(
        lambda: attempt(lambda: mathopt.solve(model, mathopt.SolverType.HIGHS, params=parameters)), lambda: None
    )
    if result is None:
        return Proposal(None, -np.inf)
    if result.termination.limit is mathopt.Limit.TIME:
        watch.hit_wall = True
    if result.termination.reason is mathopt.TerminationReason.INFEASIBLE:
        return Proposal(None, np.inf)
    bound = result.termination.objective_bounds.dual_bound + constant
    bound = bound if np.isfinite(bound) else -np.inf
    if not result.has_primal_feasible_solution():
        return Proposal(None, bound)
    values = result.variable_values(list(opens.values()))
    return Proposal(frozenset(site for site, value in zip(opens, values, strict=True) if value > _OPEN), bound)


def _add_rows(model: mathopt.Model, variables: list[mathopt.Variable], program: Program, columns: Columns) -> None:
    rows = matrix(program, columns)
    starts, places, data = rows.indptr.tolist(), rows.indices.tolist(), rows.data.tolist()
    for row, (lower, upper) in enumerate(zip(program.lower, program.upper, strict=True)):
        constraint = model.add_linear_constraint(lb=lower, ub=upper if upper < UNBOUNDED else float("inf"))
        for position in range(starts[row], starts[row + 1]):
            constraint.set_coefficient(variables[places[position]], data[position])
