"""Seeded streams of people who come to a small city, batch by batch."""

from __future__ import annotations

import datetime as dt
import random

import dezentral as dz

DAY = dt.date(2026, 1, 1)
_SIZES = (1, 1, 1, 2, 2, 3, 3, 4, 5, 6)


def policy_of(*goals: object) -> dz.Policy:
    """Keep people housed, place them, move nobody, then the goals."""
    first = (dz.KeepHoused(), dz.Placed(), dz.Stability())
    return dz.Policy(levels=[dz.Level(goal) for goal in (*first, *goals)])


EVEN, NEAR = policy_of(dz.Evenness()), policy_of(dz.Proximity())


def stream(seed: int, households: int = 40, steps: int = 6) -> tuple[dz.Instance, list[dz.Household]]:
    """Draw 4 districts, 6 sites with flats that hold any family, as many as there are families, and some more.

    What is scarce is the flats near a school, which families of many pupils need most, and those in the districts
    that are to take most. The households of the first step are there at the beginning, waiting.
    """
    dice = random.Random(seed)  # noqa: S311  nothing secret
    counts = [households // 6 + dice.randint(0, 3) for _ in range(6)]
    city = dz.Instance(
        districts=[dz.District(id=f"d{number}", population=dice.randint(500, 2500)) for number in range(4)],
        sites=[
            dz.Site(
                id=f"s{number}",
                district=f"d{number % 4}",
                units=[dz.Unit(id="flat", beds=6, count=count)],
                **_point(dice),
            )
            for number, count in enumerate(counts)
        ],
        services=[dz.Service(id="k0", kind="school", **_point(dice))],
        date=DAY,
    )
    people = [_arrival(dice, number, number * steps // households) for number in range(households)]
    waiting = [one.model_copy(update={"arrival": None}) for one in people if one.arrival == DAY]
    return city.replace(households=waiting), people[len(waiting) :]


def _point(dice: random.Random) -> dict[str, float]:
    return {"x": 500_000.0 + dice.randint(0, 8_000), "y": 5_400_000.0 + dice.randint(0, 8_000)}


def _arrival(dice: random.Random, number: int, step: int) -> dz.Household:
    size = dice.choice(_SIZES)
    return dz.Household(
        id=f"h{number:02}",
        size=size,
        needs={"school": dice.randint(1, size - 1)} if size > 1 else {},
        arrival=DAY + dt.timedelta(days=30 * step),
    )
