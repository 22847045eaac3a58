"""Schematic districts: real centroids and areas, invented outlines.

The outline of a district is its Voronoi cell among the 23 centroids, cut to a disc around its centroid whose radius
gives it the district's area. Where the cell alone is smaller than that (Feuerbach −18 %, Zuffenhausen −14 %, Ost
−13 %, Bad Cannstatt −10 %; all others are within 3 %) the cell stands as it is. Outlines do not overlap, do not
cover the city and are no map: real borders look different.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from dezentral.datasets.stuttgart_facts import DISTRICTS

Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

_DIRECTIONS = 72
_GAP_M = 1.0  # kept on each side of a border, so that rounding to whole metres never makes neighbours overlap
_FARTHEST_M = 10_000.0
_BISECTIONS = 40


def schematic_outlines() -> dict[str, Array]:
    """Return code → vertices in EPSG:25832, whole metres, counter-clockwise, shape ``(72, 2)``."""
    centres = np.array([(facts.x, facts.y) for facts in DISTRICTS], dtype=float)
    areas = np.array([facts.area_km2 * 1e6 for facts in DISTRICTS])
    angles = np.arange(_DIRECTIONS) * (2 * np.pi / _DIRECTIONS)
    rays = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    lengths = _cut_to_area(_to_bisectors(centres, rays), areas) - _GAP_M
    vertices = np.round(centres[:, np.newaxis, :] + lengths[..., np.newaxis] * rays)
    return {facts.code: outline for facts, outline in zip(DISTRICTS, vertices, strict=True)}


def schematic_polygons() -> dict[str, Any]:
    """Return code → shapely Polygon of the schematic outline."""
    from shapely.geometry import Polygon  # noqa: PLC0415

    return {code: Polygon(outline) for code, outline in schematic_outlines().items()}


def scattered(rng: np.random.Generator, code: str, outlines: dict[str, Array], total: int) -> Array:
    """Return points inside a schematic district, whole metres, shape ``(total, 2)``.

    Along a random ray from the centroid, the square root of a uniform share of the way to the outline: even over
    the area, up to 90 % of the way.
    """
    facts = next(facts for facts in DISTRICTS if facts.code == code)
    centre = np.array([facts.x, facts.y], dtype=float)
    outline = outlines[code]
    position = rng.random((total, 2))
    start = np.floor(position[:, 0] * _DIRECTIONS).astype(int)
    along = (position[:, 0] * _DIRECTIONS - start)[:, np.newaxis]
    border = (1 - along) * outline[start] + along * outline[(start + 1) % _DIRECTIONS]
    return np.asarray(np.round(centre + 0.9 * np.sqrt(position[:, 1:]) * (border - centre)))


def _to_bisectors(centres: Array, rays: Array) -> Array:
    """Return metres from each centre along each ray to the edge of its Voronoi cell, shape (n, n_rays)."""
    offsets = centres[np.newaxis, :, :] - centres[:, np.newaxis, :]
    metres = np.hypot(offsets[..., 0], offsets[..., 1])
    np.fill_diagonal(metres, np.inf)
    # A ray that leaves towards j meets the bisector after (half the way to j) / (cosine of the angle between).
    towards = (offsets / metres[..., np.newaxis]) @ rays.T
    halves = np.broadcast_to(metres[..., np.newaxis] / 2, towards.shape)
    reached = np.full(towards.shape, np.inf)
    np.divide(halves, towards, out=reached, where=towards > 1e-9)  # noqa: PLR2004  parallel rays never meet it
    return np.asarray(np.minimum(reached.min(axis=1), _FARTHEST_M))


def _cut_to_area(lengths: Array, areas: Array) -> Array:
    low, high = np.zeros(len(areas)), np.full(len(areas), _FARTHEST_M)
    for _ in range(_BISECTIONS):
        radius = (low + high) / 2
        too_big = _area(np.minimum(lengths, radius[:, np.newaxis])) > areas
        high = np.where(too_big, radius, high)
        low = np.where(too_big, low, radius)
    return np.asarray(np.minimum(lengths, high[:, np.newaxis]))


def _area(lengths: Array) -> Array:
    """Return the areas of polygons given by rays at equal angles, shape (n,)."""
    return np.asarray(0.5 * np.sin(2 * np.pi / _DIRECTIONS) * (lengths * np.roll(lengths, -1, axis=1)).sum(axis=1))
