"""Small towns for scenarios, in few words, and what goes wrong with them on purpose."""

from __future__ import annotations

import os

import dezentral as dz

PLACED = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness())])
HERE = os.getpid()


def town(persons: int = 6, **more: object) -> dz.Instance:
    """Two districts, two sites with 4 beds in flats of 2, and households of one."""
    return dz.Instance(
        districts=[dz.District(id=key, population=1000) for key in "ab"],
        sites=[dz.Site(id=f"s{key}", district=key, units=[dz.Unit(id="flat", beds=2, count=2)]) for key in "ab"],
        households=[dz.Household(id=f"h{number}", size=1) for number in range(persons)],
        **more,
    )


def three() -> dict[str, dz.Scenario]:
    """Three scenarios that differ: 6, 3 and 0 persons for 4 flats."""
    return {f"{persons} persons": dz.Scenario(town(persons), PLACED) for persons in (6, 3, 0)}


class Deadly(dz.Instance):
    """An instance that kills every other process that reads it."""

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return _die, (HERE, self.model_dump_json())


def _die(parent: int, text: str) -> dz.Instance:
    if os.getpid() != parent:
        os._exit(1)
    return Deadly.model_validate_json(text)
