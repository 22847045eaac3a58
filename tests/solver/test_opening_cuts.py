"""What the last level says about choices of sites, against the solve of every choice."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import chain, combinations

import pytest

import dezentral as dz
from dezentral.solver.opening_cuts import LevelCuts
from dezentral.solver.opening_lines import Cut
from dezentral.solver.opening_reach import Reach
from dezentral.solver.opening_search import OpeningSearch
from dezentral.solver.openings import Openings
from dezentral.solver.progress import reporting
from dezentral.solver.watch import Watch
from tests.solver.solving import EXACT
from tests.strategy.all_choices import best, opened

POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Proximity())])
NEARLY = 1e-6


def town(seed: int) -> dz.Instance:
    """Draw one site and five candidates along a road, a school at its beginning, and six families with pupils."""
    dice = random.Random(seed)  # noqa: S311  nothing secret

    def site(key: str, **more: object) -> dz.Site:
        units = [dz.Unit(id="flat", beds=dice.randint(2, 4), count=dice.randint(1, 2))]
        return dz.Site(id=key, district="a", units=units, x=500_000.0 + dice.randint(1, 3000), y=5e6, **more)

    return dz.Instance(
        districts=[dz.District(id="a", population=1000)],
        sites=[site("open"), *(site(f"s{i}", opening_cost=float(dice.randint(1, 4))) for i in range(5))],
        services=[dz.Service(id="k", kind="school", x=500_000.0, y=5e6)],
        households=[dz.Household(id=f"h{i}", size=dice.randint(2, 4), needs={"school": 1 + i % 2}) for i in range(6)],
        detour=1.0,
    )


def costs(city: dz.Instance) -> dict[str, float]:
    return {site.id: site.opening_cost for site in city.sites if site.opening_cost is not None}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("most", [None, 3])
def test_no_cut_is_beyond_what_a_choice_can_reach(seed, most, monkeypatch):
    monkeypatch.setattr("dezentral.solver.stage.DIRECT", 0)
    city = town(seed)
    allowed, watch = Openings(city, costs(city), most=most), Watch(60.0)
    with reporting(POLICY, None, watch, bar=False) as reporter:
        search = OpeningSearch(allowed, POLICY, EXACT, reporter)
        search.start(None)
        search.run(None)
        first, last = (level.value for level in search.reached)
        reach = Reach(search)
        cuts = reach.cuts
        every = chain.from_iterable(combinations(sorted(allowed.costs), n) for n in range(1 + (most or 5)))
        for keys in map(frozenset, every):
            refuted = reach.refute(keys)
            values = [level.value for level in dz.solve(opened(city, tuple(keys)), POLICY, EXACT).levels]
            within = values[0] <= first + NEARLY
            if within:  # the fewer are placed the shorter their ways: only then it is a value of the level
                assert cuts.bound(keys) <= values[1] * (1 + NEARLY)
            reaches = within and values[1] <= last * (1 + NEARLY)
            assert refuted is not reaches  # nothing is lost here by placing households in part
            if reaches:
                assert search.choices.surely <= keys
                assert search.choices.never.isdisjoint(keys)


def test_a_cut_settles_only_what_all_choices_beyond_the_limit_have_in_common():
    city = town(0)
    allowed, watch = Openings(city, costs(city)), Watch(60.0)
    with reporting(POLICY, None, watch, bar=False) as reporter:
        search = OpeningSearch(allowed, POLICY, EXACT, reporter)
        search.start(None)
        search.run(None)
        cuts = LevelCuts(search)
        search.settle_on(allowed)
        # The best choice by the first cut is s0 and s2: 94. Without s0 it is 102, without s2 95; with s1 101, with s3
        # 99.5. By the second all are 99.5, whatever opens.
        cuts.lines.cuts = [
            Cut(103.0, {"s0": -8.0, "s1": 7.0, "s2": -1.0, "s3": 5.5, "s4": 0.0}),
            Cut(99.5, dict.fromkeys(allowed.costs, 0.0)),
        ]
        cuts.limit(100.0)
        assert (search.choices.surely, search.choices.never) == ({"s0"}, {"s1"})
        # What is settled stays so: s0 opens, s1 does not. With s2 and s4 that is 93, without s4 101, with s3 97.5.
        cuts.lines.cuts = [Cut(98.0, {"s0": 7.0, "s1": -50.0, "s2": -4.0, "s3": 4.5, "s4": -8.0})]
        cuts.limit(100.0)
        assert (search.choices.surely, search.choices.never) == ({"s0", "s4"}, {"s1"})


def test_a_better_plan_on_the_last_level_refutes_what_it_is_below(monkeypatch):
    city = town(0)
    with reporting(POLICY, None, Watch(60.0), bar=False) as reporter:
        search = OpeningSearch(Openings(city, costs(city)), POLICY, EXACT, reporter)
        search.start(None)
        search.run(None)
        reach, best = Reach(search), search.reached[-1]
        search.reached[-1] = replace(best, value=20_000.0)  # of a plan before; only now the best one is found
        reach.cuts.limit(20_000.0)
        monkeypatch.setattr(reach, "_find", lambda *_: False)
        assert not reach.undercut(frozenset())
        assert search.reached[-1].value == 20_000.0
        monkeypatch.setattr(reach, "_find", lambda *_: True)
        assert reach.undercut(frozenset())
        assert search.reached[-1].value == best.value
        assert not reach.undercut(reach.cuts.every)


@pytest.mark.parametrize("limits", [{"budget": 8.0}, {"max_new": 3}, {}])
@pytest.mark.parametrize("seed", range(5))
def test_the_cheapest_choice_is_found_and_proven_where_a_program_cannot_see_all_placements(seed, limits, monkeypatch):
    monkeypatch.setattr("dezentral.solver.stage.DIRECT", 0)
    monkeypatch.setattr("dezentral.solver.opening_proposals._COLUMNS", 0)
    monkeypatch.setattr("dezentral.solver.opening_rounds._FEW", 0)  # no help from an engine that sees all choices
    city = town(seed)
    values, cost, keys = best(city, POLICY, **limits)
    result = dz.choose_sites(city, POLICY, params=EXACT, **limits)
    assert [level.value for level in result.result.levels] == pytest.approx(values, rel=NEARLY)
    assert (result.cost, result.cost_bound, result.opened) == (cost, cost, keys)
    assert result.status is dz.Status.OPTIMAL  # that no other choice of this cost comes first is proven, too
