"""The goals of the second reading, on cases whose value is derived by hand."""

from __future__ import annotations

import pytest

from dezentral import (
    Anchor,
    Cost,
    District,
    Evenness,
    Fit,
    KeepHoused,
    PeerSupport,
    Placed,
    Proximity,
    Rules,
    Seats,
    Service,
    Stability,
    Table,
    Utility,
    Wishes,
)
from tests.oracle.cases import city, household, site, unit, worth


def test_targets_count_everyone_and_loads_who_is_placed() -> None:
    districts = [District(id="a", population=300, housed=2), District(id="b", population=100)]
    here = city(
        site("s", housed=3), site("t", district="b"), household("g", 4), household("h", 3), districts=districts,
    )  # fmt: skip
    # N = 2 + 3 + 4 + 3 = 12, targets 9 and 3; loads 2 + 3 = 5 and 4: 16/9 + 1/3.
    assert worth(here, Evenness(), g="t/u") == pytest.approx(16 / 9 + 1 / 3)
    # Of the 9 who are there, a should have 6.75: it lacks 1.75.
    assert worth(here, Evenness(measure="persons_to_move"), g="t/u") == pytest.approx(1.75)
    assert worth(here, Evenness(measure="max_ratio"), g="t/u") == pytest.approx(4 / 3)


def test_a_target_below_one_counts_as_one() -> None:
    districts = [District(id="a", population=9), District(id="b", population=0, housed=2)]
    nobody = city(site("s"), districts=districts)
    # N = 2, targets 2 and 0; loads 0 and 2: 4/2 + 4/1.
    assert worth(nobody, Evenness()) == pytest.approx(6.0)
    assert worth(nobody, Evenness(measure="max_ratio")) == pytest.approx(2.0)


def test_persons_are_counted_where_they_are_left_or_moved() -> None:
    here = city(
        site("s"), site("t"),
        household("g", 2, current_site="s", priority=3), household("h", 3), household("i", 4, current_site="s"),
    )  # fmt: skip
    assert worth(here, KeepHoused(), i="t/u") == 2
    assert worth(here, Placed(), i="t/u") == 2 * 3 + 3
    assert worth(here, Stability(), i="t/u", h="t/u") == 4  # h comes from nowhere
    assert worth(here, Stability(), i="s/u") == 0


def test_a_best_seating_seats_siblings_apart() -> None:
    services = [
        Service(id="wide", kind="kita", x=0.0, y=0.0, capacity=2),
        Service(id="near", kind="kita", x=0.0, y=0.0, capacity=1, reach=100.0),
        Service(id="free", kind="school", x=0.0, y=0.0),
    ]
    sites = site("s"), site("t", x=500.0, y=0.0)
    siblings = household("g", 2, needs={"kita": 2, "school": 1})
    here = city(*sites, siblings, household("h", 2, needs={"kita": 2}), services=services)
    # t is out of the near one's reach: one of g sits near, one wide, one of h wide, one of h nowhere.
    assert worth(here, Seats(), g="s/u", h="t/u") == 1
    assert worth(here, Seats(), g="t/u", h="t/u") == 2
    assert worth(here, Seats(), g="t/u") == 0
    # A service of the kind without capacity has seats for all whom it reaches.
    unlimited = Service(id="all", kind="kita", x=0.0, y=0.0, reach=100.0)
    pairs = [household(key, 2, needs={"kita": 2}) for key in "gh"]
    roomy = city(*sites, *pairs, services=[services[0], unlimited])
    assert worth(roomy, Seats(), g="s/u", h="s/u") == 0
    assert worth(roomy, Seats(), g="t/u", h="t/u") == 2


def test_ways_are_measured_to_the_nearest_reachable_service_full_or_not() -> None:
    services = [
        Service(id="k1", kind="kita", x=3.0, y=4.0, reach=4.0),
        Service(id="k2", kind="kita", x=30.0, y=40.0, capacity=0),
        Service(id="m", kind="school", x=1.0, y=0.0),
    ]
    own = household(size=3, needs={"kita": 2, "school": 1}, anchors=[Anchor(x=0.0, y=10.0, weight=0.5)])
    here = city(site("s"), own, services=services, distances=Table(rows=["s"], columns=["m"], data=[[None]]))
    # k1 is 5 m away but reaches 4: two go 50 m; the table knows no way to m; half of 10 m to the anchor.
    assert worth(here, Proximity(out_of_reach=700.0), h="s/u") == 2 * 50 + 700 + 5
    assert worth(here, Proximity(weights={"kita": 0.25, "school": 0.0}), h="s/u") == 0.5 * 50 + 5
    assert worth(here, Proximity()) == 0
    measured = here.replace(distances=Table(rows=["s"], columns=["m"], data=[[20.5]]), detour=1.3)
    # Straight lines are lengthened, the table is taken as it is; halves go up.
    assert worth(measured, Proximity(), h="s/u") == 2 * 65 + 21 + 0.5 * 13


def test_wishes_count_by_rank_up_to_depth() -> None:
    here = city(site("s"), site("t", district="b"), household("h", 2, wishes=["b", "a"]), household("g", 3))
    assert worth(here, Wishes(), h="t/u", g="t/u") == 0
    assert worth(here, Wishes(), h="s/u", g="t/u") == 2
    only = city(site("s"), household("h", 2, wishes=["b"]))
    assert worth(only, Wishes(), h="s/u") == 6
    assert worth(only, Wishes(depth=0), h="s/u") == 0


def test_fit_counts_the_empty_beds_of_a_kind_together() -> None:
    rules = Rules(min_area_per_person_m2=7.0, max_units_per_household=2)
    # 2 beds and 11 m²: 1 person in one unit, 3 in two. A trio in two units holds one more than 2 * cap(1) = 2.
    here = city(site("s", unit(beds=2, area_m2=11.0)), household("h", 3), household("g", 1, current_site="s"))
    assert worth(here, Fit(), rules, h="s/u*2") == 0
    # Who stays has a unit of 2 beds: 2 * 1 + 2 beds for 4 persons.
    assert worth(here, Fit(), rules, h="s/u*2", g="s/u") == 0
    assert worth(here, Fit(), rules, g="s/u") == 1
    pair = city(site("s", unit("u"), unit("v")), household("h", 3), household("g", 2))
    assert worth(pair, Fit(), h="s/u", g="s/v") == (4 - 3) + (4 - 2)


def test_fit_of_shared_kinds() -> None:
    singles = [household("e", sex="f"), household("f", sex="f"), household("m", sex="m"), household("x", sex="x")]
    rooms = city(site("s", unit(beds=3, area_m2=14.0, sharing="same_sex")), *singles)
    places = dict.fromkeys("efmx", "s/u")
    assert worth(rooms, Fit(), **places) == 3 * 3 - 4
    rules = Rules(min_area_per_person_m2=7.0)
    assert worth(rooms, Fit(), rules, **places) == 3 * 2 - 4
    lived_in = city(*rooms.sites, *singles, household("h", current_site="s"))
    assert worth(lived_in, Fit(), rules, **places) == 3 * 3 - 4
    hall = city(site("s", unit(beds=9, sharing="dormitory")), household("h"))
    assert worth(hall, Fit(), h="s/u") == 0


def test_costs_and_benefits() -> None:
    benefit = Table(rows=["h", "g"], columns=["s"], data=[[1.5], [None]])
    here = city(site("s", cost=2.5), household("h", 4), household("g", 1), household("i", 1), utilities=benefit)
    everywhere = dict.fromkeys("hgi", "s/u")
    assert worth(here, Cost(), **everywhere) == 15.0
    assert worth(here, Utility(), **everywhere) == -1.5
    assert worth(here, Utility()) == 0


def test_peer_support_is_matched_within_a_district_in_a_shared_language() -> None:
    districts = [District(id="a", population=1, support={"uk": 1, "ti": 5}), District(id="b", population=1)]
    here = city(
        site("s"), site("t"), site("far", district="b"),
        household("both", 1, seeks_support=True, languages={"ar", "uk"}),
        household("ar", 2, seeks_support=True, languages={"ar"}),
        household("gives", 1, supports=2, languages={"ar", "ti"}),
        districts=districts,
    )  # fmt: skip
    # The circle of the district takes "both" (it speaks uk), so that the household can support the two others.
    assert worth(here, PeerSupport(), both="s/u", ar="s/u", gives="t/u") == 0
    assert worth(here, PeerSupport(), both="s/u", ar="s/u", gives="far/u") == 2
    assert worth(here, PeerSupport(), both="s/u", ar="s/u") == 2
    assert worth(here, PeerSupport(), ar="far/u") == 2
    assert worth(here, PeerSupport()) == 0  # who is unplaced is no matter of this goal
    mute = city(site("s"), household("h", 3, seeks_support=True))
    assert worth(mute, PeerSupport(), h="s/u") == 3
