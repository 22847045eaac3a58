"""Who supports and who seeks, per district and language."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

import dezentral as dz
from dezentral.strategy.peers import peer_network
from tests.strategies import problems_with_plan

PEERS = dz.Policy(levels=[dz.Level(dz.PeerSupport())])


def placed(*households: dz.Household, support: dict[str, int] | None = None) -> tuple[dz.Instance, dz.Plan]:
    city = dz.Instance(
        districts=[dz.District(id="a", population=9, support=support or {}), dz.District(id="b", population=9)],
        sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=9, count=9)])],
        households=households,
    )
    return city, dz.Plan(placements=[dz.Placement(household=one.id, site="s", unit="flat") for one in households])


def test_who_speaks_two_languages_is_counted_twice_and_matched_once():
    # Three persons speak ar and uk; one can be supported in ar, five in uk by a circle: all three are matched.
    city, plan = placed(
        dz.Household(id="g", size=1, languages=["ar"], supports=1),
        dz.Household(id="h", size=3, languages=["ar", "uk"], seeks_support=True),
        support={"uk": 5},
    )
    frame = peer_network(city, plan)
    assert frame["language"].tolist() == ["ar", "uk"]
    assert frame["seeking_persons"].tolist() == [3, 3]
    assert frame["supportable"].tolist() == [1, 0]
    assert frame["circles"].tolist() == [0, 5]
    assert frame["matched"].sum() == 3


def test_who_speaks_no_known_language_is_not_lost():
    frame = peer_network(*placed(dz.Household(id="h", size=2, seeks_support=True), support={"ar": 4}))
    assert frame[["language", "seeking_persons", "matched"]].values.tolist() == [["ar", 0, 0], [None, 2, 0]]


def test_who_neither_gives_nor_seeks_and_who_is_unplaced_is_not_counted():
    city, _ = placed(dz.Household(id="g", size=1, languages=["ar"]), dz.Household(id="h", size=1, supports=2))
    assert peer_network(city, dz.Plan(unplaced=["g", "h"])).empty


def test_no_id_of_a_household_is_in_it():
    city, plan = placed(dz.Household(id="secret-id", size=1, languages=["ar"], supports=1))
    assert "secret-id" not in peer_network(city, plan).to_csv()


def test_a_plan_of_another_instance_is_refused():
    with pytest.raises(dz.PlanError):
        peer_network(placed()[0], dz.Plan(unplaced=["x"]))


@settings(max_examples=200)
@given(problems_with_plan())
def test_who_is_not_matched_is_what_the_goal_counts(problem):
    instance, _, plan = problem
    frame = peer_network(instance, plan)
    where = {placement.household for placement in plan.placements}
    seeking = sum(one.size for one in instance.households if one.seeks_support and one.id in where)
    assert seeking - frame["matched"].sum() == dz.score(instance, PEERS, plan)[0]
    assert (frame["matched"] <= frame[["seeking_persons"]].sum(axis=1)).all()
