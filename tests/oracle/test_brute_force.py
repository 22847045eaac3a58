"""The enumeration: against a plainer one, and on cases derived by hand."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings

from dezentral import Cost, Evenness, Instance, Level, Placed, Policy, Relation, Rules
from tests.oracle.brute_force import INFEASIBLE, optimum
from tests.oracle.cases import city, household, site, unit
from tests.oracle.facts import Facts, Place, Placements
from tests.oracle.rules import RULES
from tests.oracle.semantics import level_value
from tests.strategies import problems


def _plainly(instance: Instance, policy: Policy) -> tuple[float, ...] | None:
    facts = Facts(instance, policy)
    kinds = [None, *((site, unit, units) for site, unit in facts.kinds for units in (1, 2, 3, 4, 5))]
    found: list[Placements] = []
    for choice in product(kinds, repeat=len(instance.households)):
        chosen = zip(instance.households, choice, strict=True)
        placements = {own.id: Place(*kind) for own, kind in chosen if kind is not None}
        if not any(breaks(facts, placements) for breaks in RULES.values()):
            found.append(placements)
    values: list[float] = []
    for level in policy.levels if found else ():
        judged = [level_value(facts, level, placements) for placements in found]
        values.append(min(judged))
        limit = level.limit(min(judged)) + 1e-9
        found = [placements for placements, value in zip(found, judged, strict=True) if value <= limit]
    return tuple(values) if values else None


@settings(max_examples=100)
@given(problems(most_plans=30))
def test_it_finds_what_a_plain_enumeration_finds(problem: tuple[Instance, Policy]) -> None:
    instance, policy = problem
    best, plain = optimum(instance, policy), _plainly(instance, policy)
    if plain is None:
        assert best is INFEASIBLE
    else:
        assert best is not INFEASIBLE
        assert best.values == pytest.approx(plain)


def test_a_later_level_may_use_the_slack_of_an_earlier_one() -> None:
    cheap, dear = site("cheap", unit(count=1), cost=1.0), site("dear", unit(count=1), cost=4.0, district="b")
    instance = city(cheap, dear, household("g", 2), household("h", 2))

    def values(**slack: float) -> tuple[float, ...]:
        best = optimum(instance, Policy(levels=(Level(Placed(), **slack), Level(Cost()))))
        assert best is not INFEASIBLE
        return best.values

    assert values() == (0.0, 2 * 1.0 + 2 * 4.0)
    assert values(abs_slack=1.9) == (0.0, 10.0)
    assert values(abs_slack=2.0) == (0.0, 2.0)  # the value is of the level's own solve, not of the plan
    assert values(rel_slack=9.0) == (0.0, 10.0)  # nine times nothing is nothing


def test_slack_is_taken_from_the_optimum_of_the_own_solve() -> None:
    # Costs -6 (both in), -3 or 0; half of |-6| more is -3: one household has to be placed, the other need not.
    instance = city(site("s", cost=-1.5), household("g", 2), household("h", 2), site("t", district="b"))
    levels = (Level(Cost(), rel_slack=0.5), Level(Evenness()))
    best = optimum(instance, Policy(levels=levels))
    assert best is not INFEASIBLE
    # N = 4, targets 2 and 2: one in each district is perfect, and costs -3.
    assert best.values == pytest.approx((-6.0, 0.0))
    assert sorted(placement.site for placement in best.plan.placements) == ["s", "t"]


def test_what_is_fixed_and_cannot_be_is_infeasible() -> None:
    sites = site("s", unit(count=1)), site("t")
    barred = household(fixed_site="s", excluded_sites={"s"})
    assert optimum(city(*sites, barred), Policy.default()) is INFEASIBLE
    crowd = [household(key, 3, fixed_site="s") for key in "gh"]
    assert optimum(city(*sites, *crowd), Policy.default()) is INFEASIBLE
    apart = Relation(kind="different_district", households=("g", "h"))
    torn = [household("g", fixed_site="s"), household("h", fixed_site="t")]
    assert optimum(city(*sites, *torn, relations=[apart]), Policy.default()) is INFEASIBLE
    assert optimum(city(*sites, *torn), Policy(rules=Rules(max_site_persons=0))) is INFEASIBLE
    assert optimum(city(*sites, *torn), Policy.default()) is not INFEASIBLE
