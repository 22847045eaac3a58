"""What each goal gains or loses when one household goes to another place, all others staying put."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from dezentral.assess.places_districts import change_of_evenness
from dezentral.assess.places_peers import Peers
from dezentral.assess.places_seats import Seating, Seatings
from dezentral.assess.places_units import Ledger
from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.domain import Household, Plan, Site
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
from dezentral.metrics.loads import district_loads, target_shares

Change = Callable[[PlacedHousehold], float]


class Standing:
    """A plan as the goals read it, joined once."""

    def __init__(self, situation: Situation, ledger: Ledger, seatings: Seatings) -> None:
        self.situation, self.ledger, self._seatings = situation, ledger, seatings
        self.district_index = {district.id: d for d, district in enumerate(situation.instance.districts)}

    @cached_property
    def loads(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Persons per district under the plan, in the order of the instance."""
        return district_loads(self.situation.instance, self.situation.plan)

    @cached_property
    def shares(self) -> np.ndarray[Any, np.dtype[np.float64]]:
        """Target shares of the districts."""
        return target_shares(self.situation.instance)

    @cached_property
    def everyone(self) -> int:
        """N: all housed and all households, placed or not (persons)."""
        instance = self.situation.instance
        nobody = Plan(unplaced=tuple(household.id for household in instance.households))
        return int(district_loads(instance, nobody).sum()) + sum(household.size for household in instance.households)

    @property
    def seating(self) -> Seating:
        """The seating of all who are placed."""
        return self._seatings.placed

    @cached_property
    def peers(self) -> Peers:
        """Who seeks and who gives peer support, per district."""
        return Peers(self.situation)

    @cached_property
    def utilities(self) -> tuple[dict[str, int], dict[str, int], np.ndarray[Any, Any]]:
        """Rows, columns and cells of the predicted benefits; nothing where there are none."""
        table = self.situation.instance.utilities
        if table is None:
            return {}, {}, np.zeros((0, 0))
        rows, columns = ({key: i for i, key in enumerate(keys)} for keys in (table.rows, table.columns))
        return rows, columns, np.nan_to_num(table.array, nan=0.0)


def change_of(goal: Any, standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    """Return the change of a goal's value, without its weight, as a function of the place."""
    return _CHANGES[type(goal)](goal, standing, household, now)


def _keep_housed(_goal: KeepHoused, _standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    change = -household.size if now is None and household.current_site is not None else 0
    return lambda _place: change


def _placed(_goal: Placed, _standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    change = -household.size * household.priority if now is None else 0
    return lambda _place: change


def _stability(_goal: Stability, _standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    before = now is not None and now.moves
    return lambda place: household.size * (place.moves - before)


def _evenness(goal: Evenness, standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    at = standing.district_index
    unlisted = 0 if household.id in standing.situation.households else household.size  # who is new counts in N
    changes = change_of_evenness(
        goal.measure,
        standing.loads,
        standing.shares,
        standing.everyone + unlisted,
        size=household.size,
        origin=None if now is None else at[now.site.district],
    )
    return lambda place: float(changes[at[place.site.district]])


def _seats(_goal: Seats, standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    seating, site = standing.seating, None if now is None else now.site
    growths = [seating.growth(household, site, kind) for kind in seating.kinds(household)]
    return lambda place: sum(growth(place.site) for growth in growths)


def _peer_support(_goal: PeerSupport, standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    origin = None if now is None else now.site.district
    return lambda place: standing.peers.change(household, origin, place.site.district)


def _fit(_goal: Fit, standing: Standing, _household: Household, now: PlacedHousehold | None) -> Change:
    ledger = standing.ledger
    left = 0 if now is None else ledger.without(now.kind, now).empty - ledger.now(now.kind).empty

    def change(place: PlacedHousehold) -> float:
        return left + ledger.after(place, now).empty - ledger.without(place.kind, now).empty

    return change


def _by_site(amount: Callable[[Site], float], now: PlacedHousehold | None) -> Change:
    """Return the change of an amount that depends on the site alone."""
    before = 0.0 if now is None else amount(now.site)
    known: dict[str, float] = {}

    def change(place: PlacedHousehold) -> float:
        if place.site.id not in known:
            known[place.site.id] = amount(place.site) - before
        return known[place.site.id]

    return change


def _cost(_goal: Cost, _standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    return _by_site(lambda site: household.size * site.cost, now)


def _utility(_goal: Utility, standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    rows, columns, cells = standing.utilities
    row = rows.get(household.id)
    known = {} if row is None else {key: -float(cells[row, column]) for key, column in columns.items()}
    return _by_site(lambda site: known.get(site.id, 0.0), now)


def _wishes(goal: Wishes, _standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    def ranks(site: Site) -> float:
        wished = household.wishes
        if not wished:
            return 0
        position = wished.index(site.district) if site.district in wished else goal.depth
        return household.size * min(position, goal.depth)

    return _by_site(ranks, now)


def _proximity(goal: Proximity, standing: Standing, household: Household, now: PlacedHousehold | None) -> Change:
    situation = standing.situation
    sites = situation.instance.sites
    anchors = household.anchors
    to_anchors = anchor_metres(sites, anchors, situation.instance.detour) if anchors else np.zeros((len(sites), 0))

    def metres(site: Site) -> float:
        ways = [
            goal.weights.get(kind, 1.0) * members * (far if math.isfinite(far) else goal.out_of_reach)
            for kind, members in household.needs.items()
            for far in [situation.metres_to(kind, site)]
        ]
        row = to_anchors[situation.row_of_site[site.id]].tolist()
        return math.fsum([*ways, *(anchor.weight * far for anchor, far in zip(anchors, row, strict=True))])

    return _by_site(metres, now)


_CHANGES: Mapping[type, Callable[[Any, Standing, Household, PlacedHousehold | None], Change]] = {
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
