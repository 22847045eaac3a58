"""unevenness_causes: proven bounds, each cause lifted alone and all together."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings

import dezentral as dz
from dezentral.checks import RULE_NAMES
from dezentral.reasons.causes import PEOPLE, RULES, SPACE, causes_in_force, lift
from tests.checks.small import city, household, plan_for, site
from tests.oracle.brute_force import _options, _sound_choices, _worth
from tests.oracle.facts import Facts
from tests.strategies import problems_with_plan

TO_MOVE = dz.Evenness(measure="persons_to_move")
POLICY = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Stability()), dz.Level(TO_MOVE)])
TWO = [dz.District(id=key, population=1000) for key in "ab"]
ROOMY = [dz.Unit(id="flat", beds=4, count=9)]


def _table(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan) -> dict[str, tuple[float, float]]:
    frame = dz.unevenness_causes(instance, policy, plan)
    return {row.cause: (row.alone, row.cumulative) for row in frame.itertuples()}


def test_what_capacity_costs():
    # one flat of four in b, plenty in a: of eight people in couples 2 are in b and 2 would have to move
    sites = [site("s", "a", ROOMY), site("t", "b", [dz.Unit(id="flat", beds=4)])]
    town = city(sites, [household(f"h{i}", 2) for i in range(4)], districts=TWO)
    frame = dz.unevenness_causes(town, POLICY, dz.solve(town, POLICY).plan)
    assert frame["cause"].tolist()[:4] == ["reached", "best_reachable", "perfect", "capacity"]
    assert frame["alone"].tolist()[:4] == [2.0, 2.0, 0.0, 0.0]
    assert frame["gain"].tolist()[3] == 2.0
    # person by person, four beds in b hold two couples
    assert frame.set_index("cause").loc["unit_sizes", "alone"] == 0.0
    english, german = frame.attrs["verdict"]["en"], frame.attrs["verdict"]["de"]
    assert english.endswith("reached 2, best reachable 2 (proven), perfect 0. "
                            "Most of what is left is due to the number of units where they are: without that, 0.")
    assert "bestenfalls erreichbar 2 (bewiesen)" in german


def test_a_district_without_a_site():
    town = city([site("s", "a", ROOMY)], [household("g", 2), household("h", 2)], districts=TWO)
    table = _table(town, POLICY, plan_for(town, g="s", h="s"))
    assert table["best_reachable"] == (2.0, 2.0)
    assert table["capacity"] == (0.0, 0.0)
    assert table["unit_sizes"][0] == 2.0


def test_what_people_cost():
    # both live in s; one is fixed there: to move the other is what evenness would need
    living = {"current_site": "s"}
    sites = [site("s", "a", ROOMY), site("t", "b", ROOMY)]
    town = city(sites, [household("g", 3, fixed_site="s", **living), household("h", 3, **living)], districts=TWO)
    table = _table(town, POLICY, plan_for(town, g="s", h="s"))
    assert table["best_reachable"] == (3.0, 3.0)
    assert table["fixed"][0] == 3.0
    assert table["current"] == (0.0, 0.0)


def test_what_a_rule_costs_and_what_household_sizes_cost():
    sites = [site("s", "a", ROOMY, admits={"family"}), site("t", "b", ROOMY)]
    town = city(sites, [household("g", 3), household("h", 4)], districts=TWO)
    table = _table(town, POLICY, plan_for(town, g="t", h="t"))
    # everyone in b: 7 and 0; once s admits them: 4 and 3, and no household can be split to do better
    assert table["best_reachable"][0] == 3.5
    assert table["admits"] == (0.5, 0.5)
    assert table["household_sizes"] == (3.5, 0.5)
    assert not {"area", "requires", "open", "site_cap"} & table.keys()  # nothing there to lift


def test_without_a_goal_of_evenness_it_is_the_chi_square():
    town = city([site("s", "a", ROOMY)], [household("h", 2)], districts=TWO)
    table = _table(town, dz.Policy(levels=[dz.Level(dz.Placed())]), plan_for(town, h="s"))
    assert table["reached"][0] == 2.0  # (2 − 1)² / 1 + (0 − 1)² / 1
    assert table["household_sizes"][1] == 0.0


def test_fewer_placed_is_no_way_to_be_even():
    # with h left out, loads would be even; but h is placed, and its weight is not to be lost
    town = city([site("s", "a", ROOMY)], [household("h", 2)], districts=[*TWO, dz.District(id="c", population=500)])
    table = _table(town, POLICY, plan_for(town, h="s"))
    assert table["reached"][0] == table["best_reachable"][0] > 0


def test_a_plan_that_breaks_rules_is_told_so():
    sites = [site("s", "a", ROOMY, admits=()), site("t", "b", ROOMY)]
    town = city(sites, [household("g", 2), household("h", 2)], districts=TWO)
    frame = dz.unevenness_causes(town, POLICY, plan_for(town, g="s", h="t"))
    # even, as s takes in nobody whom it may: with the rules everyone is in t
    assert frame["alone"].tolist()[:3] == [0.0, 2.0, 0.0]
    assert "breaks rules" in frame.attrs["verdict"]["en"]


def test_without_any_plan_nothing_is_reachable():
    town = city([site("s", "a", [dz.Unit(id="flat", beds=1)])], [household("h", 2, fixed_site="s")], districts=TWO)
    frame = dz.unevenness_causes(town, POLICY, plan_for(town))
    assert math.isnan(frame["alone"][1])
    assert frame["gain"].isna().all()
    assert "No plan that keeps the rules" in frame.attrs["verdict"]["en"]


def test_empty_cities_are_even():
    for town in (dz.Instance(districts=(), sites=()), city([], [])):
        frame = dz.unevenness_causes(town, dz.Policy.stuttgarter_weg(), dz.Plan())
        assert (frame["alone"] == 0).all()
        assert "Nothing stands between" in frame.attrs["verdict"]["en"]


def test_new_sites_are_near_whatever_is_needed():
    service = dz.Service(id="k", kind="school", x=0.0, y=0.0)
    people = [household(key, 2, needs={"school": 1}, anchors=[dz.Anchor(x=0.0, y=0.0)]) for key in "gh"]
    town = city([site("s", "a", ROOMY, x=0.0, y=0.0)], people, districts=TWO, services=[service])
    policy = POLICY.model_copy(update={"rules": dz.Rules(max_distance={"school": 10.0})})
    assert _table(town, policy, plan_for(town, g="s", h="s"))["capacity"][0] == 0.0


def test_the_words_are_given_in_the_language_asked_for():
    town = city([site("s", "a", ROOMY)], [], districts=TWO)
    assert dz.unevenness_causes(town, POLICY, dz.Plan(), language="de")["what"][2] == "ideal"
    with pytest.raises(dz.PolicyError):
        dz.unevenness_causes(town, POLICY, dz.Plan(), language="fr")


def test_a_plan_of_another_instance_is_refused():
    with pytest.raises(dz.PlanError):
        dz.unevenness_causes(city([site("s")], [household("h")]), POLICY, dz.Plan())


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems_with_plan())
def test_bounds_agree_with_listing_all_plans(problem):
    instance, policy, plan = problem
    frame = dz.unevenness_causes(instance, policy, plan).set_index("cause")
    causes = list(frame.index[3:])
    assert causes == list(causes_in_force(instance, policy))
    assert set(causes) <= {*SPACE, *RULES, *PEOPLE}
    best = frame.loc["best_reachable", "alone"]
    if math.isnan(best):
        assert dz.solve(instance, policy).status is dz.Status.INFEASIBLE
        return
    sound = not dz.check(instance, policy, plan)
    assert not sound or best <= frame.loc["reached", "alone"] + 1e-6
    gains = best - frame.loc[causes, "alone"]
    assert frame.loc[causes, "gain"].tolist() == pytest.approx(gains.tolist(), abs=1e-6)
    assert (frame.loc[causes, "gain"] >= 0.0).all()
    chain = [best, *frame.loc[causes, "cumulative"]]
    assert all(later <= earlier for earlier, later in pairwise(chain))
    assert (frame.loc[causes, "alone"] <= best).all()
    assert (frame.loc[causes, "alone"] >= frame.loc[causes, "cumulative"]).all()
    if not sound:
        return
    assert best == pytest.approx(_listed(instance, policy, plan, ()), abs=1e-6)
    for cause in causes:
        if cause != "household_sizes":  # too many persons to list all their plans
            expected = _listed(instance, policy, plan, (cause,))
            assert frame.loc[cause, "alone"] == pytest.approx(expected, abs=1e-6)


def _listed(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan, causes: tuple[str, ...]) -> float:
    """Return the best evenness of all plans that leave no more unplaced, nor move more."""
    evens = [i for i, level in enumerate(policy.levels) if any(isinstance(goal, dz.Evenness) for goal in level.goals)]
    before = policy.levels[: evens[0]] if evens else policy.levels
    stays = any(isinstance(goal, dz.Stability) for level in before for goal in level.goals)
    measures = [goal.measure for level in policy.levels for goal in level.goals if isinstance(goal, dz.Evenness)]
    housing = [dz.KeepHoused(), dz.Placed(), *([dz.Stability()] if stays and "current" not in causes else [])]
    limits = dz.score(instance, dz.Policy(levels=[dz.Level(goal) for goal in housing]), plan)
    opened = lift(instance, policy, plan, causes)
    facts = Facts(opened.instance, opened.policy)
    options = [_options(facts, one) for one in opened.instance.households]
    worths = [_worth(facts, options, dz.Level(goal)) for goal in housing]
    even = _worth(facts, options, dz.Level(dz.Evenness(measure=measures[0] if measures else "chi2")))
    return min(
        even(choice)
        for choice in _sound_choices(facts, options)
        if all(worth(choice) <= limit + 1e-9 for worth, limit in zip(worths, limits, strict=True))
    )


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems_with_plan())
def test_a_sound_plan_stays_sound_whatever_is_lifted(problem):
    instance, policy, plan = problem
    causes = causes_in_force(instance, policy)
    broken = {violation.rule for violation in dz.check(instance, policy, plan)}
    for some in [(own,) for own in causes] + [causes[:i] for i in range(len(causes) + 1)]:
        opened = lift(instance, policy, plan, some)
        after = {violation.rule for violation in dz.check(opened.instance, opened.policy, opened.start)}
        assert after <= broken
    assert set(RULE_NAMES) >= broken
