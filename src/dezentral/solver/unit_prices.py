"""What one more unit would be worth on each level: the prices of the relaxation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.checks import score
from dezentral.compiled import DORMITORY, compile_instance
from dezentral.compiled.arrays import Floats
from dezentral.domain import Instance, Plan
from dezentral.domain.policy import Policy
from dezentral.solver.level_prices import level_prices
from dezentral.solver.params import SolveParams
from dezentral.solver.program import Program


@dataclass(frozen=True)
class UnitPrices:
    """What one more unit of each kind would gain.

    Attributes
    ----------
    sites, units
        Ids of the kinds of units that a plan may use, sorted by site and unit, shape (n_pools,).
    gains
        Estimated gain of one more unit, in the units of each level, given that the levels before stay as good as in
        the plan; ≥ 0, NaN where no price could be found, shape (n_levels, n_pools).
    """

    sites: tuple[str, ...]
    units: tuple[str, ...]
    gains: Floats


def unit_prices(instance: Instance, policy: Policy, plan: Plan, params: SolveParams | None = None) -> UnitPrices:
    """Estimate what one more unit of each kind at each site would gain on each level.

    Parameters
    ----------
    instance, policy, plan
        A plan in its instance.
    params
        Its time limit and gap hold for all levels together.

    Returns
    -------
    UnitPrices
        Duals of the rows that bound units, in the linear relaxation of each level within the plan's own values on the
        levels before.
    """
    params = SolveParams.given_or(params)
    values = score(instance, policy, plan)
    pools = compile_instance(instance, policy, ()).pools
    gains = [
        np.full(len(pools), np.nan) if duals is None else _worth(program, duals)
        for program, duals in level_prices(instance, policy, plan, values, params)
    ]
    return UnitPrices(
        sites=tuple(site.id for site in pools.sites),
        units=tuple(unit.id for unit in pools.units),
        gains=np.array(gains).reshape(len(values), len(pools)),
    )


def _worth(program: Program, duals: Floats) -> Floats:
    """Price what one more unit adds to the right-hand sides of its pool's rows."""
    pools = program.compiled.pools
    worth = -duals[program.unit_rows] * np.where(pools.sharing == DORMITORY, pools.cap1, 1)
    for size, rows in program.group_rows.items():
        grows = (rows >= 0) & ((pools.count + 1) % size == 0)
        worth = worth - np.where(grows, duals[rows], 0.0)
    return np.maximum(worth, 0.0) + 0.0  # no −0
