"""Seeded streams of people who come to a small city, batch by batch, while its flats fill up."""

from __future__ import annotations

import datetime as dt
import random

import dezentral as dz

DAY = dt.date(2026, 1, 1)
SIZES = (1, 1, 1, 2, 2, 3, 3, 4, 5, 6)


def policy_of(goal: object) -> dz.Policy:
    """Keep people housed, place them, move nobody, then the goal."""
    return dz.Policy(levels=[dz.Level(one) for one in (dz.KeepHoused(), dz.Placed(), dz.Stability(), goal)])


def stream(seed: int, households: int = 40, steps: int = 6) -> tuple[dz.Instance, list[dz.Household]]:
    """Draw 4 districts, 6 sites with 0 to 3 flats more than a sixth of the households, a school, and who comes when.

    Every flat holds every household. Households of the first day wait there at the beginning.
    """
    dice = random.Random(seed)  # noqa: S311  nothing secret
    counts = [households // 6 + dice.randint(0, 3) for _ in range(6)]
    districts = [dz.District(id=f"d{number}", population=dice.randint(500, 2500)) for number in range(4)]
    sites = [
        dz.Site(id=f"s{i}", district=f"d{i % 4}", units=[dz.Unit(id="flat", beds=6, count=count)], **_point(dice))
        for i, count in enumerate(counts)
    ]
    school = dz.Service(id="k0", kind="school", **_point(dice))
    people = [_household(dice, number, number * steps // households) for number in range(households)]
    waiting = [one.model_copy(update={"arrival": None}) for one in people if one.arrival == DAY]
    city = dz.Instance(districts=districts, sites=sites, services=[school], households=waiting, date=DAY)
    return city, people[len(waiting) :]


def _point(dice: random.Random) -> dict[str, float]:
    return {"x": 500_000.0 + dice.randint(0, 8_000), "y": 5_400_000.0 + dice.randint(0, 8_000)}


def _household(dice: random.Random, number: int, step: int) -> dz.Household:
    size = dice.choice(SIZES)
    needs = {"school": dice.randint(1, size - 1)} if size > 1 else {}
    return dz.Household(id=f"h{number:02}", size=size, needs=needs, arrival=DAY + dt.timedelta(days=30 * step))
