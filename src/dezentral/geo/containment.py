"""Which polygon a point lies in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

# Points this near count as on the border: reprojecting moves a point and the border through it by nanometres.
BORDER_M = 1e-6


def containing(points: Array, polygons: Sequence[Any], ids: Sequence[str]) -> list[str | None]:
    """Return, per point, the id of the polygon that it lies in; on a border the smallest id; None = in none.

    Parameters
    ----------
    points
        Shape ``(n_points, 2)``, metres; what is not finite lies in none.
    polygons
        Shapely (Multi)Polygons in the same reference system, or None.
    ids
        One per polygon.

    Examples
    --------
    >>> import numpy as np
    >>> from shapely.geometry import box
    >>> points = np.array([[5.0, 5.0], [10.0, 5.0], [50.0, 5.0]])
    >>> containing(points, [box(10, 0, 20, 10), box(0, 0, 10, 10)], ["b", "a"])
    ['a', 'a', None]
    """
    import shapely  # noqa: PLC0415

    given = [(polygon, key) for polygon, key in zip(polygons, ids, strict=True) if polygon is not None]
    found: list[str | None] = [None] * len(points)
    finite = np.flatnonzero(np.isfinite(points).all(axis=1))
    tree = shapely.STRtree([polygon for polygon, _ in given])
    pairs = tree.query(shapely.points(points[finite]), predicate="dwithin", distance=BORDER_M)
    for position, hit in pairs.T.tolist():
        place, key = int(finite[position]), given[hit][1]
        known = found[place]
        if known is None or key < known:
            found[place] = key
    return found
