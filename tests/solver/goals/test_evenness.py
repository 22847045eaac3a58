"""Evenness: optima of the three measures, derived by hand."""

import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.goals.evenness import _parts_of_a_person, worst
from dezentral.solver.stage import limited
from tests.checks.small import city, household, site
from tests.solver.solving import solved, values

MEASURES = ("chi2", "persons_to_move", "max_ratio")
LARGE, SMALL = dz.District(id="a", population=3000), dz.District(id="b", population=1000)


def flats(count):
    return [dz.Unit(id="flat", beds=4, count=count)]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        # 4 × 2 persons over two equal districts, a has one flat: loads 2 and 6, targets 4 and 4
        ("chi2", 2.0),  # 4/4 + 4/4
        ("persons_to_move", 2.0),  # ½ (2 + 2)
        ("max_ratio", 1.5),  # 6/4
    ],
)
def test_capacity_keeps_districts_from_being_even(measure, value):
    districts = [dz.District(id=key, population=1000) for key in "ab"]
    people = [household(f"h{i}", 2) for i in range(4)]
    instance = city([site(units=flats(1)), site("t", "b")], people, districts=districts)
    assert values(instance, dz.Placed(), dz.Evenness(measure=measure)) == [0, value]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_perfect_spread_follows_the_populations(measure):
    # 8 × 1 over 3000 : 1000 → 6 and 2
    instance = city([site(), site("t", "b")], [household(f"h{i}") for i in range(8)], districts=[LARGE, SMALL])
    result = solved(instance, dz.Placed(), dz.Evenness(measure=measure))
    assert result.levels[1].value == (1 if measure == "max_ratio" else 0)
    assert sorted(placement.site for placement in result.plan.placements) == ["s"] * 6 + ["t"] * 2


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        # 3 persons in one household; targets 2.25 and 0.75: at s loads 3, 0, at t loads 0, 3
        ("chi2", 0.75**2 / 2.25 + 0.75**2),  # the target of b counts as 1 below the line; at t: 2.25 + 5.06
        ("persons_to_move", 0.75),
        ("max_ratio", 3 / 2.25),
    ],
)
def test_targets_below_one_count_as_one(measure, value):
    instance = city([site(), site("t", "b")], [household("h", 3)], districts=[LARGE, SMALL])
    assert values(instance, dz.Placed(), dz.Evenness(measure=measure)) == pytest.approx([0, value], rel=1e-6)


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        # nobody need be placed. 4 × 2 persons, targets 4 and 4, room only for 2 at a and 8 at b
        ("chi2", 1.0),  # loads 2, 4: 4/4 + 0
        ("persons_to_move", 0.0),  # nobody placed, or 2 and 2: measured against those who are placed
        ("max_ratio", 0.0),
    ],
)
def test_targets_stand_for_everybody_but_loads_for_those_placed(measure, value):
    districts = [dz.District(id=key, population=1000) for key in "ab"]
    people = [household(f"h{i}", 2) for i in range(4)]
    instance = city([site(units=flats(1)), site("t", "b")], people, districts=districts)
    assert values(instance, dz.Evenness(measure=measure)) == [value]


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        # 3 + 2 housed in a, 1 + 2 households of 1 new; targets 4 and 4: loads 5 + 0, 0 + 3
        ("chi2", 0.5),
        ("persons_to_move", 1.0),
        ("max_ratio", 1.25),
    ],
)
def test_those_in_no_table_count(measure, value):
    districts = [dz.District(id="a", population=1, housed=3), dz.District(id="b", population=1)]
    people = [household(f"h{i}") for i in range(3)]
    instance = city([site(housed=2), site("t", "b")], people, districts=districts)
    assert values(instance, dz.Placed(), dz.Evenness(measure=measure)) == [0, value]


def test_target_weights_stand_before_populations():
    districts = [
        dz.District(id="a", population=3000, target_weight=1.0),
        dz.District(id="b", population=1, target_weight=3.0),
    ]
    instance = city([site(), site("t", "b")], [household(f"h{i}") for i in range(4)], districts=districts)
    result = solved(instance, dz.Placed(), dz.Evenness())
    assert [level.value for level in result.levels] == [0, 0]
    assert sorted(placement.site for placement in result.plan.placements) == ["s", "t", "t", "t"]


@pytest.mark.parametrize("factor", [2, 7])
def test_multiplied_populations_leave_chi2_as_it_is(factor):
    people = [household(f"h{i}", 1 + i % 3) for i in range(7)]
    sites = [site(units=flats(2)), site("t", "b", units=flats(3)), site("r", "c", units=flats(2))]
    populations = {"a": 700, "b": 300, "c": 400}

    def best(times):
        districts = [dz.District(id=key, population=times * n) for key, n in populations.items()]
        result = solved(city(sites, people, districts=districts), dz.Placed(), dz.Evenness())
        return result.plan.digest, [level.value for level in result.levels]

    assert best(factor) == best(1)


@pytest.mark.parametrize(("measure", "value"), [("chi2", 60.0), ("persons_to_move", 20.0), ("max_ratio", 3.0)])
def test_a_district_may_hold_many_alike_households(measure, value):
    # 30 persons, all in a: 20 more than its target of 10; b and c lack 10 each. 400/10 + 100/10 + 100/10; ½ · 40; 30/10
    flats = dz.Unit(id="flat", beds=3, count=10)
    instance = city([site(units=[flats])], [household(f"h{i}", 3) for i in range(10)])
    assert values(instance, dz.Placed(), dz.Evenness(measure=measure)) == pytest.approx([0.0, value])


@pytest.mark.parametrize(("measure", "value"), [("chi2", 60.0), ("persons_to_move", 30.0), ("max_ratio", 3.0)])
def test_what_no_unevenness_exceeds_is_known_beforehand(measure, value):
    # the same town: between 0 and 30 persons in a, nobody in b and c, of ½ · 60 persons none moves twice
    flats = dz.Unit(id="flat", beds=3, count=10)
    instance = city([site(units=[flats])], [household(f"h{i}", 3) for i in range(10)])
    program = limited(compile_instance(instance, dz.Policy.default()), [], [], 1e-9)
    assert worst(program, dz.Evenness(measure=measure)) == pytest.approx(value)


@pytest.mark.parametrize(("measure", "value"), [("chi2", 3.75), ("persons_to_move", 1.5), ("max_ratio", 2.0)])
def test_a_target_below_one_person_counts_as_one_in_ratios(measure, value):
    # 2 persons, who fit into a alone; targets ½ and 1½. 1.5²/1 + 1.5²/1.5; ½ (1.5 + 1.5); 2/1
    districts = [dz.District(id="a", population=1000), dz.District(id="b", population=3000)]
    instance = city([site()], [household("h", 2)], districts=districts)
    assert values(instance, dz.Placed(), dz.Evenness(measure=measure)) == pytest.approx([0.0, value])


@pytest.mark.parametrize(("measure", "value"), [("chi2", 3.0), ("persons_to_move", 0.0), ("max_ratio", 0.0)])
def test_where_nobody_can_be_placed_districts_lack_their_targets_and_nobody_moves(measure, value):
    instance = city([site()], [household("h", 3, requires={"lift"})])
    assert values(instance, dz.Placed(), dz.Evenness(measure=measure)) == pytest.approx([3.0, value])


@pytest.mark.parametrize(("measure", "value"), [("chi2", 12.0), ("persons_to_move", 3.0), ("max_ratio", 3.0)])
def test_everybody_may_be_where_nobody_should(measure, value):
    # a has no target, but a cap; b has all of it and no site: 3²/1 + 3²/3 = 12; ½ (3 + 3); 3/1
    districts = [
        dz.District(id="a", population=1000, target_weight=0.0, max_persons=9),
        dz.District(id="b", population=1000, target_weight=1.0),
    ]
    instance = city([site()], [household("h", 3)], districts=districts)
    assert values(instance, dz.Placed(), dz.Evenness(measure=measure)) == pytest.approx([0.0, value])


@pytest.mark.parametrize(
    ("weights", "step", "parts"),
    [
        ((250, 400), 1e-9, 13),  # 5/13 and 8/13
        ((3, 3, 4), 1e-9, 10),  # 3/10 and 2/5
        ((7, 0), 1e-9, 1),
        ((1, 10**6 - 1), 1e-9, 10**6),
        ((1, 10**6), 1e-9, None),  # from there on steps will do
        ((2, 3), 0.2, 5),
        ((2, 3), 0.21, None),  # beside goals so large that a fifth of a person is too fine
        ((2.0**0.5, 1), 1e-9, None),
    ],
)
def test_shares_have_a_common_denominator(weights, step, parts):
    assert _parts_of_a_person([weight / sum(weights) for weight in weights], step) == parts


def test_persons_to_move_are_proven_to_the_last_digit():
    # 2 + 1 + 1 + 2 + 2 persons in shares of 5/13 and 8/13: 3 1/13 and 4 12/13; 3 and 5 are as near as they can be
    districts = [dz.District(id="a", population=250), dz.District(id="b", population=400)]
    people = [household("h0", 2), household("h1", sex="f"), household("h2"), household("h3", 2), household("h4", 2)]
    shared = [dz.Unit(id="flat", beds=4, count=4, sharing="same_sex")]
    instance = city([site(units=shared), site("t", "b", units=shared)], people, districts=districts)
    policy = dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Evenness(measure="persons_to_move"))])
    outcome = dz.solve(instance, policy, dz.SolveParams(gap=0.0)).levels[1]
    assert outcome.status is dz.Status.OPTIMAL
    assert outcome.bound == outcome.value == pytest.approx(1 / 13)
