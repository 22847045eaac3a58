"""The exchanges that gain most, against all there are."""

from __future__ import annotations

import itertools
import math

import pytest
from hypothesis import given, settings

import dezentral as dz
from dezentral.strategy.exchanging import exchange
from dezentral.strategy.exchanging.residual import rank
from tests.oracle.facts import Facts
from tests.strategies import problems_with_plan

POLICY = dz.Policy.default()
FLAT = dz.Unit(id="flat", beds=2)


def ring(*households: dz.Household, **more: object) -> dz.Instance:
    """Four districts a, b, c, d with one flat each."""
    return dz.Instance(
        districts=[dz.District(id=key, population=1000) for key in "abcd"],
        sites=[dz.Site(id=f"s{key}", district=key, units=[FLAT]) for key in "abcd"],
        households=households,
        **more,
    )


def wish(key: str, *wishes: str, size: int = 2, **more: object) -> dz.Household:
    return dz.Household(id=key, size=size, wishes=wishes, **more)


def at(instance: dz.Instance, **where: str) -> dz.Plan:
    return dz.Plan(
        placements=[dz.Placement(household=key, site=site, unit="flat") for key, site in where.items()],
        unplaced=[one.id for one in instance.households if one.id not in where],
    )


def sites(result: dz.Result) -> list[str]:
    return [placement.site for placement in result.plan.placements]


def test_three_in_a_ring_go_round_at_once():
    # No two of them can swap; all three together gain 1 rank × 2 persons each.
    city = ring(wish("g", "b"), wish("h", "c"), wish("i", "a"))
    result = exchange(city, POLICY, at(city, g="sa", h="sb", i="sc"))
    assert sites(result) == ["sb", "sc", "sa"]
    assert result.status is dz.Status.OPTIMAL
    assert (result.levels[0].value, result.levels[0].bound) == (-6.0, -6.0)
    assert len(result.levels) == 1


def test_nobody_goes_to_a_free_flat_if_evenness_worsens():
    # g wishes to go to b, which is empty: from b's target of 1.5 the load of c, d would matter, not g's own move:
    # a and b have the same target, so the move is as even; to b where h lives it would not be.
    city = ring(wish("g", "b"), wish("h")).replace(
        sites=[dz.Site(id=f"s{key}", district=key, units=[FLAT.model_copy(update={"count": 2})]) for key in "abcd"]
    )
    assert sites(exchange(city, POLICY, at(city, g="sa", h="sb"))) == ["sa", "sb"]
    assert sites(exchange(city, POLICY, at(city, g="sa", h="sc"))) == ["sb", "sc"]
    uneven = dz.Policy(levels=[dz.Level(dz.Placed())])
    assert sites(exchange(city, uneven, at(city, g="sa", h="sb"))) == ["sb", "sb"]


def test_who_has_no_wishes_stays_and_who_is_unplaced_stays_out():
    city = ring(wish("g", "b"), wish("h"), wish("i", "c"))
    result = exchange(city, POLICY, at(city, g="sa", h="sb"))
    assert sites(result) == ["sa", "sb"]
    assert result.plan.unplaced == ("i",)
    assert result.levels[0].value == 0


def test_nobody_moves_down_for_others():
    # h would have to leave its first wish for g's gain of 2 ranks; c is free, g's second wish, and gains it 1.
    city = ring(wish("g", "b", "c", size=2), wish("h", "b", "a", size=1))
    assert sites(exchange(city, POLICY, at(city, g="sa", h="sb"))) == ["sc", "sb"]
    full = city.replace(sites=city.sites[:2])
    assert sites(exchange(full, POLICY, at(full, g="sa", h="sb"))) == ["sa", "sb"]


def test_a_move_of_equal_rank_makes_room_for_another():
    # h wishes for a and b alike little: unlisted before and after. It goes to d so that g gets b.
    city = ring(wish("g", "b"), wish("h", "c"), wish("i"))
    result = exchange(city, POLICY, at(city, g="sa", h="sb", i="sc"))
    assert sites(result)[0] == "sb"
    assert sites(result)[1] in {"sa", "sd"}


def test_what_is_broken_stays_as_it_is_and_the_rest_exchanges():
    # x (3 persons) is in a flat for 2: that stays so; g and h swap.
    city = ring(wish("g", "b"), wish("h", "a"), wish("x", "d", size=3))
    plan = at(city, g="sa", h="sb", x="sc")
    result = exchange(city, POLICY, plan)
    assert sites(result) == ["sb", "sa", "sc"]
    assert dz.check(city, POLICY, result.plan) == dz.check(city, POLICY, plan)


def test_who_is_where_too_many_are_may_leave_and_nobody_follows():
    # g and h share the only flat of a by hand. g goes to c, its wish: 1 rank x 2 persons; i, who wishes for a, may not.
    city = ring(wish("g", "c"), wish("h"), wish("i", "a"))
    loose = dz.Policy(levels=[dz.Level(dz.Placed())])
    plan = at(city, g="sa", h="sa", i="sb")
    assert [one.rule for one in dz.check(city, loose, plan)] == ["units"]
    result = exchange(city, loose, plan)
    assert sites(result) == ["sc", "sa", "sb"]
    assert (result.levels[0].value, result.status) == (-2.0, dz.Status.OPTIMAL)


@pytest.mark.parametrize("broken", [{"requires": ["lift"]}, {"excluded_sites": ["sa"]}, {"fixed_site": "sd"}])
def test_others_come_and_go_where_somebody_breaks_a_rule_alone(broken):
    # x is where it should not be and stays there; a has a second flat, in which g lives and to which h wishes.
    city = ring(wish("g", "b"), wish("h", "a"), wish("x", "c", **broken))
    two = city.sites[0].model_copy(update={"units": (FLAT.model_copy(update={"count": 2}),)})
    city = city.replace(sites=[two, *city.sites[1:]])
    plan = at(city, g="sa", h="sb", x="sa")
    assert len(dz.check(city, POLICY, plan)) == 1
    result = exchange(city, POLICY, plan)
    assert sites(result) == ["sb", "sa", "sa"]
    assert dz.check(city, POLICY, result.plan) == dz.check(city, POLICY, plan)


def test_who_is_not_admitted_keeps_nobody_else_out():
    city = ring(wish("g", "b", traits=["w"]), wish("h", "a", traits=["w"]), wish("x", "c"))
    two = city.sites[0].model_copy(update={"units": (FLAT.model_copy(update={"count": 2}),), "admits": {"w"}})
    city = city.replace(sites=[two, *city.sites[1:]])
    plan = at(city, g="sa", h="sb", x="sa")
    assert [one.rule for one in dz.check(city, POLICY, plan)] == ["admits"]
    assert sites(exchange(city, POLICY, plan)) == ["sb", "sa", "sa"]


def test_who_changes_the_unit_within_its_site_does_not_stay_in_the_old_one_after_all():
    # x lives in the room and is to have the flat: only the room is free for g, whichever of the two is named first.
    for own, other in (("flat", "room"), ("room", "flat")):
        units = [FLAT, FLAT.model_copy(update={"id": "room"})]
        city = ring()
        city = city.replace(
            sites=[city.sites[0].model_copy(update={"units": tuple(units)}), *city.sites[1:]],
            households=[wish("g", "a"), wish("x", current_site="sa", current_unit=other)],
        )
        plan = dz.Plan(
            placements=[
                dz.Placement(household="g", site="sb", unit="flat"), dz.Placement(household="x", site="sa", unit=own),
            ]
        )  # fmt: skip
        result = exchange(city, dz.Policy(levels=[dz.Level(dz.Placed())]), plan)
        assert [(one.site, one.unit) for one in result.plan.placements] == [("sa", other), ("sa", own)]
        assert result.status is dz.Status.OPTIMAL


def test_overrides_stay_in_the_plan():
    city = ring(wish("g", "b"))
    override = dz.Override(household="g", site="sa", by="A. Planner", reason="near the clinic")
    plan = at(city, g="sa").model_copy(update={"overrides": (override,)})
    assert exchange(city, POLICY, plan).plan.overrides == (override,)


def test_an_empty_city_has_nothing_to_exchange():
    nobody = dz.Instance(districts=(), sites=())
    assert exchange(nobody, POLICY, dz.Plan()).plan == dz.Plan()


def test_a_plan_of_another_instance_is_refused():
    with pytest.raises(dz.PlanError, match="household 'x'"):
        exchange(ring(), POLICY, dz.Plan(unplaced=["x"]))


@settings(max_examples=150)
@given(problems_with_plan())
def test_no_exchange_gains_more(problem):
    instance, policy, plan = problem
    instance = few_wishes(instance, plan)
    result = exchange(instance, policy, plan)
    before, after = dz.check(instance, policy, plan), dz.check(instance, policy, result.plan)
    assert {known(one) for one in after} <= {known(one) for one in before}
    assert result.plan.unplaced == plan.unplaced
    gained = gain(instance, plan, result.plan)
    assert gained is not None
    assert result.levels[0].value == -gained
    assert not_less_even(instance, policy, plan, result.plan)
    assert result.status is dz.Status.OPTIMAL
    if not before:
        assert gained == best_gain(instance, policy, plan)


def known(violation: dz.Violation) -> tuple[object, ...]:
    return violation.rule, violation.sites, violation.districts


def few_wishes(instance: dz.Instance, plan: dz.Plan) -> dz.Instance:
    """Keep the wishes of three placed households, so that all exchanges can be tried."""
    movers = [one.household for one in plan.placements]
    wishing = [one.id for one in instance.households if one.wishes and one.id in movers][:3]
    kept = [one if one.id in wishing else one.model_copy(update={"wishes": ()}) for one in instance.households]
    everywhere = tuple(district.id for district in instance.districts)
    if not wishing and movers:  # somebody should have something to gain
        kept = [one.model_copy(update={"wishes": everywhere}) if one.id in movers[:2] else one for one in kept]
    return instance.replace(households=kept)


def gain(instance: dz.Instance, before: dz.Plan, after: dz.Plan) -> int | None:
    """Σ size × ranks gained; None if somebody may not be where they are."""
    households = {one.id: one for one in instance.households}
    district_of = {site.id: site.district for site in instance.sites}
    total = 0
    for old, new in zip(before.placements, after.placements, strict=True):
        one = households[old.household]
        ranks = rank(one, district_of[old.site]) - rank(one, district_of[new.site])
        if ranks < 0 or (old != new and not one.wishes):
            return None
        total += one.size * ranks
    return total


def not_less_even(instance: dz.Instance, policy: dz.Policy, before: dz.Plan, after: dz.Plan) -> bool:
    goals = [goal for level in policy.levels for goal in level.goals if isinstance(goal, dz.Evenness)]
    for goal in goals:
        alone = dz.Policy(rules=policy.rules, levels=[dz.Level(goal)])
        old, new = dz.score(instance, alone, before)[0], dz.score(instance, alone, after)[0]
        if new > old and not math.isclose(new, old, rel_tol=1e-9, abs_tol=1e-9):
            return False
    return True


def best_gain(instance: dz.Instance, policy: dz.Policy, plan: dz.Plan) -> int:
    facts = Facts(instance, policy)
    households = {one.id: one for one in instance.households}
    options = []
    for old in plan.placements:
        one = households[old.household]
        places = [old]
        for site, unit in facts.kinds if one.wishes else ():
            units = facts.units_taken(one, site, unit)
            if units is not None and (site, unit) != (old.site, old.unit):
                places.append(dz.Placement(household=one.id, site=site, unit=unit, units=units))
        options.append(places)
    best = 0
    for choice in itertools.product(*options):
        after = dz.Plan(placements=choice, unplaced=plan.unplaced)
        gained = gain(instance, plan, after)
        if gained is not None and gained > best and not dz.check(instance, policy, after):
            best = gained if not_less_even(instance, policy, plan, after) else best
    return best
