"""How evenly a plan spreads people over the districts."""

from __future__ import annotations

import math

import numpy as np

from dezentral.domain import Instance, Plan, require_match
from dezentral.metrics.evenness_report import DistrictRow, EvennessReport
from dezentral.metrics.loads import Counts, Shares, district_loads, target_shares

_PER = 1000


def evenness(instance: Instance, plan: Plan) -> EvennessReport:
    """Measure how even the loads of the districts are.

    The load L_d of a district is its `housed`, its sites' `housed` and the persons placed there. Its target is here
    its target share × ΣL: what it would hold if the same persons were spread perfectly.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    References
    ----------
    Duncan, O. D., Duncan, B. (1955). A methodological analysis of segregation indexes.
    Winship, C. (1977). A revaluation of indexes of residential segregation (what chance alone gives).
    Diaconis, P., Zabell, S. (1991). Closed form summation for classical distributions (E abs(Bin − mean)).

    Examples
    --------
    >>> import dezentral as dz
    >>> from dezentral.metrics import evenness
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=3000), dz.District(id="b", population=1000)],
    ...     sites=[dz.Site(id="s", district="b", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=4)],
    ... )
    >>> report = evenness(city, dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")]))
    >>> report.persons_to_move, report.rate_max
    (3.0, 4.0)
    """
    require_match(instance, plan)
    loads, shares = district_loads(instance, plan), target_shares(instance)
    targets = shares * loads.sum()
    dissimilarity = _dissimilarity(loads, shares)
    chance = expected_dissimilarity(int(loads.sum()), shares)
    rates = [
        _PER * load / district.population if district.population else math.nan
        for load, district in zip(loads.tolist(), instance.districts, strict=True)
    ]
    known = [rate for rate in rates if not math.isnan(rate)]
    inhabitants = sum(district.population for district in instance.districts)
    return EvennessReport(
        rate_min=min(known, default=math.nan),
        rate_mean=_PER * int(loads.sum()) / inhabitants if inhabitants else math.nan,
        rate_max=max(known, default=math.nan),
        dissimilarity=dissimilarity,
        dissimilarity_corrected=(dissimilarity - chance) / (1 - chance),
        gini=_gini(loads, shares),
        theil=_theil(loads, shares),
        persons_to_move=float(np.abs(loads - targets).sum() / 2),
        districts_served=int((loads > 0).sum()),
        rows=tuple(
            DistrictRow(district.id, district.name, district.population, load, target, rate, load - target)
            for district, load, target, rate in zip(
                instance.districts, loads.tolist(), targets.tolist(), rates, strict=True,
            )
        ),
    )  # fmt: skip


def expected_dissimilarity(persons: int, shares: Shares) -> float:
    """Return the dissimilarity that chance alone gives: (1 / 2X) Σ_d E abs(Bin(X, w_d) − X·w_d); 0 without persons.

    De Moivre's closed form: E abs(Bin(X, w) − X·w) = 2 (1 − w) ν P(Bin(X, w) = ν), ν = floor(X·w) + 1. It is always
    below 1: with a single person it is 1 − Σ w², with more it is less.
    """
    inner = shares[(shares > 0) & (shares < 1)]  # at 0 and 1 nothing is left to chance
    if not persons or not inner.size:
        return 0.0
    from scipy.stats import binom  # noqa: PLC0415  a slow import

    above = np.floor(persons * inner) + 1
    deviations = 2 * (1 - inner) * above * binom.pmf(above, persons, inner)
    return float(deviations.sum() / (2 * persons))


def _dissimilarity(loads: Counts, shares: Shares) -> float:
    return float(np.abs(_spread(loads) - shares).sum() / 2) if loads.any() else 0.0


def _gini(loads: Counts, shares: Shares) -> float:
    weights = shares[shares > 0]
    relative = _spread(loads)[shares > 0] / weights
    return float(weights @ np.abs(relative[:, np.newaxis] - relative[np.newaxis, :]) @ weights / 2)


def _theil(loads: Counts, shares: Shares) -> float:
    spread, weights = _spread(loads)[loads > 0], shares[loads > 0]
    if not weights.all():
        return math.inf
    return float((spread * np.log(spread / weights)).sum())


def _spread(loads: Counts) -> Shares:
    """Return each district's share of all persons; 0 without any."""
    return loads / max(int(loads.sum()), 1)
