"""What `choose_sites` returns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dezentral.domain import Instance
from dezentral.domain.policy import Policy
from dezentral.solver import Result, SolveParams, Status
from dezentral.solver.choosing import choose
from dezentral.solver.opening_prices import opening_prices
from dezentral.solver.openings import Openings

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class OpeningResult:
    """Which candidates to open, and the plan that this makes possible.

    Attributes
    ----------
    opened
        Ids of the sites to open, sorted.
    cost
        Σ opening_cost of these.
    instance
        The instance in which they are ordinary sites; the other candidates stay closed.
    result
        The plan for this instance; bounds and gaps hold over all choices within budget and number.
    cost_bound
        No choice that does as well on every level costs less; None = nothing proven.
    status
        ``OPTIMAL`` iff levels, cost and the order of ids are proven; else as `result`, ``FEASIBLE`` at best.
    openings, policy, params
        What was asked.

    Examples
    --------
    >>> import dezentral as dz
    >>> site = dz.Site(id="x", district="a", units=[dz.Unit(id="flat", beds=4)], opening_cost=10.0)
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)], sites=[site], households=[dz.Household(id="h", size=3)]
    ... )
    >>> chosen = dz.choose_sites(city, dz.Policy(), budget=15.0)
    >>> chosen.opened, chosen.cost, chosen.result.plan.placements[0].site
    (('x',), 10.0, 'x')
    """

    opened: tuple[str, ...]
    cost: float
    instance: Instance
    result: Result
    cost_bound: float | None
    status: Status
    openings: Openings = field(repr=False)
    policy: Policy = field(repr=False)
    params: SolveParams = field(repr=False)

    def marginal(self, params: SolveParams | None = None) -> pd.DataFrame:
        """Return what the next best site would gain, and what more budget or one more opening is worth.

        Parameters
        ----------
        params
            Limits of the work for it, which is about as much as the choice itself; those of the choice if None.

        Returns
        -------
        pandas.DataFrame
            One row each for "next site", "budget" and "number", columns what, site, opening_cost, gain_1 …, one gain
            per level of the policy in its unit; > 0 = the level gets better, < 0 = worse, for the sake of a level
            before it.

            - "next site": the candidate that would help most, level by level, if it opened beside those chosen,
              whatever it costs (re-solved, as exact as the result's gaps); site None, gains 0 if none would help.
            - "budget": per unit of money; "number": per site that may open more. Prices of a relaxation in which
              sites may open in part, each level with those before it as good as they are: estimates, NaN without
              that limit.

            No rows if there is no plan.

        Examples
        --------
        >>> import dezentral as dz
        >>> flat = dz.Unit(id="flat", beds=4)
        >>> city = dz.Instance(
        ...     districts=[dz.District(id="a", population=1000)],
        ...     sites=[
        ...         dz.Site(id="x", district="a", units=[flat], opening_cost=10.0),
        ...         dz.Site(id="y", district="a", units=[flat], opening_cost=20.0),
        ...     ],
        ...     households=[dz.Household(id="g", size=4), dz.Household(id="h", size=3)],
        ... )
        >>> chosen = dz.choose_sites(city, dz.Policy(levels=[dz.Level(dz.Placed())]), budget=15.0)
        >>> chosen.marginal()[["what", "site", "gain_1"]]  # "y" would house 3 more, for 20
                what site  gain_1
        0  next site    y    3.00
        1     budget  NaN    0.15
        2     number  NaN     NaN
        """
        import pandas as pd  # noqa: PLC0415

        levels = len(self.policy.levels)
        columns = ["what", "site", "opening_cost", *(f"gain_{i + 1}" for i in range(levels))]
        if self.result.plan is None:
            return pd.DataFrame(columns=columns)
        params = params or self.params
        prices = opening_prices(self.openings, self.policy, self.result.plan, self._values(self.result), params)
        nan = float("nan")
        rows = [self._next_site(params), *([what, None, nan, *gains] for what, gains in prices.items())]
        return pd.DataFrame(rows, columns=columns)

    def _next_site(self, params: SolveParams) -> list[object]:
        costs = {key: cost for key, cost in self.openings.costs.items() if key not in self.opened}
        more = choose(Openings(self.instance, costs, most=1), self.policy, params, self.result.plan)
        now, then = self._values(self.result), self._values(more.result)
        gains = [before - after for before, after in zip(now, then, strict=True)]
        helps = bool(more.opened) and any(gains)
        return ["next site", more.opened[0] if helps else None, more.cost if helps else float("nan"), *gains]

    @staticmethod
    def _values(result: Result) -> list[float]:
        return [level.final for level in result.levels]
