"""Tiny instances with everything switched on, valid by construction, small enough to list all their plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from dezentral import Anchor, District, Household, Instance, Relation, Service, Site, Table, Unit
from tests.oracle.dice import Dice

LANGUAGES = ("ar", "uk")
TRAITS = ("lgbt", "women")
FEATURES = ("quiet", "step_free")
SERVICE_KINDS = ("kita", "school")
OPERATORS = ("opA", "opB")
TODAY = dt.date(2026, 3, 1)
DAYS = tuple(TODAY + dt.timedelta(days=days) for days in (365, 400, 30, 31, 0, -30))
MOST_KINDS, MOST_HOUSEHOLDS = 6, 6
RELATIONS = ("same_site", "same_district", "different_site", "different_district")
SUPPORT: tuple[dict[str, Any], ...] = ({}, {}, {"seeks_support": True}, {"supports": 1}, {"supports": 2})


def drawn_instance(dice: Dice, most_plans: int = 20_000) -> Instance:
    """Draw an instance of at most 3 districts, 4 sites, 6 unit kinds, 6 households and `most_plans` plans."""
    located = not dice.once_in(6)  # else there are no points at all, only a table of distances
    districts = _districts(dice)
    sites = _sites(dice, districts, located=located)
    services = [_service(dice, f"k{number}", located=located) for number in range(dice.size((0, 1, 2, 3)))]
    households = _households(dice, _Home(dice, districts, sites, services, located=located), most_plans)
    return Instance(
        districts=districts,
        sites=sites,
        households=households,
        services=services,
        relations=[_relation(dice, households) for _ in range(dice.size((0, 1, 2)))] if len(households) > 1 else (),
        detour=dice.pick((1.0, 1.3)),
        date=dice.pick((None, TODAY, TODAY)),
        distances=_distances(dice, sites, services, located=located),
        utilities=_utilities(dice, sites, households),
    )


def _districts(dice: Dice) -> list[District]:
    weighted = dice.once_in(4)
    others = range(dice.size((0, 1, 2)))  # the first that is drawn has people and weight
    populations = [400, *(dice.pick((100, 250, 400, 900, 650, 300, 150, 400, 100, 0)) for _ in others)]
    weights = [1.5, *(dice.pick((1.0, 2.5, 0.5, 1.5, 0.0)) for _ in others)]
    return [
        District(
            id=f"d{number}",
            population=population,
            target_weight=weight if weighted else None,
            housed=dice.now_and_then(range(1, 9), 0),
            max_persons=dice.now_and_then(range(2, 21)),
            support=dice.pick(({}, {}, {"ar": 1}, {"ar": 3, "uk": 1}, {"uk": 2}, {"ar": 0})),
        )
        for number, (population, weight) in enumerate(dice.shuffled(list(zip(populations, weights, strict=True))))
    ]


def _point(dice: Dice) -> dict[str, float]:
    metres = (0, 300, 400, 625, 900, 1_200, 2_000, 3_333)
    return {"x": 500_000.0 + dice.pick(metres), "y": 5_400_000.0 + dice.pick(metres)}


def _sites(dice: Dice, districts: Sequence[District], *, located: bool) -> list[Site]:
    sites: list[Site] = []
    free = MOST_KINDS
    for number in range(dice.size((1, 2, 3, 4))):
        # Rarely a site has no unit at all: people may still live there today.
        units = [_unit(dice, f"u{kind}") for kind in range(min(free, dice.pick((1, 2, 1, 2, 3, 2, 2, 3, 0))))]
        free -= len(units)
        sites.append(
            Site(
                id=f"s{number}",
                district=dice.pick(districts).id,
                units=units,
                operator=dice.pick((None, *OPERATORS)),
                features=dice.subset(FEATURES),
                admits=dice.now_and_then((TRAITS, TRAITS[:1], TRAITS[1:], ()), once_in=9),
                housed=dice.now_and_then(range(1, 7), 0),
                max_persons=dice.now_and_then(range(1, 15), once_in=6),
                open_from=dice.now_and_then(DAYS, once_in=12),
                open_until=dice.now_and_then(DAYS, once_in=4),
                cost=dice.pick((0.0, 1.0, 2.5, 10.0, -0.3)),
                opening_cost=dice.now_and_then((100.0,), once_in=20),
                confidential=dice.once_in(3),
                **(_point(dice) if located else {}),
            ),
        )
    return sites


def _unit(dice: Dice, key: str) -> Unit:
    return Unit(
        id=key,
        beds=dice.pick((1, 2, 3, 4, 5, 6)),
        count=dice.pick((1, 2, 3, 4, 3, 2, 4, 0)),
        sharing=dice.pick(("household", "same_sex", "dormitory")),
        features=dice.subset(FEATURES),
        area_m2=dice.pick((None, None, 40.0, 21.0, 10.0, 6.0)),
    )


def _service(dice: Dice, key: str, *, located: bool) -> Service:
    return Service(
        id=key,
        kind=dice.pick(SERVICE_KINDS),
        capacity=dice.pick((None, 0, 1, 1, 2, 3)),
        reach=dice.pick((None, None, 500.0, 1_500.0)),
        **(_point(dice) if located else {}),
    )


class _Home:
    """What a household can refer to."""

    def __init__(
        self, dice: Dice, districts: Sequence[District], sites: Sequence[Site], services: Sequence[Service], *,
        located: bool,
    ) -> None:  # fmt: skip
        self.districts = [district.id for district in districts]
        self.units = {site.id: [unit.id for unit in site.units] for site in sites}
        self.sites = list(self.units)
        self.offered = sorted({service.kind for service in services})
        self.located = located
        self.settled = dice.pick((False, True))  # whether most live somewhere today
        self.sizes = dice.pick(((1, 2, 1, 3, 1, 4, 5), (1, 2, 3, 4), (1, 1, 1, 1, 2)))


def _households(dice: Dice, home: _Home, most_plans: int) -> list[Household]:
    kinds = sum(len(units) for units in home.units.values())
    most = max(n for n in range(1, MOST_HOUSEHOLDS + 1) if (kinds + 1) ** n <= most_plans)
    fields: list[dict[str, Any]] = []
    for _ in range(dice.size((*range(1, most), *[most] * 6, 0))):
        # Now and then one is like the one before in everything.
        fields.append(fields[-1] if fields and dice.once_in(4) else _fields(dice, home))
    ids = dice.shuffled([f"h{number}" for number in range(len(fields))])
    return [
        Household(id=key, arrival=dice.now_and_then(DAYS, once_in=3), **own)
        for key, own in zip(ids, fields, strict=True)
    ]


def _fields(dice: Dice, home: _Home) -> dict[str, Any]:
    size = dice.pick(home.sizes)
    site = dice.pick(home.sites) if dice.once_in(2 if home.settled else 5) else None
    unwanted = dice.subset(home.sites) if dice.once_in(16) else [site] if site and dice.once_in(5) else []
    wishes = dice.shuffled(home.districts) if dice.once_in(3) else []
    return {
        "size": size,
        "sex": dice.pick(("f", "m", "x", None)) if size == 1 else None,
        "traits": dice.subset(TRAITS),
        "requires": dice.now_and_then((FEATURES[:1], FEATURES[1:], FEATURES), (), once_in=9),
        "needs": {kind: dice.pick(range(1, size + 1)) for kind in dice.subset(home.offered)},
        "languages": dice.subset(LANGUAGES),
        "anchors": [_anchor(dice) for _ in range(dice.pick((0, 0, 0, 0, 1, 2)))] if home.located else (),
        "wishes": wishes[: dice.pick((1, 2, 3))],
        "current_site": site,
        "current_unit": dice.pick([None, *home.units[site] * 2]) if site else None,
        "fixed_site": dice.now_and_then(home.sites, once_in=20),
        "excluded_sites": unwanted,
        "excluded_districts": dice.subset(home.districts) if dice.once_in(20) else (),
        "priority": dice.now_and_then((2, 3), 1),
        **dice.pick(SUPPORT),
    }


def _anchor(dice: Dice) -> Anchor:
    return Anchor(weight=dice.pick((1.0, 0.5, 0.0, 3.0)), **_point(dice))


def _relation(dice: Dice, households: Sequence[Household]) -> Relation:
    members = dice.shuffled(households)
    if dice.pick((True, False)):  # who lives somewhere is bound more often: there is more to say about staying
        members.sort(key=lambda household: household.current_site is None)
    return Relation(
        kind=dice.pick(RELATIONS), households=tuple(household.id for household in members[: dice.pick((2, 2, 3))]),
    )  # fmt: skip


def _distances(dice: Dice, sites: Sequence[Site], services: Sequence[Service], *, located: bool) -> Table | None:
    rows, columns = [site.id for site in sites], [service.id for service in services]
    if located:  # the table may leave pairs to the straight line
        if dice.pick((True, False)):
            return None
        rows, columns = dice.subset(rows), dice.subset(columns)
    return _table(dice, rows, columns, (0.0, 250.0, 499.5, 500.4, 1_800.0, 25_000.0, None))


def _utilities(dice: Dice, sites: Sequence[Site], households: Sequence[Household]) -> Table | None:
    if dice.pick((True, False)):
        return None
    rows = dice.subset([household.id for household in households])
    columns = dice.subset([site.id for site in sites])
    return _table(dice, rows, columns, (0.0, 0.25, 1.0, 3.75, -0.5, None))


def _table(dice: Dice, rows: list[str], columns: list[str], cells: Sequence[float | None]) -> Table:
    data = tuple(tuple(dice.pick(cells) for _ in columns) for _ in rows)
    return Table(rows=tuple(rows), columns=tuple(columns), data=data)
