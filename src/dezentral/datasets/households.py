"""The households of the synthetic city: shaped by published shares, drawn from a few patterns."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from dezentral.datasets.compositions import (
    ALONE_NEEDS,
    CLINIC,
    COMPOSITIONS,
    COURSE,
    FAMILY_NEEDS,
    FAMILY_SIZES,
    LANGUAGES,
    WISHES,
    Composition,
)
from dezentral.datasets.dealing import dealt
from dezentral.datasets.planning_day import PLANNING_DAY
from dezentral.datasets.site_kinds import FAMILY, VULNERABLE, WOMAN
from dezentral.datasets.site_units import STEP_FREE
from dezentral.domain import Household

Sex = Literal["f", "m", "x"]

ALONE_SHARE = 0.36  # of all persons; 64 % in families (city, about 2024)
# Of those alone. With families 45 % male that makes 54 % of all, as published (about 2024).
SEXES: dict[Sex, float] = {"m": 0.695, "f": 0.3, "x": 0.005}
_MOTHERS = 0.85  # of the adults who are alone with children
_STEP_FREE = 0.3  # of the tenth that needs a clinic: 3 % of all households
_WISHING = 0.3
_ARRIVED_WITHIN_DAYS = 548  # eighteen months
_PEER_SUPPORT = {"none": 0.86, "seeks": 0.09, "supports": 0.05}
_SUPPORTED = {2: 0.5, 3: 0.3, 5: 0.2}  # persons whom a supporting household can support
_USUAL_FAMILY, _LARGEST_REST = 4, 5  # persons


@dataclass(slots=True)
class _Draft:
    size: int
    needs: dict[str, int]
    traits: set[str] = field(default_factory=set)
    sex: Sex | None = None
    step_free: bool = False


def build_households(rng: np.random.Generator, persons: int) -> list[Household]:
    """Return households of `persons` persons in all, ids in the order of arrival."""
    alone, families = _sizes(persons)
    drafts = _alone(rng, alone) + _families(rng, families)
    drafts = [drafts[position] for position in rng.permutation(len(drafts))]
    return _records(rng, drafts)


def _sizes(persons: int) -> tuple[int, list[int]]:
    """Return how many are alone, and the sizes of the families, so that the persons add up."""
    alone = round(ALONE_SHARE * persons)
    in_families = persons - alone
    per_round = sum(size * count for size, count in FAMILY_SIZES.items())
    counts = {size: int(in_families * count / per_round) for size, count in FAMILY_SIZES.items()}
    left = in_families - sum(size * count for size, count in counts.items())
    while left > 1:
        size = left if left <= _LARGEST_REST else _USUAL_FAMILY
        counts[size] += 1
        left -= size
    return alone + left, [size for size, count in counts.items() for _ in range(count)]


def _alone(rng: np.random.Generator, total: int) -> list[_Draft]:
    sexes = dealt(rng, SEXES, total)
    others = dealt(rng, ALONE_NEEDS, total)
    drafts = []
    for sex, kinds in zip(sexes, others, strict=True):
        traits = ({WOMAN} if sex == "f" else set()) | ({VULNERABLE} if CLINIC in kinds else set())
        drafts.append(_Draft(1, dict.fromkeys(kinds, 1), traits, sex))
    _require_step_free(rng, drafts)
    return drafts


def _families(rng: np.random.Generator, sizes: list[int]) -> list[_Draft]:
    members: list[tuple[int, Composition]] = []
    for size in sorted(set(sizes)):
        members += [(size, composition) for composition in dealt(rng, COMPOSITIONS[size], sizes.count(size))]
    others = dealt(rng, FAMILY_NEEDS, len(members))
    mothers = dealt(rng, {True: _MOTHERS, False: 1 - _MOTHERS}, len(members))
    drafts = []
    for (size, composition), kinds, mother in zip(members, others, mothers, strict=True):
        needs = composition.needs | {kind: composition.adults if kind == COURSE else 1 for kind in kinds}
        traits = {FAMILY} | ({VULNERABLE} if CLINIC in kinds else set())
        if composition.adults == 1 and mother:
            traits.add(WOMAN)
        drafts.append(_Draft(size, needs, traits))
    _require_step_free(rng, drafts)
    return drafts


def _require_step_free(rng: np.random.Generator, drafts: list[_Draft]) -> None:
    frail = [draft for draft in drafts if VULNERABLE in draft.traits]
    for draft, needed in zip(frail, dealt(rng, {True: _STEP_FREE, False: 1 - _STEP_FREE}, len(frail)), strict=True):
        draft.step_free = needed


def _records(rng: np.random.Generator, drafts: list[_Draft]) -> list[Household]:
    total = len(drafts)
    wishes = dealt(rng, {(): 1 - _WISHING, **{wish: _WISHING * share for wish, share in WISHES.items()}}, total)
    languages = dealt(rng, LANGUAGES, total)
    peers = dealt(rng, _PEER_SUPPORT, total)
    supported = dealt(rng, _SUPPORTED, total)
    days = np.sort(rng.integers(1, _ARRIVED_WITHIN_DAYS + 1, total))[::-1]
    return [
        Household(
            id=f"h{position + 1:05d}",
            size=draft.size,
            sex=draft.sex,
            traits=frozenset(draft.traits),
            requires=frozenset({STEP_FREE}) if draft.step_free else frozenset(),
            needs=draft.needs,
            languages=frozenset(languages[position]),
            supports=supported[position] if peers[position] == "supports" else 0,
            seeks_support=peers[position] == "seeks",
            wishes=wishes[position],
            arrival=PLANNING_DAY - dt.timedelta(days=int(days[position])),
        )
        for position, draft in enumerate(drafts)
    ]
