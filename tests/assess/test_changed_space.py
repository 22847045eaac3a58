"""Space lifted: units without limit, places person by person, persons one by one."""

from __future__ import annotations

import dezentral as dz
from dezentral.assess.changed_space import person_by_person, places_for_persons, plan_of_persons, unlimited_units
from tests.checks.small import city, household, plan_for, site

POLICY = dz.Policy(rules=dz.Rules(min_area_per_person_m2=7.0, max_moves=2, max_single_share=0.5))
FLAT = dz.Unit(id="flat", beds=4, count=3, area_m2=10.0)


def _places(instance: dz.Instance) -> list[list[tuple[int, int, str]]]:
    return [[(unit.beds, unit.count, unit.sharing) for unit in place.units] for place in instance.sites]


def test_units_without_limit_and_a_site_in_every_district():
    town = city([site("s"), site("new 0", "b", ())], [household("g", 2), household("h", 12)])
    roomy, policy = unlimited_units(town, POLICY)
    # as many units as there are persons (14), a site in b, whose own has no units, and in c; the name is free
    assert [(place.id, place.district) for place in roomy.sites[2:]] == [("new 1", "b"), ("new 2", "c")]
    assert _places(roomy) == [[(4, 14, "household")], [], [(12, 14, "household")], [(12, 14, "household")]]
    assert policy == POLICY


def test_places_are_as_many_as_the_units_hold_together():
    # three flats of 10 m² hold ⌊30 / 7⌋ = 4 persons; where somebody lives today, their beds count: 12
    living = household("h", 4, current_site="t", current_unit="flat")
    town = city([site("s", units=[FLAT]), site("t", units=[FLAT])], [living])
    assert _places(places_for_persons(town, POLICY)[0]) == [[(1, 4, "dormitory")], [(1, 12, "dormitory")]]


def test_households_person_by_person():
    service = dz.Service(id="k", kind="school", x=0.0, y=0.0)
    people = [household("g", 3, needs={"school": 2}, traits={"family"}), household("h")]
    relation = dz.Relation(kind="same_site", households=("g", "h"))
    town = city([site("s", x=0.0, y=0.0)], people, services=[service], relations=[relation])
    apart, policy = person_by_person(town, POLICY)
    assert [one.id for one in apart.households] == ["0.0", "0.1", "0.2", "1.0"]
    assert [dict(one.needs) for one in apart.households] == [{"school": 1}, {"school": 1}, {}, {}]
    assert all(one.traits == {"family"} for one in apart.households[:3])
    assert apart.relations[0].households == ("0.0", "1.0")
    assert policy.rules.max_moves == 6  # two households of at most three
    assert policy.rules.max_single_share is None
    plan = plan_of_persons(town, plan_for(town, g="s"))
    assert [placement.household for placement in plan.placements] == ["0.0", "0.1", "0.2"]
    assert plan.unplaced == ("1.0",)
    assert dz.check(apart, policy, plan) == ()
