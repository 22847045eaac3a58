"""relation: households that belong together or must be kept apart, where both are placed."""

import pytest

import dezentral as dz
from tests.checks.small import city, household, site
from tests.solver.solving import left_out, solved, where

ONE = dz.Unit(id="flat", beds=4)
TWO = dz.Unit(id="flat", beds=4, count=2)


def related(kind, sites, people):
    relation = dz.Relation(kind=kind, households=[one.id for one in people])
    return city(sites, people, relations=[relation])


@pytest.mark.parametrize(
    ("kind", "flats", "left"),
    [
        # flats at s (district a), t (a), r (b): two households of 2 and 3, both placed if the relation can hold
        ("same_site", (2, 0, 0), 0),
        ("same_site", (1, 1, 0), 2),  # one district, but two sites
        ("same_district", (1, 1, 0), 0),
        ("same_district", (1, 0, 1), 2),
        ("different_site", (1, 1, 0), 0),
        ("different_site", (2, 0, 0), 2),
        ("different_district", (1, 0, 1), 0),
        ("different_district", (1, 1, 0), 2),  # two sites, but one district
    ],
)
def test_a_relation_binds_a_pair_that_is_placed(kind, flats, left):
    places = [("s", "a"), ("t", "a"), ("r", "b")]
    sites = [
        site(key, district, units=[dz.Unit(id="flat", beds=4, count=count)])
        for (key, district), count in zip(places, flats, strict=True)
    ]
    instance = related(kind, sites, [household("g", 2), household("h", 3)])
    assert left_out(instance) == (left, ("g",) if left else ())


@pytest.mark.parametrize("kind", ["same_site", "same_district"])
def test_of_a_pair_that_no_place_can_hold_together_one_is_placed(kind):
    sites = [site("s", "a", features={"lift"}), site("r", "b", features={"yard"})]
    people = [household("g", 2, requires={"lift"}), household("h", 3, requires={"yard"})]
    assert left_out(related(kind, sites, people)) == (2, ("g",))


def test_three_households_are_bound_pairwise():
    # two districts for three households that must all be in different ones: the smallest stays out
    sites = [site("s", "a", units=[TWO]), site("t", "b", units=[TWO])]
    people = [household("f", 1), household("g", 2), household("h", 3)]
    assert left_out(related("different_district", sites, people)) == (1, ("f",))
    # two flats at each of two sites for three who must be together: 3 + 2 are
    assert left_out(related("same_site", sites, people)) == (1, ("f",))


@pytest.mark.parametrize("kind", ["same_site", "same_district"])
def test_a_pair_that_stays_apart_where_it_lives_is_not_torn_from_its_homes(kind):
    sites = [site("s", "a", units=[ONE]), site("r", "b", units=[ONE])]
    staying = [household("g", 2, current_site="s"), household("h", 3, current_site="r")]
    assert left_out(related(kind, sites, staying)) == (0, ())
    # were one of them new, the pair would be bound
    assert left_out(related(kind, sites, [staying[0], household("h", 3)])) == (2, ("g",))


@pytest.mark.parametrize("kind", ["different_site", "different_district"])
def test_a_pair_to_be_kept_apart_is_bound_even_where_it_lives(kind):
    people = [household("g", 2, current_site="s"), household("h", 3, current_site="s")]
    assert left_out(related(kind, [site("s", units=[TWO])], people)) == (2, ("g",))
    result = solved(related(kind, [site("s", units=[TWO]), site("r", "b")], people), dz.Placed(), dz.Stability())
    assert where(result) == {"g": "r", "h": "s"}  # the smaller moves
    assert result.levels[1].value == 2
