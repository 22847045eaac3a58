"""Levels of counts are OPTIMAL only below the gcd of their weights: the search must not stop at the relative gap."""

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.lively import POLICY, lively_city


@pytest.mark.parametrize("gap", [0.5, 1e6])
def test_a_wide_gap_does_not_leave_persons_out_unproven(gap):
    result = dz.solve(lively_city(), POLICY, dz.SolveParams(gap=gap))
    assert [level.status for level in result.levels[:3]] == [dz.Status.OPTIMAL] * 3


def test_small():
    flat = dz.Unit(id="flat", beds=4)
    people = [household(f"h{i}", 1 + i % 4) for i in range(12)]
    sites = [site(f"s{i}", "abc"[i % 3], units=[flat]) for i in range(6)]
    result = dz.solve(city(sites, people), dz.Policy(levels=[dz.Level(dz.Placed())]), dz.SolveParams(gap=1.0))
    assert result.status is dz.Status.OPTIMAL
