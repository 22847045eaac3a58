"""compare: moves, levels, districts, and what decisions by hand cost."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings

import dezentral as dz
from tests.checks.small import city, household, plan_for, site
from tests.strategies import plans, problems_with_plan

POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness(measure="persons_to_move")), dz.Level(dz.Fit())])
SIGNED = {"by": "A. Planner", "reason": "near the clinic"}
TWO = [dz.Unit(id="flat", beds=4, count=9), dz.Unit(id="room", beds=2, count=9)]


def _town() -> dz.Instance:
    households = [household("g", 2), household("h", 3), household("i", 1), household("j", 2), household("k", 4)]
    return city([site("s", units=TWO), site("t", "b", units=TWO)], households)


def test_who_moved_from_where_to_where():
    town = _town()
    a = plan_for(town, g="s", h="s", i="s", k="s")
    b = plan_for(town, g="t", h=("s", "room", 2), j="t", k="s")
    assert dz.compare(town, POLICY, a, b).moves.to_dict("records") == [
        _row("g", 2, "moved", "s", "flat", "t", "flat"),
        _row("h", 3, "unit", "s", "flat", "s", "room"),
        _row("i", 1, "unplaced", "s", "flat", None, None),
        _row("j", 2, "placed", None, None, "t", "flat"),
    ]


def _row(*values: object) -> dict[str, object]:
    columns = ("household", "size", "change", "from_site", "from_unit", "to_site", "to_unit")
    return dict(zip(columns, values, strict=True))


def test_levels_and_districts():
    town = _town()
    a, b = plan_for(town, g="s", h="s"), plan_for(town, g="t", h="s")
    compared = dz.compare(town, POLICY, a, b)
    # a: 5, 0, 0 persons, targets 5/3 each: 10/3 have to move; b: 3, 2, 0: 5/3; empty beds: 2 + 1 in both
    assert compared.levels["level"].tolist() == [1, 2, 3]
    assert compared.levels["value_a"].tolist() == pytest.approx([7, 10 / 3, 3])
    assert compared.levels["change"].tolist() == pytest.approx([0, -5 / 3, 0])
    assert compared.districts["change"].tolist() == [-2, 2, 0]
    assert compared.districts["rate_b"].tolist() == [3.0, 2.0, 0.0]


def test_a_district_without_inhabitants_has_no_rate():
    town = city([], [], districts=[dz.District(id="a", population=0), dz.District(id="b", population=5)])
    rates = dz.compare(town, POLICY, dz.Plan(), dz.Plan()).districts["rate_a"]
    assert math.isnan(rates[0])
    assert rates[1] == 0.0


def test_each_decision_shows_what_it_costs():
    town = _town()
    plan = plan_for(town, g="s", h="t")
    first = dz.override(town, POLICY, plan, "i", "s", unit="room", **SIGNED)
    second = dz.override(town, POLICY, first, "g", "t", unit="flat", **SIGNED)
    overrides = dz.compare(town, POLICY, plan, second).overrides
    assert overrides["plan"].tolist() == ["b", "b"]
    # i takes one bed of two and is no longer unplaced (1 person)
    assert overrides.loc[0, ["cost_1", "cost_3"]].tolist() == [-1.0, 1.0]
    # with g in t: loads 1, 5, 0; without: 3, 3, 0: 3 persons to move instead of 2
    assert overrides.loc[1, "with_2"] == pytest.approx(3)
    assert overrides.loc[1, "without_2"] == pytest.approx(2)
    assert overrides.loc[1, "cost_2"] == pytest.approx(1)
    # what both plans have is no difference between them
    assert dz.compare(town, POLICY, first, second).overrides["household"].tolist() == ["g"]
    assert dz.compare(town, POLICY, second, second).overrides.empty


def test_a_superseded_decision_costs_nothing():
    town = _town()
    plan = plan_for(town, g="s", h="t")
    twice = dz.override(town, POLICY, dz.override(town, POLICY, plan, "g", "t", **SIGNED), "g", "s", **SIGNED)
    costs = dz.compare(town, POLICY, plan, twice).overrides[["cost_1", "cost_2", "cost_3"]]
    assert costs.to_numpy().tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]


def test_the_text_names_no_household_and_no_site():
    households = [household("hh-one", 2), household("hh-two", 2)]
    town = city([site("site-open"), site("site-hidden", "b", confidential=True)], households)
    plan = plan_for(town, **{"hh-one": "site-open"})
    compared = dz.compare(town, POLICY, plan, dz.override(town, POLICY, plan, "hh-two", "site-hidden", **SIGNED))
    for text in (str(compared), compared.text("de"), compared._repr_html_()):
        assert "site-" not in text
        assert "hh-" not in text
        assert "A. Planner" in text
    assert str(compared).startswith("Plan b against plan a: 1 household newly placed.\nLevel 1, Placing people: 2 → 0")
    assert compared.moves["to_site"].tolist() == ["site-hidden"]


def test_an_empty_city_compares():
    town = dz.Instance(districts=(), sites=())
    compared = dz.compare(town, POLICY, dz.Plan(), dz.Plan())
    assert compared.moves.empty
    assert compared.districts.empty
    assert list(compared.overrides)[:3] == ["plan", "household", "site"]
    assert "everyone is where they were" in str(compared)
    assert "<ul>" in compared._repr_html_()


def test_a_plan_of_another_instance_is_refused():
    town = _town()
    for pair in ((dz.Plan(), plan_for(town)), (plan_for(town), dz.Plan())):
        with pytest.raises(dz.PlanError):
            dz.compare(town, POLICY, *pair)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems_with_plan().flatmap(lambda p: plans(p[0], p[1]).map(lambda b: (*p, b))))
def test_the_frames_add_up(problem):
    instance, policy, a, b = problem
    compared = dz.compare(instance, policy, a, b)
    values = dz.score(instance, policy, a), dz.score(instance, policy, b)
    assert (tuple(compared.levels["value_a"]), tuple(compared.levels["value_b"])) == values
    signs = compared.moves["change"].map({"placed": 1, "unplaced": -1}).fillna(0)
    assert compared.districts["change"].sum() == (compared.moves["size"] * signs).sum()
    back = dz.compare(instance, policy, b, a)
    pd.testing.assert_series_equal(back.districts["change"], -compared.districts["change"])
    assert back.moves["household"].tolist() == compared.moves["household"].tolist()
    assert str(compared)
