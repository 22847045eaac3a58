"""evenness: how far the loads of the districts are from their targets."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from dezentral.checks.situation import Situation, persons
from dezentral.domain.policy import Evenness

Measure = Callable[[Sequence[int], Sequence[float], int], float]


def evenness(situation: Situation, goal: Evenness) -> float:
    """Return the chosen measure over all districts; 0 if there are none."""
    loads = [_load(situation, key) for key in situation.districts]
    return _MEASURES[goal.measure](loads, _shares(situation), _everyone(situation))


def _load(situation: Situation, key: str) -> int:
    """L_d: housed in the district, housed at its sites, and placed there (persons)."""
    placed = sum(site.housed + persons(situation.placed_at.get(site.id, ())) for site in situation.sites_in[key])
    return situation.districts[key].housed + placed


def _shares(situation: Situation) -> list[float]:
    """Target shares: by target weights, or by population where there are none."""
    weights = [
        float(district.population) if district.target_weight is None else district.target_weight
        for district in situation.districts.values()
    ]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def _everyone(situation: Situation) -> int:
    """N: all housed and all households, placed or not (persons)."""
    apart = sum(district.housed for district in situation.districts.values())
    at_sites = sum(site.housed for site in situation.sites.values())
    return apart + at_sites + persons(situation.households.values())


def _chi_square(loads: Sequence[int], shares: Sequence[float], everyone: int) -> float:
    """Σ_d (L_d − T_d)² / max(T_d, 1) with T_d = share × N."""
    targets = [share * everyone for share in shares]
    return math.fsum((load - target) ** 2 / max(target, 1) for load, target in zip(loads, targets, strict=True))


def _persons_to_move(loads: Sequence[int], shares: Sequence[float], _everyone: int) -> float:
    """½ Σ_d |L_d − share × Σ L|: the target is taken of those who are there, not of N."""
    there = sum(loads)
    return math.fsum(abs(load - share * there) for load, share in zip(loads, shares, strict=True)) / 2


def _max_ratio(loads: Sequence[int], shares: Sequence[float], everyone: int) -> float:
    """max_d L_d / max(T_d, 1) with T_d = share × N."""
    return max((load / max(share * everyone, 1) for load, share in zip(loads, shares, strict=True)), default=0.0)


_MEASURES: Mapping[str, Measure] = {
    "chi2": _chi_square,
    "persons_to_move": _persons_to_move,
    "max_ratio": _max_ratio,
}
