"""What whole fillings prove: never more than a plan costs, and more than the relaxation where it splits households."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import fillings as fillings_module
from dezentral.solver.ascent import Ascent
from dezentral.solver.assignment import counts_of, plan_of
from dezentral.solver.fillings import Fillings, whole_pools
from dezentral.solver.pricing import price
from dezentral.solver.relaxation import relax
from dezentral.solver.stage import stage_of
from dezentral.solver.watch import Watch
from tests.solver.halls import NEAR_AND_EVEN, PLACED, halls

LEVELS = [
    (NEAR_AND_EVEN,),
    (PLACED, NEAR_AND_EVEN),
    (PLACED, dz.Level(dz.Evenness()), dz.Level(dz.Proximity())),
    (PLACED, dz.Level(dz.Evenness(measure="max_ratio")), dz.Level(dz.Evenness(measure="persons_to_move"))),
    (PLACED, dz.Level(dz.Evenness(), rel_slack=0.2), dz.Level(dz.Evenness(weight=50.0), dz.Proximity(weights={}))),
    (PLACED,),
]


def _with_flats(instance):
    """Make the first site one of flats, so that not every pool is a dormitory."""
    flats = dz.Unit(id="flat", beds=4, count=1)
    first = instance.sites[0]
    return instance.model_copy(
        update={"sites": (first.model_copy(update={"units": (flats,)}), *instance.sites[1:])}
    )


def _plans(compiled, instance, policy):
    """Return every plan that breaks no rule, with its values."""
    for assignment in product(range(-1, len(compiled.pools)), repeat=len(instance.households)):
        plan = plan_of(compiled, np.array(assignment))
        if not dz.check(instance, policy, plan):
            yield np.array(assignment), dz.score(instance, policy, plan)


@pytest.mark.parametrize("levels", LEVELS)
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("change", [lambda instance: instance, _with_flats])
def test_no_plan_undercuts_the_bound_and_none_that_uses_a_column_its_regret(levels, seed, change):
    instance = change(halls(5, 3, 2, seed, spare=0.9))
    policy = dz.Policy(rules=dz.Rules(max_site_persons=6), levels=levels)
    compiled = compile_instance(instance, policy, levels)
    plans = list(_plans(compiled, instance, policy))
    limits: list[float] = []
    for level, _ in zip(levels[:-1], range(9), strict=False):
        i = len(limits)
        limits.append(level.limit(min(values[i] for _, values in plans)))
        plans = [(a, v) for a, v in plans if v[i] <= limits[i] + 1e-9 * max(1.0, abs(limits[i]))]
    built = stage_of(compiled, levels, limits, 1e-6)
    start = counts_of(compiled, plans[0][0])
    relaxed = relax(built.program, built.objective, start, 1e-6, Watch(60))
    fillings = Fillings(built.program, built.objective, relaxed.prices.duals)
    dice, spread = np.random.default_rng(seed), 1.0 + np.abs(fillings.start).mean()
    ascent = Ascent(fillings, relaxed.prices.bound, abs(relaxed.prices.bound) + 10.0)
    for _ in range(30):
        ascent.step()
    some = [fillings.start, ascent.best, *(fillings.start + dice.normal(0, spread, len(fillings.start)) for _ in "123")]
    dearer = Fillings(built.program, built.objective, 2.0 * relaxed.prices.duals)  # no optimum of anything
    for own, prices in [*((fillings, each) for each in some), (dearer, dearer.start)]:
        admissible = own.admissible(prices)
        found = own.prices(admissible, own.bound(admissible))
        regret = found.regret()
        for assignment, values in plans:
            used = counts_of(compiled, assignment) > 0
            dearest = max(0.0, regret[used].max(initial=0.0))
            assert found.bound + dearest <= values[-1] + 1e-6 * max(1.0, abs(values[-1]))


def _two_families():
    """Draw three beds nearby, four beds 100 m away, and two families of two."""
    sites = [("near", 3, 0.0), ("away", 4, 100.0)]
    return dz.Instance(
        districts=[dz.District(id="d", population=1)],
        sites=[
            dz.Site(id=key, district="d", units=[dz.Unit(id="bed", beds=1, count=n, sharing="dormitory")], x=x, y=0.0)
            for key, n, x in sites
        ],
        households=[
            dz.Household(id=key, size=2, anchors=[dz.Anchor(x=0.0, y=float(y))]) for y, key in enumerate(("a", "b"))
        ],
        detour=1.0,
    )


def test_whole_families_prove_what_parts_cannot():
    # Near are three beds: the relaxation lets one family and a half live there and half of one 100 m away, about 50.
    # Whole, one of them must go: a near and b away 0 + 100 (√10001 rounded), b near and a away 1 + 100.
    instance, levels = _two_families(), (PLACED, dz.Level(dz.Proximity()))
    compiled = compile_instance(instance, dz.Policy(levels=levels), levels)
    built = stage_of(compiled, levels, [0.0], 1e-6)
    start = counts_of(compiled, np.array([0, 1]))
    relaxed = relax(built.program, built.objective, start, 1e-6, Watch(60))
    fillings = Fillings(built.program, built.objective, relaxed.prices.duals)
    ascent = Ascent(fillings, relaxed.prices.bound, 20.0)  # less than what can be reached: it hopes on
    for _ in range(300):
        ascent.step()
    assert relaxed.prices.bound < 60.0
    assert 95.0 < ascent.bound <= 100.0 + 1e-9


def test_a_dormitory_is_whole_only_where_beds_alone_bind_it_and_it_is_not_too_large(monkeypatch):
    instance = _with_flats(halls(5, 3, 2, 0))
    levels = (PLACED,)
    program = stage_of(compile_instance(instance, dz.Policy(levels=levels), levels), levels, [], 1e-6).program
    assert whole_pools(program).tolist() == [False, True, True]
    program.add(int(program.unit_rows[1]), program.variable(0.0, 1.0), -1.0)
    assert whole_pools(program).tolist() == [False, False, True]
    monkeypatch.setattr(fillings_module, "_MOST_PERSONS", 1)
    assert not whole_pools(program).any()


def test_at_the_relaxations_own_prices_fillings_prove_no_less():
    instance, levels = halls(30, 6, 3, 1), (PLACED, NEAR_AND_EVEN)
    compiled = compile_instance(instance, dz.Policy(levels=levels), levels)
    placed = dz.solve(instance, dz.Policy(levels=levels[:1]))
    built = stage_of(compiled, levels, [placed.levels[0].value], 1e-6)
    sites = {site.id: p for p, site in enumerate(compiled.pools.sites)}
    where = {p.household: sites[p.site] for p in placed.plan.placements}
    start = counts_of(compiled, np.array([where.get(h.id, -1) for h in instance.households]))
    relaxed = relax(built.program, built.objective, start, 1e-3, Watch(60))
    again = price(built.program, built.objective, relaxed.prices.duals).bound
    fillings = Fillings(built.program, built.objective, relaxed.prices.duals)
    assert fillings.bound(fillings.admissible(fillings.start)).value >= again - 1e-3
