"""Faults between records: duplicate ids, dangling references, missing weights.

Every function reads an instance, or what `salvage` could still read of a refused one: there, `REFUSED` stands for
what is already reported, and nothing follows from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from dezentral.domain.measurable import unmeasurable
from dezentral.domain.refused import REFUSED, entries, labelled
from dezentral.errors import Fault

_PLACES = (
    ("current_site", "site"),
    ("fixed_site", "site"),
    ("excluded_sites", "site"),
    ("wishes", "district"),
    ("excluded_districts", "district"),
)


def reference_faults(instance: Any) -> list[Fault]:
    """List every fault between the records of an instance, or of what is left of a refused one."""
    return [
        *_duplicates(instance),
        *_weights(instance),
        *_sites(instance),
        *_households(instance),
        *_relations(instance),
        *_tables(instance),
        *unmeasurable(instance),
    ]


def _ids(records: Any) -> frozenset[str] | None:
    """Return the ids that may be referred to; None if nobody can know them."""
    if records is REFUSED:
        return None
    return frozenset(record.id for record in records if isinstance(record.id, str))


def _duplicates(instance: Any) -> Iterator[Fault]:
    for name in ("district", "site", "household", "service"):
        yield from _repeated(name, entries(getattr(instance, name + "s")))
    for label, site in labelled(instance, "site"):
        yield from _repeated(f"{label}, unit", entries(site.units))


def _repeated(label: str, records: Iterable[Any]) -> Iterator[Fault]:
    counts = Counter(record.id for record in records if isinstance(record.id, str))
    for key, count in counts.items():
        if count > 1:
            yield Fault(f"{label} {key!r}", "id", key, f"each id once (it stands {count} times)")


def _weights(instance: Any) -> Iterator[Fault]:
    districts = entries(instance.districts)
    if any(district.target_weight is not None for district in districts):
        for label, district in labelled(instance, "district"):
            if district.target_weight is None:
                yield Fault(label, "target_weight", None, "a weight for all districts or for none")
        if not any(district.target_weight for district in districts):
            yield Fault("districts", "target_weight", 0, "at least one weight above 0")
    elif districts and all(district.population == 0 for district in districts):
        yield Fault("districts", "population", 0, "at least one population above 0, or target weights")


def _dangling(record: str, field: str, given: Any, known: frozenset[str] | None, what: str) -> Iterator[Fault]:
    if known is None:
        return
    values = [given] if isinstance(given, str) else entries(given)
    unknown = dict.fromkeys(value for value in values if isinstance(value, str) and value not in known)
    for value in unknown if isinstance(given, list | tuple) else sorted(unknown):
        yield Fault(record, field, value, f"the id of a {what} of the instance")


def _sites(instance: Any) -> Iterator[Fault]:
    known = _ids(instance.districts)
    for label, site in labelled(instance, "site"):
        yield from _dangling(label, "district", site.district, known, "district")


def _households(instance: Any) -> Iterator[Fault]:
    known = {"site": _ids(instance.sites), "district": _ids(instance.districts)}
    units = {site.id: _ids(site.units) for site in entries(instance.sites)}
    for label, household in labelled(instance, "household"):
        for field, what in _PLACES:
            given = getattr(household, field)
            if given:
                yield from _dangling(label, field, given, known[what], what)
        here, unit = household.current_site, household.current_unit
        offered = units.get(here) if isinstance(here, str) and isinstance(unit, str) else None
        if offered is not None and unit not in offered:
            yield Fault(label, "current_unit", unit, f"the id of a unit of site {here!r}")


def _relations(instance: Any) -> Iterator[Fault]:
    known = _ids(instance.households)
    for position, relation in enumerate(entries(instance.relations)):
        field = f"relations[{position}].households"
        members = entries(relation.households)
        yield from _dangling("instance", field, relation.households, known, "household")
        for key, count in Counter(members).items():
            if count > 1:
                yield Fault("instance", field, key, f"each household once (it stands {count} times)")


def _tables(instance: Any) -> Iterator[Fault]:
    sites = _ids(instance.sites)
    for name, table, rows, columns in (
        ("distances", instance.distances, (sites, "site"), (_ids(instance.services), "service")),
        ("utilities", instance.utilities, (_ids(instance.households), "household"), (sites, "site")),
    ):
        if table is not None:
            yield from _dangling(name, "rows", table.rows, *rows)
            yield from _dangling(name, "columns", table.columns, *columns)
    if instance.distances is not None:
        yield from _negative(instance.distances)


def _negative(table: Any) -> Iterator[Fault]:
    rows, columns, data = (
        part if isinstance(part, list | tuple) else () for part in (table.rows, table.columns, table.data)
    )
    for row, cells in zip(rows, data, strict=False):
        for column, cell in zip(columns, cells if isinstance(cells, list | tuple) else (), strict=False):
            if isinstance(cell, int | float) and cell < 0:
                yield Fault("distances", f"data[{row}, {column}]", cell, "metres, 0 or more")
