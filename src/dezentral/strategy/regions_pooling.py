"""Pooled sites: sites of one group that let in the same people, as one site with the units of all, by kind.

Every pooled site is a relaxation of its members: whoever could live at one of them can live at it, nearer, cheaper and
beside as many others as all of them together may hold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dezentral.checks.situation import Situation, persons
from dezentral.domain import Site, Unit
from dezentral.domain.fields import MOST_PERSONS
from dezentral.domain.policy import Rules
from dezentral.domain.unit import Sharing


class _Door(NamedTuple):
    """What sites of one pool share: their group, whether they are open, whom they let in, a capped operator."""

    group: str
    is_open: bool
    everyone: bool
    admits: tuple[str, ...]
    operator: str


class _Kind(NamedTuple):
    """What units of one pooled kind share; `area_m2` 0 = only beds count."""

    sharing: Sharing
    beds: int
    area_m2: float
    features: tuple[str, ...]


@dataclass(frozen=True)
class PooledSites:
    """The pooled sites, and where everything went.

    Attributes
    ----------
    sites
        One record per pool, sorted by id.
    members
        Pooled site id → its sites; closed pools too.
    of_site
        Site id → its pooled site's id.
    of_unit
        Site id and unit id → pooled unit id.
    closed
        Site id → the closed pool of its group: where people live who cannot stay.
    """

    sites: tuple[Site, ...]
    members: Mapping[str, tuple[Site, ...]]
    of_site: Mapping[str, str]
    of_unit: Mapping[tuple[str, str], str]
    closed: Mapping[str, str]


def pool_sites(situation: Situation, group_of: Mapping[str, str]) -> PooledSites:
    """Pool the sites of every group of districts.

    Parameters
    ----------
    situation
        The instance under the rules of its policy; the plan is not read.
    group_of
        District id → group id.
    """
    doors: dict[_Door, list[Site]] = defaultdict(list)
    shut: dict[str, _Door] = {}
    for site in situation.sites.values():
        door = _door(situation, site, group_of[site.district])
        doors[door].append(site)
        shut[site.id] = door._replace(is_open=False, everyone=True, admits=())
    for door in shut.values():
        doors.setdefault(door, [])
    names = {door: f"{door.group}/{number}" for number, door in enumerate(sorted(doors))}
    of_unit: dict[tuple[str, str], str] = {}
    sites = tuple(_pooled(situation, door, names[door], doors[door], of_unit) for door in sorted(doors))
    return PooledSites(
        sites=tuple(sorted(sites, key=lambda site: site.id)),
        members={names[door]: tuple(found) for door, found in doors.items()},
        of_site={site.id: names[door] for door, found in doors.items() for site in found},
        of_unit=of_unit,
        closed={site_id: names[door] for site_id, door in shut.items()},
    )


def most_persons(situation: Situation, site: Site) -> int:
    """Return what a site can hold in any plan: its beds and `housed`, or its cap if that is less; at least today's.

    Where more live today than a cap allows, they may stay; and no cap that is added up may be exceeded today already.
    """
    today = site.housed + persons(situation.living_at.get(site.id, ()))
    if not situation.is_open(site):
        return today
    beds = site.housed + sum(unit.count * unit.beds for unit in site.units)
    return max(today, min([beds, *_limits(site, situation.rules)]))


def _limits(site: Site, rules: Rules) -> list[int]:
    return [limit for limit in (site.max_persons, rules.max_site_persons) if limit is not None]


def _door(situation: Situation, site: Site, group: str) -> _Door:
    capped = site.operator in situation.rules.operator_capacity
    operator = site.operator if capped and site.operator is not None else ""
    if not situation.is_open(site):
        return _Door(group, is_open=False, everyone=True, admits=(), operator=operator)
    if not _lasts(situation, site):  # nobody new: only who lives there may stay
        return _Door(group, is_open=True, everyone=False, admits=(), operator=operator)
    admits = () if site.admits is None else tuple(sorted(site.admits))
    return _Door(group, is_open=True, everyone=site.admits is None, admits=admits, operator=operator)


def _lasts(situation: Situation, site: Site) -> bool:
    today = situation.instance.date
    if today is None or site.open_until is None:
        return True
    return (site.open_until - today).days >= situation.rules.min_stay_days


def _pooled(
    situation: Situation, door: _Door, name: str, members: Sequence[Site], of_unit: dict[tuple[str, str], str]
) -> Site:
    capped = door.is_open and any(_limits(site, situation.rules) for site in members)
    most = sum(most_persons(situation, site) for site in members)
    return Site(
        id=name,
        district=door.group,
        units=_units(situation, members, of_unit) if door.is_open else (),
        operator=door.operator or None,
        admits=None if door.everyone else frozenset(door.admits),
        housed=sum(site.housed for site in members),
        max_persons=most if capped and most <= MOST_PERSONS else None,
        cost=min((site.cost for site in members), default=0.0),
        opening_cost=None if door.is_open else 0.0,
    )


def _units(
    situation: Situation, members: Sequence[Site], of_unit: dict[tuple[str, str], str]
) -> tuple[Unit, ...]:
    counts: dict[_Kind, int] = defaultdict(int)
    where: dict[_Kind, list[tuple[str, str]]] = defaultdict(list)
    for site in members:
        for unit in site.units:
            kind = _kind(situation, site, unit)
            counts[kind] += unit.count
            where[kind].append((site.id, unit.id))
    units = []
    for number, kind in enumerate(sorted(counts)):
        of_unit.update(dict.fromkeys(where[kind], f"u{number}"))
        units.append(
            Unit(
                id=f"u{number}",
                beds=kind.beds,
                count=min(counts[kind], MOST_PERSONS),  # nobody can use more units than there are persons
                sharing=kind.sharing,
                features=frozenset(kind.features),
                area_m2=kind.area_m2 or None,
            )
        )
    return tuple(units)


def _kind(situation: Situation, site: Site, unit: Unit) -> _Kind:
    by_beds = situation.rules.min_area_per_person_m2 is None or (site.id, unit.id) in situation.shared_today
    return _Kind(
        sharing=unit.sharing,
        beds=unit.beds,
        area_m2=0.0 if by_beds or unit.area_m2 is None else unit.area_m2,
        features=tuple(sorted(unit.features | site.features)),
    )
