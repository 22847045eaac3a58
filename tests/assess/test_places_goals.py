"""Seats and peer support are found anew for all when one household goes elsewhere, by hand."""

from __future__ import annotations

import dezentral as dz
from dezentral.assess.places import Places
from tests.checks.small import city, household, plan_for, site


def _changes(instance: dz.Instance, goal: object, key: str, **where: str) -> dict[str, float]:
    policy = dz.Policy(levels=[dz.Level(goal)])
    outlook = Places(instance, policy, plan_for(instance, **where)).outlook(key)
    return {place.site.id: outlook.changes(place)[0] for place in outlook.others}


def test_a_seat_that_is_left_goes_to_who_waits() -> None:
    """One seat reaches s, one t. g and h are at s, one waits. Where h goes to t, both sit; far away only h waits."""
    sites = [site("s", x=0.0, y=0.0), site("t", x=1000.0, y=0.0), site("far", x=9000.0, y=0.0)]
    services = [dz.Service(id=f"k{x:.0f}", kind="kita", x=x, y=0.0, capacity=1, reach=500.0) for x in (0.0, 1000.0)]
    people = [household(key, needs={"kita": 1}) for key in "gh"]
    instance = city(sites, people, services=services)
    assert _changes(instance, dz.Seats(), "h", g="s", h="s") == {"far": 0, "t": -1}
    assert _changes(instance, dz.Seats(), "h", g="s") == {"s": 1, "t": 0, "far": 1}


def test_who_gives_support_takes_it_along() -> None:
    """g supports 2 and is with h (2), who seeks it, in a. In b a third seeks it in another language, d in the same."""
    sites = [site("s", "a"), site("t", "b"), site("u", "c")]
    people = [
        household("g", supports=2, languages={"ar"}),
        household("h", 2, seeks_support=True, languages={"ar"}),
        household("e", 3, seeks_support=True, languages={"uk"}),
        household("d", 1, seeks_support=True, languages={"ar", "uk"}),
    ]
    instance = city(sites, people)
    where = {"g": "s", "h": "s", "e": "t", "d": "t"}
    assert _changes(instance, dz.PeerSupport(), "g", **where) == {"t": 2 - 1, "u": 2}
    assert _changes(instance, dz.PeerSupport(), "h", **where) == {"t": 2, "u": 2}
    assert _changes(instance, dz.PeerSupport(), "d", **where) == {"s": 0, "u": 0}


def test_the_beds_of_a_shared_room_are_counted_together() -> None:
    """A room for two holds one woman: one bed is empty. A second fills it; a man opens another with one bed empty."""
    room = dz.Unit(id="flat", beds=2, count=2, sharing="same_sex")
    people = [household("g", sex="f"), household("w", sex="f"), household("m", sex="m")]
    instance = city([site(units=[room])], people)
    assert _changes(instance, dz.Fit(), "w", g="s") == {"s": -1}
    assert _changes(instance, dz.Fit(), "m", g="s") == {"s": 1}
