"""The two classics: optima known by construction, found and proven."""

from __future__ import annotations

import pytest
from benchmarks.instances.identical_machines import longest_first_fails, planted_schedule
from benchmarks.instances.nurses import planted_ward, ward_optimum
from benchmarks.registry import CASES

import dezentral as dz

EXACT = dz.SolveParams(gap=0.0)


SCHEDULES = [longest_first_fails(3), longest_first_fails(6), planted_schedule(4, 14, 40, seed=3)]


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_makespan_of_a_perfect_schedule_is_found(schedule: dz.Instance) -> None:
    # The jobs fill every machine to the mean load exactly: max_ratio = C_max / mean = 1 (Graham's: 3m of 3m).
    result = dz.solve(schedule, CASES["cmax_graham"].policy, EXACT)
    assert result.status is dz.Status.OPTIMAL
    assert dz.score(schedule, CASES["cmax_graham"].policy, result.plan) == pytest.approx((0.0, 1.0))


def test_longest_first_is_a_third_off() -> None:
    # m = 6: longest first ends at 4m - 1 = 23 where 3m = 18 is possible.
    jobs = sorted((job.size for job in longest_first_fails(6).households), reverse=True)
    loads = [0] * 6
    for job in jobs:
        loads[loads.index(min(loads))] += job
    assert (max(loads), sum(loads) / 6) == (23, 18.0)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_balanced_ward_is_found(seed: int) -> None:
    ward, policy = planted_ward(2, 3, seed), CASES["nurses"].policy
    result = dz.solve(ward, policy, EXACT)
    assert result.status is dz.Status.OPTIMAL
    assert dz.score(ward, policy, result.plan) == pytest.approx((0.0, ward_optimum(ward)), abs=1e-6)


def test_ward_optimum_by_hand() -> None:
    # Two zones with one nurse each, workloads 4 and 2: T = 3, (4 - 3)²/3 + (2 - 3)²/3 = 2/3.
    ward = dz.Instance(
        districts=[dz.District(id=key, population=1) for key in "ab"],
        sites=[
            dz.Site(id=key, district=key, units=[dz.Unit(id="patient", beds=9, count=3, features={f"zone {key}"})])
            for key in "ab"
        ],
        households=[
            dz.Household(id="p", size=4, requires={"zone a"}),
            dz.Household(id="q", size=2, requires={"zone b"}),
        ],
    )
    assert ward_optimum(ward) == pytest.approx(2 / 3)
