"""Points of sites and services, polygons of districts: all in the reference system of the instance."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from dezentral.geo.containment import containing
from dezentral.geo.crs import WGS84, projected_points, reprojected
from dezentral.tables.reading.drafts import Draft
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.raw import INSTANCE_CRS, RawTable

# The same point given twice, e.g. as x, y and as degrees with five decimals, may differ by that much.
SAME_POINT_M = 10.0
_MOST_LAT, _MOST_LON = 90, 180
_AS_POINT = ("geometry", "lat", "lon")


def settle_geometry(table: RawTable, drafts: list[Draft], target: str | None, findings: Findings) -> None:
    """Bring every geometry of a table into the reference system `target`; None = it is not known."""
    given = [draft for draft in drafts if "geometry" in draft.fields]
    if not given or table.crs is INSTANCE_CRS:
        return
    from pyproj.exceptions import ProjError  # noqa: PLC0415

    if table.crs is None:
        allowed = "a coordinate reference system of the geometries, e.g. frame.set_crs('EPSG:4326')"
        findings.add(table.source, "geometry", None, allowed)
    elif target is not None:
        try:
            moved = reprojected([draft.fields["geometry"] for draft in given], table.crs, target)
        except ProjError:
            findings.add(table.source, "geometry", str(table.crs), f"a reference system that leads to {target}")
        else:
            for draft, geometry in zip(given, moved, strict=True):
                draft.fields["geometry"] = geometry
            return
    for draft in given:
        del draft.fields["geometry"]
        draft.refused.add("geometry")


def settle_points(drafts: list[Draft], target: str | None, findings: Findings) -> None:
    """Turn point geometries and degrees of sites or services into their x and y."""
    in_degrees = [draft for draft in drafts if _has_degrees(draft, findings)]
    if in_degrees and target is not None:
        lat, lon = (np.array([draft.fields[name] for draft in in_degrees]) for name in ("lat", "lon"))
        points = projected_points(lon, lat, target).tolist()
    else:
        points = [None] * len(in_degrees)
    from_degrees = dict(zip(map(id, in_degrees), points, strict=True))
    for draft in drafts:
        point = _point(draft, findings)
        _settle(draft, {"geometry": point, "lat, lon": from_degrees.get(id(draft))}, findings)
        for name in _AS_POINT:
            draft.fields.pop(name, None)


def _has_degrees(draft: Draft, findings: Findings) -> bool:
    """Say whether a row gives a point in degrees, and refuse half of one or what is beyond the globe."""
    for name, most in (("lat", _MOST_LAT), ("lon", _MOST_LON)):
        if name in draft.fields and not abs(draft.fields[name]) <= most:
            draft.refuse(findings, name, f"degrees from -{most} to {most} ({WGS84})")
            del draft.fields[name]
    for name, other in (("lat", "lon"), ("lon", "lat")):
        if name not in draft.fields and name not in draft.refused and other in draft.fields:
            draft.refuse(findings, name, f"degrees: {other} is given, and they stand together or not at all")
    return "lat" in draft.fields and "lon" in draft.fields


def _point(draft: Draft, findings: Findings) -> tuple[float, float] | None:
    geometry = draft.fields.get("geometry")
    if geometry is None or geometry.is_empty:
        return None
    if geometry.geom_type != "Point":
        draft.refuse(findings, "geometry", "a point", geometry.geom_type)
        return None
    return geometry.x, geometry.y


def _settle(draft: Draft, points: dict[str, Any], findings: Findings) -> None:
    """Take the point of a row from where it is given: x and y, else its geometry, else its degrees."""
    if ("x" in draft.fields) != ("y" in draft.fields):
        return  # half a point is a fault of the record, whatever else is given
    given = {name: point for name, point in points.items() if point is not None}
    if "x" in draft.fields and "y" in draft.fields:
        given = {"x, y": (draft.fields["x"], draft.fields["y"]), **given}
    if not given:
        unread = draft.refused.intersection(_AS_POINT) or any(name in draft.fields for name in ("lat", "lon"))
        if unread:
            draft.refused.update(("x", "y"))
        return
    (first, (x, y)), *others = given.items()
    for name, point in others:
        if not math.dist((x, y), point) <= SAME_POINT_M:
            allowed = f"the same point as {first}, within {SAME_POINT_M:g} m, or one of them alone"
            draft.refuse(findings, name, allowed, point)
    if not (math.isfinite(x) and math.isfinite(y)):
        draft.refuse(findings, first, "a point where the reference system of the instance is defined")
        draft.refused.update(("x", "y"))
        return
    draft.fields.update(x=x, y=y)


def locate(sites: list[Draft], districts: list[Draft] | None, findings: Findings) -> None:
    """Give sites without a district the one that their point lies in; on a border the smallest id.

    Parameters
    ----------
    sites, districts
        Their rows; None = the districts are missing altogether, which is already said.
    """
    unlocated = [draft for draft in sites if "district" not in draft.fields and "district" not in draft.refused]
    if not unlocated:
        return
    usable = [draft for draft in districts or () if "id" in draft.fields and _is_area(draft.fields.get("geometry"))]
    certain = districts is not None and not any(_unusable(draft) for draft in districts)
    points = np.array([[draft.fields.get(axis, np.nan) for axis in ("x", "y")] for draft in unlocated], dtype=float)
    polygons = [draft.fields["geometry"] for draft in usable]
    found_ids = containing(points, polygons, [draft.fields["id"] for draft in usable])
    for draft, found in zip(unlocated, found_ids, strict=True):
        if found is not None:
            draft.fields["district"] = found
        elif certain and not draft.refused.intersection(("x", "y")):
            _refuse_location(draft, findings, has_polygons=bool(usable))
        draft.refused.update(() if found is not None else ("district",))


def _refuse_location(draft: Draft, findings: Findings, *, has_polygons: bool) -> None:
    if "x" not in draft.fields or "y" not in draft.fields:
        draft.refuse(findings, "district", "the id of a district, or a point inside one", "(missing)")
    elif has_polygons:
        point = (draft.fields["x"], draft.fields["y"])
        draft.refuse(findings, "district", "the id of a district, or a point inside one: this one lies in none", point)
    else:
        allowed = "the id of a district: no district has a polygon to locate the site's point in"
        draft.refuse(findings, "district", allowed, "(missing)")


def _is_area(geometry: Any) -> bool:
    return (
        geometry is not None
        and geometry.geom_type in {"Polygon", "MultiPolygon"}
        and geometry.is_valid
        and not geometry.is_empty
    )


def _unusable(district: Draft) -> bool:
    """Say whether a district has a polygon that cannot be used: a site may lie there."""
    geometry = district.fields.get("geometry")
    return not district.refused.isdisjoint(("geometry", "id")) or (geometry is not None and not _is_area(geometry))
