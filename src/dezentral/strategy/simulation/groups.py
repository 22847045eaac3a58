"""Equal households in the program of all steps, and what that program proves about all sequences of plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dezentral.compiled import Compiled
from dezentral.domain import Instance
from dezentral.domain.policy import KeepHoused, Level, Policy

_SAME = 1e-6  # relative: how exact the program is

Reached = tuple[float, float | None]  # value and bound of a level, averaged over the steps


@dataclass(frozen=True, slots=True)
class Group:
    """Households that are equal in everything the policy reads, and come and go on the same days.

    Attributes
    ----------
    members
        Their ids.
    first
        Position of one of them among all households of the world.
    home
        Where they live when they come, if anywhere.
    steps
        Steps on which they are there.
    """

    members: tuple[str, ...]
    first: int
    home: str | None
    steps: range


def is_relaxation(policy: Policy, compiled: Sequence[Compiled], groups: Sequence[Group]) -> bool:
    """Say whether every sequence of plans that keeps all rules is one of the program.

    Not so where who has come may stay against a rule for newcomers, or where people live somewhere on arrival.
    """
    rules = policy.rules
    caps = [cap for one in compiled for cap in one.places.caps]
    settled = any(group.home is not None and group.steps[0] for group in groups)
    return (
        not rules.min_stay_days
        and rules.min_area_per_person_m2 is None
        and all(cap.room is not None for cap in caps)
        and not (caps and settled)
    )


def averages(level: Level, city: Instance, groups: Sequence[Group], steps: int, sums: Reached) -> Reached:
    """Return value and bound of a level per step, with what its sum leaves out: who lives somewhere at first."""
    weight = sum(goal.weight for goal in level.goals if isinstance(goal, KeepHoused))
    left_out = weight * sum(city.households[one.first].size * len(one.members) for one in groups if one.home)
    value, bound = sums
    return (value + left_out) / steps, None if bound is None else (bound + left_out) / steps


def proven(reached: Sequence[Reached], score: Sequence[float]) -> tuple[float | None, ...]:
    """Return what is proven about a score, level by level, as long as it is as good as the program before."""
    bounds: list[float | None] = [None] * len(score)
    for i, (value, bound) in enumerate(reached):
        bounds[i] = None if bound is None else min(bound, score[i])
        if score[i] > value + _SAME * max(1.0, abs(value)):
            break
    return tuple(bounds)
