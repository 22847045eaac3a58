"""Who may still come: the truth, or samples of those who came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dezentral.domain import Household, Instance
from dezentral.strategy.simulation.siblings import Kin
from dezentral.strategy.simulation.world import World

_SAMPLES = 16
_AHEAD = 6  # a sampled future is at most so many times as long as the past


@dataclass(frozen=True, slots=True)
class Future:
    """One course of events after a step.

    Attributes
    ----------
    batches
        Who comes at each of the following steps, their ids in no instance but this.
    """

    batches: tuple[tuple[Household, ...], ...]

    @property
    def steps(self) -> int:
        """How many steps follow."""
        return len(self.batches)


def true_future(world: World, step: int) -> tuple[Future, ...]:
    """Return what will happen."""
    following = world.dates[step + 1 :]
    batches = [tuple(one for one in world.arrivals if world.begins(one) == day) for day in following]
    return (Future(tuple(batches)),) if batches else ()


def sampled_futures(world: World, instance: Instance, step: int, seed: int) -> tuple[Future, ...]:
    """Draw futures from who came before a step: as many households a step as so far, until the city is full.

    Not all are like one of them, but have a member more or less: many at first, hardly any once many have come.
    Nothing of what comes with or after the step is read, not even how long it goes on: at most six times as long as so
    far.
    """
    history = [tuple(one for one in world.arrivals if world.begins(one) == date) for date in world.dates[:step]]
    waiting = tuple(one for one in world.instance.households if one.current_site is None)
    history = [waiting, *history] if waiting else history  # who waits at the beginning came on one day before
    if not any(history):
        return ()
    arrived = [one for batch in history for one in batch]
    people = [*world.instance.households, *arrived]  # who was there at the beginning came before, too
    free = max(0.0, _persons_in(instance, people) - sum(one.size for one in instance.households))
    kin = Kin(people, max((unit.beds for site in instance.sites for unit in site.units), default=1))
    futures = []
    for sample in range(_SAMPLES):
        rng = np.random.default_rng([seed, step, sample])
        batches = tuple(_batches(rng, kin, len(arrived) / len(history), free, len(history) * _AHEAD))
        futures.append(Future(tuple(_named(batch, sample, j) for j, batch in enumerate(batches))))
    return tuple(futures) if any(future.steps for future in futures) else ()


def _persons_in(instance: Instance, people: Sequence[Household]) -> float:
    """Return how many persons like these all units hold; a unit for one household alone holds what that has."""
    mean = sum(one.size for one in people) / len(people)
    units = [unit for site in instance.sites for unit in site.units]
    return sum(unit.count * (min(unit.beds, mean) if unit.sharing == "household" else unit.beds) for unit in units)


def _batches(
    rng: np.random.Generator, kin: Kin, each: float, free: float, most: int
) -> list[tuple[Household, ...]]:
    batches: list[tuple[Household, ...]] = []
    persons = 0
    while len(batches) < most:
        size = max(1, round(each * (len(batches) + 1)) - round(each * len(batches)))
        batch = tuple(kin.draw(rng) for _ in range(size))
        persons += sum(one.size for one in batch)
        if persons > free:
            break
        batches.append(batch)
    return batches


def _named(batch: Sequence[Household], sample: int, step: int) -> tuple[Household, ...]:
    cleared = {"current_site": None, "current_unit": None, "fixed_site": None, "arrival": None}
    return tuple(
        one.model_copy(update={"id": f"\u241f{sample}.{step}.{i}", **cleared}) for i, one in enumerate(batch)
    )
