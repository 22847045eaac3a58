"""The synthetic city of a few hundred persons under Stuttgart's own standards."""

import pytest

import dezentral as dz

POLICY = dz.Policy.stuttgarter_weg()


@pytest.mark.parametrize(("persons", "occupied"), [(400, 0.0), (200, 0.5)])
def test_a_city_is_planned_soundly_and_again_the_same(persons, occupied):
    city = dz.datasets.stuttgart(persons, occupied=occupied)
    first, second = (dz.solve(city, POLICY, dz.SolveParams(time_limit=60.0)) for _ in range(2))
    assert first.plan is not None
    assert dz.check(city, POLICY, first.plan) == ()
    assert tuple(level.final for level in first.levels) == dz.score(city, POLICY, first.plan)
    assert all(level.bound is not None and level.bound <= level.value for level in first.levels)
    assert first.reproducible
    assert second.reproducible
    assert first.plan.digest == second.plan.digest
