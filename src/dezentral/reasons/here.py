"""What a place means for the household that has it, goal by goal."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from dezentral.assess.places import Places
from dezentral.checks.placed import PlacedHousehold
from dezentral.domain import Override
from dezentral.domain.policy import (
    Cost,
    Evenness,
    Fit,
    KeepHoused,
    PeerSupport,
    Placed,
    Proximity,
    Seats,
    Stability,
    Utility,
    Wishes,
)
from dezentral.geo.distance import anchor_metres
from dezentral.metrics.small_numbers import is_small
from dezentral.reasons.obstacle_words import district_words, site_words
from dezentral.wording import Language, counted, listed, metres, number, say, tenths, term

Sentences = Iterator[str]


def here(places: Places, now: PlacedHousehold, language: Language) -> list[str]:
    """Return one sentence or more per goal that the place of a household speaks to, most important first."""
    household = now.household
    by = [override.by for override in places.plan.overrides if _made(override, now)]
    found = [say("here.by_hand", language, by=by[-1])] if by else []
    if household.fixed_site == now.site.id:
        found.append(say("here.fixed", language))
    for level in places.policy.levels:
        for goal in level.goals:
            found += _TELLS[type(goal)](goal, places, now, language)
    return list(dict.fromkeys(found))


def _made(override: Override, now: PlacedHousehold) -> bool:
    return override.household == now.id and override.site == now.site.id


def _keep_housed(_goal: KeepHoused, _places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    if now.household.current_site is not None:
        yield say("here.keep_housed", language)


def _placed(_goal: Placed, _places: Places, _now: PlacedHousehold, language: Language) -> Sentences:
    yield say("here.placed", language)


def _stability(_goal: Stability, places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    home = places.situation.home(now.household)
    if home is not None:
        site = site_words(home, language)
        yield say("here.stability.moves", language, site=site) if now.moves else say("here.stability.stays", language)


def _evenness(_goal: Evenness, places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    standing = places.standing
    d = standing.district_index[now.site.district]
    load = int(standing.loads[d])
    yield say(
        "here.evenness",
        language,
        district=district_words(places.situation.districts[now.site.district]),
        load=say("here.few", language) if is_small(load) else counted(load, "person", language),
        target=tenths(float(standing.shares[d]) * standing.everyone, language),
    )


def _seats(_goal: Seats, places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    seating = places.standing.seating
    kinds = seating.kinds(now.household)
    # What would change if it were nowhere, the other way round: what its being here costs.
    short = -sum(seating.growth(now.household, now.site, kind)(None) for kind in kinds)
    if kinds:
        persons, needed = counted(short, "person", language), listed([term(kind, language) for kind in kinds], language)
        yield say(f"here.seats.{'short' if short else 'all'}", language, persons=persons, kinds=needed)


def _proximity(_goal: Proximity, places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    for kind in sorted(now.household.needs):
        far = places.situation.metres_to(kind, now.site)
        key = "service" if math.isfinite(far) else "none"
        yield say(f"here.proximity.{key}", language, kind=term(kind, language), metres=metres(far, language))
    anchors = now.household.anchors
    if anchors:
        ways = anchor_metres([now.site], anchors, places.instance.detour)[0].tolist()
        yield say(
            "here.proximity.anchors", language, metres=listed([metres(far, language) for far in ways], language),
        )  # fmt: skip


def _wishes(_goal: Wishes, _places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    wished = now.household.wishes
    if now.site.district in wished:
        yield say("here.wishes.rank", language, rank=wished.index(now.site.district) + 1)
    elif wished:
        yield say("here.wishes.unlisted", language)


def _fit(_goal: Fit, places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    if now.unit.sharing == "household":
        empty = max(0, now.units * places.situation.capacity(now, 1) - now.size)
        yield say("here.fit", language, beds=number(empty, language))


def _cost(_goal: Cost, _places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    yield say("here.cost", language, amount=number(now.site.cost, language))


def _utility(_goal: Utility, places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    rows, columns, cells = places.standing.utilities
    if now.id in rows and now.site.id in columns:
        amount = number(float(cells[rows[now.id], columns[now.site.id]]), language)
        yield say("here.utility", language, amount=amount)


def _peer_support(_goal: PeerSupport, places: Places, now: PlacedHousehold, language: Language) -> Sentences:
    household = now.household
    if household.supports:
        yield say("here.peers.gives", language, persons=counted(household.supports, "person", language))
    if household.seeks_support:
        short = -places.standing.peers.leaving(household, now.site.district)
        persons = counted(short, "person", language)
        yield say(f"here.peers.{'short' if short else 'all'}", language, persons=persons)


_TELLS: Mapping[type, Callable[[Any, Places, PlacedHousehold, Language], Sentences]] = {
    KeepHoused: _keep_housed,
    Placed: _placed,
    Stability: _stability,
    Evenness: _evenness,
    Seats: _seats,
    Proximity: _proximity,
    Wishes: _wishes,
    Fit: _fit,
    Cost: _cost,
    Utility: _utility,
    PeerSupport: _peer_support,
}
