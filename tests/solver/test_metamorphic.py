"""What must hold between solves of related cities."""

from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from tests.checks.small import city, household, site

from .solving import policy_of, solved, values

SIZES = st.lists(st.integers(1, 5), min_size=1, max_size=6)
UNITS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 2), st.sampled_from(["household", "same_sex", "dormitory"])),
    min_size=2,
    max_size=3,
)


def town(sizes, units, more=0):
    sexes = ("f", "m", None)
    people = [household(f"h{i}", size, sex=sexes[i % 3]) for i, size in enumerate(sizes)]
    sites = [
        site(f"s{i}", "abc"[i], units=[dz.Unit(id="u", beds=beds, count=count + more * (i == 0), sharing=sharing)])
        for i, (beds, count, sharing) in enumerate(units)
    ]
    return city(sites, people)


@settings(max_examples=30)
@given(SIZES, UNITS)
def test_one_more_unit_leaves_nobody_out_who_was_placed_before(sizes, units):
    rules = {"max_units_per_household": 2, "max_site_persons": 9, "max_single_share": 0.5}
    before = values(town(sizes, units), dz.Placed(), **rules)
    after = values(town(sizes, units, more=1), dz.Placed(), **rules)
    assert after <= before


@settings(max_examples=20)
@given(SIZES, UNITS)
def test_a_tighter_rule_never_places_more(sizes, units):
    assert values(town(sizes, units), dz.Placed(), max_site_persons=4) >= values(town(sizes, units), dz.Placed())


@settings(max_examples=20)
@given(SIZES, UNITS)
def test_the_plan_as_the_new_present_moves_nobody(sizes, units):
    instance, levels = town(sizes, units), (dz.KeepHoused(), dz.Placed(), dz.Stability(), dz.Evenness())
    first = solved(instance, *levels)
    again = solved(instance.with_plan(first.plan), *levels)
    assert [level.value for level in again.levels[:3]] == [0, first.levels[1].value, 0]


def test_a_district_of_its_own_changes_nobodys_placing():
    instance = town([2, 3, 4, 1], [(4, 2, "household"), (3, 2, "household")])
    more = instance.replace(districts=[*instance.districts, dz.District(id="z", population=5)])
    assert values(more, dz.Placed(), dz.Wishes()) == values(instance, dz.Placed(), dz.Wishes())


def test_a_household_that_fits_nowhere_changes_no_other_level_but_placed():
    instance = town([2, 3], [(4, 2, "household"), (3, 2, "household")])
    crowd = instance.replace(households=[*instance.households, household("z", 9)])
    before, after = (dz.solve(one, policy_of(dz.Placed(), dz.Fit())) for one in (instance, crowd))
    assert [level.value for level in before.levels] == [0, 1]  # 3 in a flat of 3, 2 in another: 1 bed
    assert [level.value for level in after.levels] == [9, 1]
