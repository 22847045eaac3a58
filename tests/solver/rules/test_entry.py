"""admits, requires, excluded, fixed, min_stay: who may enter where."""

import datetime as dt

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import EXACT, left_out, policy_of, solved, where

DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("admits", "traits", "left"),
    [
        (None, [], 0),
        (["women"], ["women", "student"], 0),  # one of its traits is enough
        (["women", "lgbt"], ["lgbt"], 0),
        (["women"], ["men"], 2),
        (["women"], [], 2),
        ([], ["women"], 2),  # admits nobody
    ],
)
def test_a_site_admits_some_traits(admits, traits, left):
    instance = city([site(admits=admits)], [household("h", 2, traits=traits)])
    assert left_out(instance)[0] == left


def test_who_lives_at_a_site_stays_whomever_it_admits():
    assert left_out(city([site(admits=[])], [household("h", 2, current_site="s")])) == (0, ())


@pytest.mark.parametrize(
    ("of_unit", "of_site", "left"),
    [
        (["quiet"], ["step_free"], 0),  # unit and site together
        (["quiet", "step_free", "bath"], [], 0),
        (["quiet"], [], 2),
        ([], ["step_free"], 2),
    ],
)
def test_required_features_come_from_unit_or_site(of_unit, of_site, left):
    unit = dz.Unit(id="flat", beds=4, features=of_unit)
    instance = city([site(units=[unit], features=of_site)], [household("h", 2, requires=["quiet", "step_free"])])
    assert left_out(instance)[0] == left


def test_who_stays_needs_no_required_feature_but_another_kind_there_is_judged_anew():
    plain, quiet = dz.Unit(id="plain", beds=4), dz.Unit(id="quiet", beds=4, features=["quiet"])
    people = [
        household("g", 2, requires=["quiet"], current_site="s", current_unit="plain"),
        household("h", 2, requires=["bath"], current_site="s", current_unit="gone"),
    ]
    units = [plain, quiet, dz.Unit(id="gone", beds=4, count=0)]
    # g stays in plain or changes to quiet; h could only stay in the kind that is gone
    assert left_out(city([site(units=units)], people)) == (2, ("h",))


@pytest.mark.parametrize(
    ("excluded", "left"),
    [
        ({"excluded_sites": ["t"]}, 0),
        ({"excluded_sites": ["s"]}, 2),
        ({"excluded_districts": ["b"]}, 0),
        ({"excluded_districts": ["a"]}, 2),
    ],
)
@pytest.mark.parametrize("current", [None, "s"])
def test_exclusions_bind_newcomers_and_those_who_live_there(excluded, left, current):
    instance = city([site(), site("t", "b", units=())], [household("h", 2, current_site=current, **excluded)])
    assert left_out(instance)[0] == left


def test_a_fixed_site_is_where_the_household_is_placed():
    # t costs nothing and nobody need be placed at all, yet the 2 of g are placed at s for 9 each
    instance = city([site(cost=9.0), site("t", "b")], [household("g", 2, fixed_site="s"), household("h", 3)])
    result = solved(instance, dz.Cost())
    assert where(result)["g"] == "s"
    assert result.levels[0].value == 18


@pytest.mark.parametrize(
    ("people", "more"),
    [
        ([household("h", 5, fixed_site="s")], {}),  # 5 > 4 beds
        ([household("g", 2, fixed_site="s"), household("h", 2, fixed_site="s")], {}),  # one flat for two
        ([household("h", 2, fixed_site="s", excluded_sites=["s"])], {}),
        ([household("h", 2, fixed_site="s", excluded_districts=["a"])], {}),
        ([household("h", 2, fixed_site="s")], {"max_persons": 1}),
        ([household("h", 2, fixed_site="s")], {"opening_cost": 1.0}),
        ([household("h", 2, fixed_site="s")], {"admits": []}),
    ],
)
def test_a_fixed_site_that_cannot_be_is_infeasible(people, more):
    flat = dz.Unit(id="flat", beds=4)
    result = dz.solve(city([site(units=[flat], **more)], people), policy_of(dz.Placed()), EXACT)
    assert (result.status, result.plan, result.levels) == (dz.Status.INFEASIBLE, None, ())


def test_a_fixed_site_at_exactly_its_limits_is_feasible():
    flat = dz.Unit(id="flat", beds=4)
    instance = city([site(units=[flat], max_persons=4)], [household("h", 4, fixed_site="s")])
    assert left_out(instance) == (0, ())


def test_relations_can_make_fixed_sites_infeasible():
    apart = [dz.Relation(kind="different_district", households=("g", "h"))]
    people = [household("g", 2, fixed_site="s"), household("h", 2, fixed_site="t")]
    for district, status in (("a", dz.Status.INFEASIBLE), ("b", dz.Status.OPTIMAL)):
        instance = city([site(), site("t", district)], people, relations=apart)
        assert dz.solve(instance, policy_of(dz.Placed()), EXACT).status is status


@pytest.mark.parametrize(("days", "left"), [(30, 0), (29, 2)])
def test_a_new_placement_must_last(days, left):
    instance = city([site(open_until=DAY + dt.timedelta(days=days))], [household("h", 2)], date=DAY)
    assert left_out(instance, min_stay_days=30)[0] == left


def test_who_lives_there_may_stay_to_the_last_day():
    closing = site(open_until=DAY + dt.timedelta(days=1))
    instance = city([closing], [household("h", 2, current_site="s")], date=DAY)
    assert left_out(instance, min_stay_days=30) == (0, ())
