"""The distance function: the one thing that the specification and the engine share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from dezentral.domain import Anchor, Instance, Site

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def whole_metres(metres: Array) -> Array:
    """Round to whole metres, halves up; what is not finite stays as it is."""
    return np.floor(metres + 0.5)


def service_metres(instance: Instance) -> Array:
    """Return whole metres from every site to every service; ``inf`` = unreachable.

    Straight line × `detour`, or the instance's table of distances for the pairs that it covers (a site of its
    rows, a service of its columns; an empty cell = unreachable). Farther than the service's `reach` = unreachable.

    Returns
    -------
    numpy.ndarray
        Shape ``(n_sites, n_services)``, in the order of the instance.
    """
    metres = _straight(_points(instance.sites), _points(instance.services), instance.detour)
    if instance.distances is not None:
        rows = {key: i for i, key in enumerate(instance.distances.rows)}
        columns = {key: j for j, key in enumerate(instance.distances.columns)}
        here = [(i, rows[site.id]) for i, site in enumerate(instance.sites) if site.id in rows]
        there = [(j, columns[service.id]) for j, service in enumerate(instance.services) if service.id in columns]
        if here and there:
            to_sites, from_rows = np.array(here).T
            to_services, from_columns = np.array(there).T
            given = instance.distances.array[np.ix_(from_rows, from_columns)]
            metres[np.ix_(to_sites, to_services)] = whole_metres(given)
    reach = np.array([np.inf if service.reach is None else service.reach for service in instance.services])
    metres[~(metres <= reach[np.newaxis, :])] = np.inf  # NaN, i.e. missing, compares false
    return metres


def kind_metres(instance: Instance) -> dict[str, Array]:
    """Return, per service kind, whole metres from every site to its nearest reachable service; ``inf`` = none.

    Returns
    -------
    dict
        Kinds in sorted order → array of shape ``(n_sites,)``.
    """
    metres = service_metres(instance)
    columns: dict[str, list[int]] = {}
    for j, service in enumerate(instance.services):
        columns.setdefault(service.kind, []).append(j)
    return {kind: metres[:, columns[kind]].min(axis=1, initial=np.inf) for kind in sorted(columns)}


def anchor_metres(sites: Iterable[Site], anchors: Sequence[Anchor], detour: float) -> Array:
    """Return whole metres from every site to every anchor, shape ``(n_sites, n_anchors)``; ``inf`` = no point."""
    metres = _straight(_points(sites), _points(anchors), detour)
    metres[np.isnan(metres)] = np.inf
    return metres


def _points(records: Iterable[object]) -> Array:
    pairs = [(getattr(record, "x"), getattr(record, "y")) for record in records]  # noqa: B009
    return np.array([(np.nan if x is None else x, np.nan if y is None else y) for x, y in pairs]).reshape(-1, 2)


def _straight(here: Array, there: Array, detour: float) -> Array:
    offsets = here[:, np.newaxis, :] - there[np.newaxis, :, :]
    return whole_metres(np.hypot(offsets[..., 0], offsets[..., 1]) * detour)
