"""The relaxation of every level within a plan's own values on the levels before: what its limits are worth there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dezentral.compiled import compile_instance
from dezentral.compiled.arrays import Floats
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.solver.assignment import assignment_of, counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.openings import Openings
from dezentral.solver.params import SolveParams
from dezentral.solver.program import Program
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import stage_of
from dezentral.solver.watch import Watch

_PRECISION = 1e-6


def level_prices(
    instance: Instance,
    policy: Policy,
    plan: Plan,
    values: Sequence[float],
    params: SolveParams,
    *,
    openings: Openings | None = None,
) -> Iterator[tuple[Program, Floats | None]]:
    """Yield, level after level, its program and the duals of its rows; None where no duals could be found.

    Parameters
    ----------
    instance, policy, plan
        A plan in its instance.
    values
        Its value on each level: the levels before stay as good.
    params
        The time limit holds for all levels together.
    openings
        Sites of the instance that may open.
    """
    watch = Watch(params.time_limit)
    for i, value in enumerate(values):
        levels = policy.levels[: i + 1]
        compiled = compile_instance(instance, policy, levels)
        stage = stage_of(compiled, levels, list(values[:i]), _PRECISION, openings)
        assignment = assignment_of(compiled, plan)
        counts = None if assignment is None else counts_of(compiled, assignment)
        if counts is not None:
            draw_lines(stage.program, counts)
        relaxed = relax(stage.program, stage.objective, counts, params.gap * max(1.0, abs(value)), watch)
        yield stage.program, None if relaxed is None else relaxed.prices.duals
