"""First fit, as a planner with a spreadsheet works: the largest first, each where its district is farthest behind."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.peers.answer import Answer
from dezentral.compiled import Compiled, compile_instance
from dezentral.compiled.pools import DORMITORY, SAME_SEX
from dezentral.domain import Instance, Placement, Plan
from dezentral.domain.policy import Policy


def place_greedily(instance: Instance, policy: Policy) -> Answer:
    """Place who lives somewhere where they live, then the others by size; nothing is ever taken back."""
    began = time.perf_counter()
    sheet = _Sheet(compile_instance(instance, policy))
    order = sorted(
        enumerate(instance.households), key=lambda pair: (pair[1].current_site is None, -pair[1].size, pair[1].id)
    )
    placements = [placement for h, _ in order if (placement := sheet.place(h)) is not None]
    placed = {placement.household for placement in placements}
    unplaced = tuple(household.id for household in instance.households if household.id not in placed)
    plan = Plan(placements=tuple(placements), unplaced=unplaced)
    took = {"formulate": 0.0, "search": time.perf_counter() - began}
    return Answer("done", plan, (None,) * len(policy.levels), 0, took)


class _Sheet:
    """What is free, and how full each district is."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled, pools = compiled, compiled.pools
        self.free = np.where(pools.sharing == DORMITORY, pools.count * pools.cap1, pools.count).astype(np.int64)
        self.beds = {sex: np.zeros(len(pools), dtype=np.int64) for sex in ("f", "m")}  # free in opened shared rooms
        self.room = np.array([np.inf if cap.room is None else cap.room for cap in compiled.places.caps])
        self.load = compiled.places.housed.astype(np.float64)
        self.caps_of_site = [
            np.array([c for c, cap in enumerate(compiled.places.caps) if cap.sites[s]], dtype=np.int64)
            for s in range(len(compiled.places.sites))
        ]
        self.tightest = np.full(len(compiled.places.sites), np.inf)
        for s in range(len(compiled.places.sites)):
            self._tighten(s)

    def place(self, h: int) -> Placement | None:
        """Put one household where it fits; None if nowhere."""
        compiled, pools = self.compiled, self.compiled.pools
        household = compiled.instance.households[h]
        kind = int(compiled.types.of_household[h])
        units = compiled.units[kind]
        fits = (units > 0) & (self.tightest[pools.site] >= household.size)
        shares = (pools.sharing == SAME_SEX) & (household.size == 1)
        beds = self.beds.get(household.sex or "x")
        room = self.free >= units
        fits &= np.where(shares & (beds > 0), True, room) if beds is not None else room
        if not fits.any():
            return None
        here = fits & compiled.stays[kind]
        p = self._emptiest(np.flatnonzero(here if here.any() else fits), household.size)
        self._take(p, household.size, int(units[p]), household.sex if shares[p] else None, shares=bool(shares[p]))
        return Placement(
            household=household.id,
            site=pools.sites[p].id,
            unit=pools.units[p].id,
            units=1 if shares[p] or pools.sharing[p] == DORMITORY else int(units[p]),
        )

    def _emptiest(self, candidates: np.ndarray[tuple[int], np.dtype[np.int64]], size: int) -> int:
        """Choose the district farthest behind its target, then the unit with the fewest beds to spare."""
        pools, target = self.compiled.pools, self.compiled.places.target
        behind = (self.load / np.maximum(target, 1.0))[pools.district[candidates]]
        spare = np.maximum(pools.beds[candidates] - size, 0)
        return int(candidates[np.lexsort((candidates, spare, behind))[0]])

    def _take(self, p: int, size: int, units: int, sex: str | None, *, shares: bool) -> None:
        pools = self.compiled.pools
        site = int(pools.site[p])
        self.load[pools.district[p]] += size
        self.room[self.caps_of_site[site]] -= size
        for cap in self.caps_of_site[site].tolist():
            for s in np.flatnonzero(self.compiled.places.caps[cap].sites).tolist():
                self._tighten(s)
        if shares and sex in self.beds:
            if self.beds[sex][p] > 0:
                self.beds[sex][p] -= 1
                return
            self.beds[sex][p] = pools.cap1[p] - 1
        self.free[p] -= 1 if shares else units

    def _tighten(self, site: int) -> None:
        caps = self.caps_of_site[site]
        self.tightest[site] = self.room[caps].min() if len(caps) else np.inf
