"""HiGHS on the columns of a program: where the LP already says nearly everything, it finds plans and proofs fast.

HiGHS heeds no interrupter in OR-Tools 9.15. It is broken off where it writes a line of its log, between two rounds of
cuts or nodes; a heuristic of its own that takes long is left behind and broken off at the next line.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from ortools.math_opt.python import mathopt
from ortools.math_opt.solvers.highs_pb2 import HighsOptionsProto

from dezentral.compiled.arrays import Floats, Ints
from dezentral.solver.columns import costs, matrix
from dezentral.solver.core import Room
from dezentral.solver.linear import Answer, Rows, Variables, solve_once
from dezentral.solver.program import Objective, Program
from dezentral.solver.watch import Watch

_LONG = 100  # nodes from which on HiGHS may begin a search anew
# What costs HiGHS time and seldom finds a plan where units are to be filled exactly.
_IN_VAIN = dict.fromkeys(
    ("mip_heuristic_run_root_reduced_cost", "mip_heuristic_run_feasibility_jump", "mip_detect_symmetry"), False
)
# What rounds solutions of the relaxation.
_ROUNDING = dict.fromkeys(("mip_heuristic_run_zi_round", "mip_heuristic_run_shifting"), True)
# What finds better plans and delays the proof.
_FOR_PLANS = dict.fromkeys(("mip_heuristic_run_rins", "mip_heuristic_run_rens"), False)


@dataclass(frozen=True)
class Mixed:
    """What HiGHS says.

    Attributes
    ----------
    counts
        Households per column, None without a plan.
    auxiliary
        Values of the auxiliary variables, None without a plan.
    bound
        Lower bound over the room, −inf without.
    infeasible
        Whether HiGHS sees no plan in the room.
    """

    counts: Ints | None
    auxiliary: Floats | None
    bound: float
    infeasible: bool = False


def solve_mip(  # noqa: PLR0913  what to solve, and how hard
    program: Program,
    room: Room,
    objective: Objective,
    watch: Watch,
    *,
    gap: float,
    nodes: int,
    absolute: float | None = None,
    enough: float = -np.inf,
    start: Ints | None = None,
    whole: Sequence[int] | None = None,
    prices: Floats | None = None,
    seeds: Sequence[int] = (0,),
    proof: bool = False,
    rounding: bool = False,
) -> Mixed:
    """Minimise an objective over the counts in `room`.

    Whoever knows that the room holds a plan takes "infeasible" for no answer. Of several searches at the same time the
    first counts if it finds what is asked for, or nothing can be found; else the best of them.

    Parameters
    ----------
    gap
        Relative gap at which to stop.
    nodes
        Nodes of the search tree to look at.
    absolute
        Absolute gap at which to stop, too.
    enough
        Value at which any plan will do.
    start
        Households per column in a plan to begin with.
    whole
        The auxiliary variables that alone are to be whole numbers; None = all that count something, and all columns.
    prices
        What the columns cost if not what the objective says, shape (n_columns,).
    seeds
        Of its random choices: one search for each.
    proof
        Whether only the bound is asked for: it comes many times sooner where no time goes into a smaller program first
        and into looking for plans.
    rounding
        Whether to round solutions of the relaxation, too: that finds a plan at once where much is free, else never.
    """
    width = len(room.columns)
    variables, rows = written(program, room, objective)
    if prices is not None:
        variables.costs[:width] = prices
    integer = np.concatenate([np.ones(width, dtype=np.bool_), np.array(program.grain) == 1.0])
    if whole is not None:
        integer = np.isin(np.arange(len(integer)) - width, whole)
    variables = replace(variables, integer=integer)
    for row, much in program.forgiven.items():
        rows.upper[row] += much
    watch.glance()
    if watch.over:
        return Mixed(None, None, -np.inf)
    parameters = mathopt.SolveParameters(
        relative_gap_tolerance=gap,
        absolute_gap_tolerance=absolute,
        node_limit=nodes,
        time_limit=dt.timedelta(seconds=max(watch.limit - watch.elapsed, 0.01)),
    )
    if proof:
        parameters.presolve = mathopt.Emphasis.OFF
    target = {"objective_target": enough - objective.constant} if np.isfinite(enough) else {}
    parameters.highs = HighsOptionsProto(
        double_options=target,
        bool_options={
            **_IN_VAIN,
            **(_FOR_PLANS if proof else {}),
            **(_ROUNDING if rounding else {}),
            "mip_allow_restart": nodes >= _LONG,
        },
    )
    hint = None if start is None else start.astype(np.float64)
    decided = threading.Event()

    def search(seed: int) -> Answer | None:
        hear = breaking_off(lambda: decided.is_set() or watch.out_of_patience)
        return solve_once(variables, rows, replace(parameters, random_seed=seed).to_proto(), hint, hear)

    def value(answer: Answer | None) -> float:
        if answer is None or answer.values is None:
            return np.inf
        return float(variables.costs @ answer.values) + objective.constant

    try:
        answers = watch.run_abreast(
            [partial(search, seed) for seed in seeds],
            lambda: None,
            lambda answer: value(answer) <= enough or (answer is not None and answer.infeasible),
        )
    finally:
        decided.set()
    watch.hit_wall |= any(answer is not None and answer.late for answer in answers)
    return _mixed(min(answers, key=value), width, objective.constant)


def _mixed(answer: Answer | None, width: int, constant: float) -> Mixed:
    """Read the answer to a program whose first variables are columns."""
    if answer is None or answer.infeasible:
        return Mixed(None, None, -np.inf, infeasible=answer is not None)
    bound = answer.bound + constant if np.isfinite(answer.bound) else -np.inf
    if answer.values is None:
        return Mixed(None, None, bound)
    return Mixed(np.rint(answer.values[:width]).astype(np.int64), answer.values[width:], bound)


class _BrokenOffError(RuntimeError):
    """The end of HiGHS where nobody waits for what it may still find."""


def breaking_off(idle: Callable[[], bool]) -> Callable[[Sequence[str]], None]:
    """Return what hears the log of a HiGHS in this thread, and breaks it off once it works in vain."""
    thread, broken_off = threading.get_ident(), False

    def hear(_lines: Sequence[str]) -> None:
        nonlocal broken_off  # lines that come while HiGHS unwinds must not raise again
        if not broken_off and idle() and threading.get_ident() == thread:
            broken_off = True
            raise _BrokenOffError

    return hear


def written(program: Program, room: Room, objective: Objective) -> tuple[Variables, Rows]:
    """Write the relaxation of a room as arrays: its columns first, then the auxiliary variables."""
    variables = Variables(
        lower=np.concatenate([room.lower, program.auxiliary_lower]).astype(np.float64),
        upper=np.concatenate([room.upper, program.auxiliary_upper]).astype(np.float64),
        costs=costs(program, objective, room.columns),
    )
    return variables, Rows(np.array(program.lower), np.array(program.upper), matrix(program, room.columns))
