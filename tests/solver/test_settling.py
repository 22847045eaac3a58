"""What the limits of the levels so far decide about sites."""

from __future__ import annotations

from dataclasses import replace

import pytest

import dezentral as dz
from dezentral.solver import settling
from dezentral.solver.opening_search import OpeningSearch
from dezentral.solver.openings import Openings
from dezentral.solver.progress import reporting
from dezentral.solver.search import Reached
from dezentral.solver.settling import settle
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import EXACT


@pytest.fixture(params=["by CP-SAT", "in part"], autouse=True)
def _small_or_large(request, monkeypatch):
    """Take small cities for large ones, too: then choices are looked for with households in part."""
    if request.param == "in part":
        monkeypatch.setattr("dezentral.solver.stage.DIRECT", 0)


POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness())])


def _settled(
    flats: dict[str, int], families: int, most: int, surely: str = "", never: str = ""
) -> tuple[set[str], set[str]]:
    sites = [site(key, "a", [dz.Unit(id="flat", beds=4, count=n)], opening_cost=1.0) for key, n in flats.items()]
    town = city(sites, [household(f"h{i}", 4) for i in range(families)])
    watch = Watch(60.0)
    with reporting(POLICY, None, watch, bar=False) as reporter:
        search = OpeningSearch(Openings(town, dict.fromkeys(sorted(flats), 1.0), most=most), POLICY, EXACT, reporter)
        search.start(None)
        value, bound = search.pursue(search._task(0, POLICY.levels[0], search._stage(0, search.compiled(1)), 99.0))
        assert value == bound
        search.reached.append(Reached(value, bound, optimal=True, seconds=0.0))
        before = search.assignment.tolist()
        search.settle_on(replace(search.choices, surely=frozenset(surely), never=frozenset(never)))
        settle(search, 1)
        assert search.assignment.tolist() == before
    return set(search.choices.surely), set(search.choices.never)


def test_what_every_good_plan_uses_and_what_none_uses_is_settled():
    # 7 families, two sites may open: x (4 flats) and one of y, z (2 each) house 6; w (1) is in no such plan.
    assert _settled({"w": 1, "x": 4, "y": 2, "z": 2}, families=7, most=2) == ({"x"}, {"w"})


def test_nothing_is_settled_where_every_site_may_do():
    assert _settled({"x": 1, "y": 1, "z": 1}, families=4, most=2) == (set(), set())


def test_everything_is_settled_where_only_one_choice_is_best():
    assert _settled({"x": 3, "y": 2, "z": 1}, families=6, most=2) == ({"x", "y"}, {"z"})


def test_what_is_settled_already_stays_so():
    # 6 of the 7 families again. If x is known to open and y never to do, z opens, too, and w does not.
    assert _settled({"w": 1, "x": 4, "y": 1, "z": 2}, 7, most=2, surely="x", never="y") == ({"x", "z"}, {"w", "y"})
    assert _settled({"w": 1, "x": 4, "y": 2, "z": 2}, 7, most=2, surely="x", never="w") == ({"x"}, {"w"})


def test_where_choice_after_choice_differs_nothing_is_settled(monkeypatch):
    # Each choice differs from the best in one more site: there would be as many as sites.
    asked = []

    def least_in_common(_search: OpeningSearch, _levels: int, keys: list[str], used: frozenset[str]) -> tuple:
        asked.append(tuple(keys))
        return used ^ {keys[0]}, float(len(keys) - 1)

    monkeypatch.setattr(settling, "_least_in_common", least_in_common)
    assert _settled(dict.fromkeys("abcdefgh", 1), families=4, most=2) == (set(), set())
    assert len(asked) == settling._ROUNDS < 8
    assert [len(keys) for keys in asked] == list(range(8, 8 - len(asked), -1))


@pytest.mark.parametrize(("differing", "choices"), [(5, 1), (6, 2)])
def test_where_most_sites_stay_as_they_are_no_other_choice_is_looked_for(monkeypatch, differing, choices):
    # Of 11 sites, 6 stay as they are, or 5; those all differ in the next.
    monkeypatch.setattr(settling, "_FEW", 2)
    asked = []

    def least_in_common(_search: OpeningSearch, _levels: int, keys: list[str], used: frozenset[str]) -> tuple:
        asked.append(len(keys))
        return used ^ set(keys[:differing]), float(max(len(keys) - differing, 0))

    monkeypatch.setattr(settling, "_least_in_common", least_in_common)
    assert _settled(dict.fromkeys("abcdefghijk", 1), families=4, most=2) == (set(), set())
    assert len(asked) == choices
