"""conflict: minimal, re-verified, and the fewest placements to release."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral.assess.changed import in_units_of
from dezentral.checks import RULE_NAMES
from dezentral.reasons.minimal import minimal_conflict
from tests.checks.small import FLAT, city, household, site
from tests.strategies import problems

DEFAULT = dz.Policy.default()
ONE_FLAT = [dz.Unit(id="flat", beds=4)]
DAY = dt.date(2026, 3, 1)
pinned = partial(household, fixed_site="s")


def _found(instance: dz.Instance, **rules: object) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    found = dz.conflict(instance, dz.Policy(rules=dz.Rules(**rules)))
    assert found is not None
    assert found.proven
    return found.rules, found.fixed, len(found.release)


def test_a_city_that_has_a_plan_has_no_conflict():
    assert dz.conflict(dz.Instance(districts=(), sites=()), DEFAULT) is None
    assert dz.conflict(city([site("s")], [pinned("h"), household("g", 99)]), DEFAULT) is None


def test_two_households_in_one_flat():
    # of three that are fixed there, any two are one too many; two have to be released, the smaller ones
    town = city([site("s", units=ONE_FLAT)], [pinned("g", 4), pinned("h", 2), pinned("i", 1), household("k", 4)])
    found = dz.conflict(town, DEFAULT)
    assert (found.rules, len(found.fixed)) == (("units",), 2)
    assert found.release == ("h", "i")


def test_a_fixed_site_among_the_own_exclusions():
    assert _found(city([site("s")], [pinned("h", excluded_sites={"s"})])) == (("excluded",), ("h",), 1)
    assert _found(city([site("s")], [pinned("h", excluded_districts={"a"})])) == (("excluded",), ("h",), 1)


def test_a_household_that_fits_nowhere_in_its_site():
    assert _found(city([site("s", units=ONE_FLAT)], [pinned("h", 5)])) == (("units",), ("h",), 1)
    assert _found(city([site("s", units=())], [pinned("h")])) == (("units",), ("h",), 1)
    area = [dz.Unit(id="flat", beds=4, area_m2=20.0)]  # ⌊20 / 7⌋ = 2 persons
    assert _found(city([site("s", units=area)], [pinned("h", 3)]), min_area_per_person_m2=7.0)[0] == ("units",)


def test_a_site_without_units_may_be_nowhere():
    school = dz.Service(id="k", kind="school", x=500.0, y=0.0)
    who = pinned("h", needs={"school": 1}, anchors=[dz.Anchor(x=0.0, y=0.0)])
    town = city([site("s", units=()), site("t", x=0.0, y=0.0)], [who], services=[school])
    assert _found(town, max_distance={"school": 10.0}) == (("units",), ("h",), 1)


@pytest.mark.parametrize(
    ("rule", "where", "who", "rules"),
    [
        ("open", {"opening_cost": 1.0}, {}, {}),
        ("open", {"open_until": DAY}, {}, {}),
        ("open", {"open_from": dt.date(2027, 1, 1)}, {}, {"min_stay_days": 30}),
        ("min_stay", {"open_until": dt.date(2026, 3, 2)}, {}, {"min_stay_days": 2}),
        ("admits", {"admits": {"family"}}, {}, {}),
        ("requires", {}, {"requires": {"lift"}}, {}),
        ("site_cap", {"max_persons": 1}, {}, {}),
        ("site_cap", {}, {}, {"max_site_persons": 1}),
        ("operator_cap", {"operator": "op"}, {}, {"operator_capacity": {"op": 1}}),
        ("max_distance", {}, {"needs": {"school": 1}}, {"max_distance": {"school": 100.0}}),
        ("service_capacity", {}, {"needs": {"school": 2}}, {"service_capacity": True}),
    ],
)
def test_one_household_against_one_rule(rule, where, who, rules):
    school = dz.Service(id="k", kind="school", x=500.0, y=0.0, capacity=1)
    town = city([site("s", x=0.0, y=0.0, **where)], [pinned("h", 2, **who)], services=[school], date=DAY)
    assert _found(town, **rules) == ((rule,), ("h",), 1)


def test_a_site_closed_long_ago_breaks_two_rules_each_alone():
    town = city([site("s", open_until=dt.date(2020, 1, 1))], [pinned("h")], date=DAY)
    assert _found(town, min_stay_days=1) in [((rule,), ("h",), 1) for rule in ("open", "min_stay")]


def test_districts_without_a_share_and_with_a_limit():
    districts = [dz.District(id="a", population=0), dz.District(id="b", population=5, max_persons=1)]
    sites = [site("s"), site("t", "b")]
    assert _found(city(sites, [pinned("h")], districts=districts)) == (("district_share",), ("h",), 1)
    other = city(sites, [household("h", 2, fixed_site="t")], districts=districts)
    assert _found(other) == (("district_cap",), ("h",), 1)


def test_too_many_persons_living_alone():
    # 4 places, ⌈0.25 · 4⌉ = 1 person alone; the lifted units do not widen the share
    town = city([site("s", units=[dz.Unit(id="dorm", beds=4, sharing="dormitory")])], [pinned(k) for k in "ghi"])
    assert _found(town, max_single_share=0.25) == (("single_share",), ("g", "h"), 2)
    assert _found(town, max_single_share=0.0) == (("single_share",), ("g",), 3)


def test_households_that_must_live_apart():
    relation = dz.Relation(kind="different_district", households=("g", "h", "k"))
    town = city([site("s")], [pinned("g", 3), pinned("h", 2), household("k")], relations=[relation])
    found = dz.conflict(town, DEFAULT)
    assert (found.rules, found.fixed, found.release) == (("relation",), ("g", "h"), ("h",))


def test_who_lives_there_today_counts():
    # the three who live in s are over its cap: nobody new enters, though none of them need stay
    living = [household(f"l{i}", current_site="s") for i in range(3)]
    town = city([site("s", max_persons=2)], [*living, pinned("h")])
    assert _found(town) == (("site_cap",), ("h",), 1)


def test_two_separate_conflicts_need_two_releases():
    sites = [site("s", units=ONE_FLAT), site("t", units=ONE_FLAT, admits=())]
    town = city(sites, [pinned("g"), pinned("h"), household("k", fixed_site="t")])
    rules, _, release = _found(town)
    assert rules in {("units",), ("admits",)}
    assert release == 2


def test_the_text_names_no_household():
    town = city([site("s", units=ONE_FLAT)], [pinned("hh-1"), pinned("hh-2")])
    found = dz.conflict(town, DEFAULT)
    assert "hh-" not in str(found) + found.text("de")
    assert str(found).startswith("There is no plan: 2 households with a fixed site")


def _telling(monkeypatch: pytest.MonkeyPatch, *, only: dz.Status) -> None:
    """Let the engine tell nothing but one status."""

    def solve(*args: object, **kwargs: object) -> dz.Result:
        result = dz.solve(*args, **kwargs)
        return result if result.status is only else result.model_copy(update={"status": dz.Status.UNKNOWN})

    monkeypatch.setattr("dezentral.reasons.fixed_only.solve", solve)


def test_what_cannot_be_told_is_not_called_feasible(monkeypatch):
    _telling(monkeypatch, only=dz.Status.OPTIMAL)
    with pytest.raises(dz.DezentralError, match="time_limit"):
        dz.conflict(city([site("s", units=ONE_FLAT)], [pinned("g"), pinned("h")]), DEFAULT)


def test_what_is_not_proven_minimal_is_not_called_so(monkeypatch):
    _telling(monkeypatch, only=dz.Status.INFEASIBLE)
    found = dz.conflict(city([site("s", units=ONE_FLAT)], [pinned("g"), pinned("h")]), DEFAULT)
    assert (found.rules, found.fixed, found.proven) == (("units",), ("g", "h"), False)
    assert "not proven" in str(found)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.frozensets(st.integers(0, 12), min_size=1), min_size=1, max_size=4))
def test_halving_finds_a_minimal_part(conflicts):
    found = set(minimal_conflict(range(13), lambda some: any(each <= set(some) for each in conflicts)))
    assert any(each <= found for each in conflicts)
    assert not any(each <= found - {one} for one in found for each in conflicts)


def _keeps(instance: dz.Instance, policy: dz.Policy, rules: set[str], fixed: tuple[str, ...]) -> bool:
    """Say by listing all plans whether some households can be at their fixed sites under some rules."""
    units = {place.id: [unit.id for unit in place.units] for place in instance.sites}
    target = {one.id: one.fixed_site for one in instance.households}
    others = [one.id for one in instance.households if one.id not in fixed]
    if "units" not in rules and any(not units[target[key]] for key in fixed):
        fixed = tuple(key for key in fixed if units[target[key]])  # without units, there is nothing a plan could name
    for kinds in itertools.product(*(units[target[key]] for key in fixed)):
        rows = [
            dz.Placement(household=key, site=target[key], unit=kind) for key, kind in zip(fixed, kinds, strict=True)
        ]
        left = [one.id for one in instance.households if one.id not in fixed]
        plan = in_units_of(instance, policy, dz.Plan(placements=rows, unplaced=left))
        kept = {violation.rule for violation in dz.check(instance, policy, plan)} & rules
        if not kept:
            return True
    return not fixed or (not others and not fixed)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(problems(3_000), st.integers(0, 2**16))
def test_random_conflicts_are_minimal_by_listing_all_plans(problem, seed):
    instance, policy = problem
    dice = random.Random(seed)  # noqa: S311  nothing secret
    places = [place for place in instance.sites if place.units]
    if not places:
        return
    near = dice.sample(places, min(len(places), 2))
    households = [
        one.model_copy(update={"fixed_site": dice.choice(near).id if dice.random() < 0.8 else None})
        for one in instance.households
    ]
    instance = instance.replace(households=tuple(households))
    fixed = tuple(one.id for one in households if one.fixed_site is not None)
    rules = set(RULE_NAMES) - {"fixed"}
    found = dz.conflict(instance, policy)
    feasible = _keeps(instance, policy, rules, fixed)
    assert (found is None) == feasible
    assert (dz.solve(instance, policy).status is dz.Status.INFEASIBLE) == (not feasible)
    if found is None:
        return
    assert found.proven
    assert not _keeps(instance, policy, set(found.rules), found.fixed)
    for rule in found.rules:
        assert _keeps(instance, policy, set(found.rules) - {rule}, found.fixed)
    for key in found.fixed:
        assert _keeps(instance, policy, set(found.rules), tuple(own for own in found.fixed if own != key))
    fewest = min(
        n
        for n in range(len(fixed) + 1)
        for some in itertools.combinations(fixed, n)
        if _keeps(instance, policy, rules, tuple(key for key in fixed if key not in some))
    )
    assert len(found.release) == fewest
    assert _keeps(instance, policy, rules, tuple(key for key in fixed if key not in found.release))


def test_flats_have_room():
    assert FLAT.count == 9  # what the cities above rely on
