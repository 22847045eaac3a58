"""Instances from frames and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dezentral.domain import Instance
from dezentral.tables.reading.assembly import assembled
from dezentral.tables.reading.findings import Findings, Source
from dezentral.tables.reading.raw import RawTable
from dezentral.tables.reading.raw_frames import table_from_frame
from dezentral.tables.schema import SETTING_KINDS, TABLE_NAMES
from dezentral.tables.sheet_frames import frame_of
from dezentral.tables.sheets import sheets_of

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def instance_from_frames(**frames: Any) -> Instance:
    """Build an instance from (Geo)DataFrames.

    Points and polygons of GeoDataFrames are reprojected to the CRS of the instance; columns ``x``, ``y`` are in it.
    Columns ``lat``, ``lon`` are degrees (WGS84). A site without ``district`` is located by its point.

    Parameters
    ----------
    **frames
        ``districts``, ``sites``, ``units``, ``households``, ``services``, ``relations``, ``distances``, ``utilities``
        and ``instance`` (key, value) as frames or None; ``crs``, ``date``, ``detour``, ``name`` as values, which go
        before those of ``instance``.

    Raises
    ------
    TableError
        With every fault of every frame; the first row of a frame is row 2, as in a spreadsheet with a header.

    Examples
    --------
    >>> import pandas as pd
    >>> districts = pd.DataFrame({"id": ["01"], "population": [22850]})
    >>> sites = pd.DataFrame({"id": ["s"], "district": ["01"], "beds": [30]})
    >>> instance_from_frames(districts=districts, sites=sites).sites[0].units[0].sharing
    'dormitory'
    """
    import pandas as pd  # noqa: PLC0415

    findings = Findings()
    tables: dict[str, RawTable] = {}
    for name, frame in frames.items():
        if name in SETTING_KINDS or frame is None:
            continue
        if name not in TABLE_NAMES:
            allowed = f"one of {', '.join((*TABLE_NAMES, *SETTING_KINDS))}"
            findings.add(Source("arguments"), name, type(frame).__name__, allowed)
        elif not isinstance(frame, pd.DataFrame):
            findings.add(Source("arguments"), name, type(frame).__name__, "a DataFrame or GeoDataFrame")
        else:
            tables[name] = table_from_frame(name, frame)
    settings = {name: frames.get(name) for name in SETTING_KINDS}
    return assembled(tables, settings, findings)


def frames_from_instance(instance: Instance) -> dict[str, pd.DataFrame | gpd.GeoDataFrame]:
    """Return the instance as frames by table name, as `instance_from_frames` takes them.

    Districts with polygons are a GeoDataFrame in the CRS of the instance, points are columns ``x``, ``y``; several
    values in one cell are text (``a;b``, ``school:2;kita:1``), as in files. Distances and utilities bear ids as
    index and columns. The settings are the frame ``instance``.

    Raises
    ------
    TableError
        If an id cannot stand in a cell, e.g. one with ``;`` in a list.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="01", population=22850)], sites=())
    >>> frames = frames_from_instance(city)
    >>> frames["districts"].loc[0, "id"], instance_from_frames(**frames) == city
    ('01', True)
    """
    return {name: frame_of(sheet, instance.crs) for name, sheet in sheets_of(instance).items()}
