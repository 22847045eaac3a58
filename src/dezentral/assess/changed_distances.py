"""Distances written out, so that places which have none can be close to everything."""

from __future__ import annotations

import math
from collections.abc import Collection

from dezentral.domain import Instance, Table
from dezentral.geo.distance import service_metres


def close_to_everything(instance: Instance, sites: Collection[str]) -> Table:
    """Return the table of all distances (metres), 0 from some sites, which need not be in the instance yet."""
    known = dict(zip((site.id for site in instance.sites), service_metres(instance).tolist(), strict=True))
    rows = tuple(dict.fromkeys((*known, *sites)))
    return Table(
        rows=rows,
        columns=tuple(service.id for service in instance.services),
        data=tuple(
            tuple(0.0 for _ in instance.services)
            if key in sites
            else tuple(metres if math.isfinite(metres) else None for metres in known[key])
            for key in rows
        ),
    )
