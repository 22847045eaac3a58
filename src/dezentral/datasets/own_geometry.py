"""A user's own polygons in place of the schematic ones."""

from __future__ import annotations

from collections import defaultdict
from numbers import Real
from typing import TYPE_CHECKING, Any

from dezentral.datasets.stuttgart_facts import district_code
from dezentral.domain import Instance
from dezentral.errors import Fault, TableError

if TYPE_CHECKING:
    import geopandas as gpd


def with_geometry(instance: Instance, frame: gpd.GeoDataFrame, *, column: str = "district") -> Instance:
    """Return the instance with polygons of one's own.

    Sites and services stay where they are: synthetic points lie in the schematic polygon of their district, which
    need not lie inside the real one.

    Parameters
    ----------
    instance
        Whose districts get polygons.
    frame
        Polygons with a coordinate reference system, at least one row for every district of the instance; several of
        one district (its Stadtteile) are merged, those of other districts ignored.
    column
        The column that names the district: its id, or for Stuttgart its number or name. In the city's own file
        "Kleinräumige Gliederung" that is ``"STADTBEZIRKNR"``.

    Raises
    ------
    TableError
        With every fault: no reference system, no such column, districts without a row, what is no valid polygon.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from dezentral.datasets import stuttgart, with_geometry
    >>> city = stuttgart(persons=0)
    >>> own = gpd.GeoDataFrame(
    ...     {"name": [district.name for district in city.districts]},
    ...     geometry=[district.geometry.buffer(-100) for district in city.districts],
    ...     crs="EPSG:25832",
    ... )
    >>> with_geometry(city, own, column="name").districts[0].geometry.area < city.districts[0].geometry.area
    True
    """
    import geopandas as gpd  # noqa: PLC0415

    if not isinstance(frame, gpd.GeoDataFrame):
        raise TableError.of([Fault("frame", "type", type(frame).__name__, "a geopandas.GeoDataFrame")])
    faults = _frame_faults(frame, column)
    if faults:
        raise TableError.of(faults)
    parts = _parts(instance, frame, column, faults)
    missing = [district.id for district in instance.districts if district.id not in parts]
    faults += [Fault(f"district {key!r}", column, "(missing)", "at least one row") for key in missing]
    if faults:
        raise TableError.of(faults)
    merged = {key: gpd.GeoSeries(parts[key], crs=frame.crs).to_crs(instance.crs).union_all() for key in sorted(parts)}
    astray = [key for key, geometry in merged.items() if not geometry.is_valid]
    if astray:
        allowed = f"what can be reprojected to {instance.crs}"
        raise TableError.of([Fault(f"district {key!r}", "geometry", str(frame.crs), allowed) for key in astray])
    return instance.replace(
        districts=[district.model_copy(update={"geometry": merged[district.id]}) for district in instance.districts],
    )


def _frame_faults(frame: gpd.GeoDataFrame, column: str) -> list[Fault]:
    faults = []
    if column not in frame.columns:
        faults.append(Fault("frame", "column", column, f"one of {', '.join(map(str, frame.columns))}"))
    if frame.active_geometry_name is None:
        faults.append(Fault("frame", "geometry", None, "an active geometry column"))
    elif frame.crs is None:
        faults.append(Fault("frame", "crs", None, "a coordinate reference system, see GeoDataFrame.set_crs"))
    return faults


def _parts(instance: Instance, frame: gpd.GeoDataFrame, column: str, faults: list[Fault]) -> dict[str, list[Any]]:
    """Return district id → its polygons."""
    known = {district.id for district in instance.districts}
    parts: defaultdict[str, list[Any]] = defaultdict(list)
    for position, (value, geometry) in enumerate(zip(frame[column], frame.geometry, strict=True)):
        text = _as_text(value)
        key = text if text in known else district_code(text)
        if key not in known:
            continue
        if geometry is None or geometry.is_empty or not geometry.is_valid or "Polygon" not in geometry.geom_type:
            allowed = "a valid Polygon or MultiPolygon that is not empty"
            faults.append(Fault(f"district {key!r}", "geometry", str(geometry), allowed, f"frame, row {position}"))
        parts[key].append(geometry)
    return parts


def _as_text(value: object) -> str:
    """Read numbers as spreadsheets and files return them: 1, 1.0 and "01" are the same."""
    if isinstance(value, Real) and float(value).is_integer():
        return str(int(float(value)))
    return str(value).strip()
