"""P||Cmax as an evenness problem: jobs are households, machines are districts of equal weight."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral import District, Household, Instance, Site, Unit


def scheduling(jobs: Sequence[int], machines: int, name: str) -> Instance:
    """Return jobs (processing times) on machines that take everything: max_ratio = makespan / mean load."""
    total = sum(jobs)
    return Instance(
        districts=tuple(District(id=f"m{m:03d}", population=1) for m in range(machines)),
        sites=tuple(
            Site(id=f"s{m:03d}", district=f"m{m:03d}", units=(Unit(id="time", beds=total, sharing="dormitory"),))
            for m in range(machines)
        ),
        households=tuple(Household(id=f"j{j:04d}", size=int(length)) for j, length in enumerate(jobs)),
        name=name,
    )


def planted_schedule(machines: int = 20, jobs: int = 100, makespan: int = 1_000, seed: int = 0) -> Instance:
    """Cut `machines` equal stretches of time into `jobs` jobs at random: the optimum of max_ratio is 1."""
    rng = np.random.default_rng(seed)
    owners = np.concatenate([np.arange(machines), rng.integers(0, machines, jobs - machines)])
    lengths: list[int] = []
    for machine in range(machines):
        pieces = int((owners == machine).sum())
        cuts = np.sort(rng.choice(np.arange(1, makespan), size=pieces - 1, replace=False))
        lengths += np.diff(np.concatenate([[0], cuts, [makespan]])).tolist()
    order = rng.permutation(jobs).tolist()
    return scheduling([lengths[j] for j in order], machines, f"planted schedule, {machines} machines, seed {seed}")


def longest_first_fails(machines: int = 10) -> Instance:
    """Return Graham's instance on which longest-first ends at 4/3 − 1/(3m) of the optimum 3m (max_ratio 1)."""
    jobs = [length for length in range(2 * machines - 1, machines, -1) for _ in range(2)] + [machines] * 3
    return scheduling(jobs, machines, f"Graham's worst case for longest-first, {machines} machines")
