"""Who may be placed where: entry into districts and under caps that are full today, and places in halls."""

import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from tests.checks.small import city, household, site

# Nobody has a target in a. The sites in order: q in a, r in a, s in b.
DISTRICTS = [dz.District(id="a", population=9, target_weight=0.0), dz.District(id="b", population=9, target_weight=1.0)]


def may_enter(people, sites, districts=DISTRICTS, **rules):
    """Return for each household the sites that are open to it."""
    own = compile_instance(city(sites, people, districts=districts), dz.Policy(rules=dz.Rules(**rules)))
    return {
        one.id: "".join(where.id for where, units in zip(own.pools.sites, own.units[t], strict=True) if units)
        for one, t in zip(people, own.types.of_household, strict=True)
    }


def test_who_lives_in_a_district_without_a_target_may_move_within_it():
    people = [household("f"), household("g", 2, current_site="q"), household("h", 3, current_site="s")]
    sites = [site("q"), site("r"), site("s", "b")]
    assert may_enter(people, sites) == {"f": "s", "g": "qrs", "h": "s"}


@pytest.mark.parametrize("over", ["operator", "site"])
def test_who_lives_under_a_full_cap_may_move_within_it(over):
    # 3 live under a cap of 2: nobody new; from q to r the operator stays the same, the site does not.
    people = [household("f"), household("g", 3, current_site="q"), household("h", 2, current_site="s")]
    sites = [site("q", "b", operator="o"), site("r", "b", operator="o"), site("s", "b")]
    if over == "operator":
        assert may_enter(people, sites, operator_capacity={"o": 2}) == {"f": "s", "g": "qrs", "h": "s"}
    else:
        assert may_enter(people, sites, max_site_persons=2) == {"f": "rs", "g": "qrs", "h": "rs"}


@pytest.mark.parametrize(("size", "open_to"), [(3, "q"), (4, "")])
def test_a_family_takes_as_many_places_of_a_hall_of_single_places(size, open_to):
    hall = dz.Unit(id="hall", beds=1, count=3, sharing="dormitory")
    assert may_enter([household("h", size)], [site("q", "b", [hall])]) == {"h": open_to}


def test_persons_alone_enter_up_to_the_share_of_today():
    # 4 places, a quarter: 1 may live alone. At q 2 do, at r 1 does.
    alone = [household(f"h{n}", current_site=where) for n, where in enumerate(("q", "q", "r"))]
    people = [*alone, household("i"), household("j", 2)]
    sites = [site(key, "b", [dz.Unit(id="flat", beds=2, count=2)]) for key in "qr"]
    open_to = may_enter(people, sites, max_single_share=0.25)
    assert (open_to["i"], open_to["j"]) == ("r", "qr")
