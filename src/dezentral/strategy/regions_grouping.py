"""Which region each district belongs to, as the caller says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dezentral.domain import Instance
from dezentral.errors import Fault, InstanceError, written


def checked_regions(instance: Instance, regions: object) -> dict[str, str]:
    """Return district id → region id, in the order of the district ids.

    Raises
    ------
    InstanceError
        With every district that is missing or unknown, and every region id that is none.
    """
    if not isinstance(regions, Mapping):
        fault = Fault("solve_regions", "regions", regions, "a mapping from every district's id to its region's id")
        raise InstanceError.of([fault])
    faults = list(_faults(instance, regions))
    if faults:
        raise InstanceError.of(faults)
    return {district: regions[district] for district in sorted(regions)}


def _faults(instance: Instance, regions: Mapping[object, object]) -> Iterator[Fault]:
    known = [district.id for district in instance.districts]
    for missing in sorted(set(known) - regions.keys()):
        yield Fault(f"district {missing!r}", "regions", "(missing)", "the id of its region")
    for district, region in regions.items():
        if district not in known:
            yield Fault("solve_regions", "regions", district, "the id of a district of the instance")
        elif not isinstance(region, str) or not region:
            allowed = "the id of its region: text that is not empty"
            yield Fault(f"district {written(district)}", "regions", region, allowed)
