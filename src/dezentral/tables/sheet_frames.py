"""Sheets as frames with the types that analysts expect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dezentral.tables.cells.values import Dtype
from dezentral.tables.sheets import Sheet

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd


def frame_of(sheet: Sheet, crs: str) -> pd.DataFrame | gpd.GeoDataFrame:
    """Return a sheet as a frame: a matrix with ids as index and columns, polygons as a GeoDataFrame in `crs`."""
    frame = flat_frame(sheet)
    if sheet.is_matrix:
        frame = frame.set_index(sheet.header[0])
        frame.index.name = None
    if "geometry" not in sheet.header:
        return frame
    import geopandas as gpd  # noqa: PLC0415

    return gpd.GeoDataFrame(frame, geometry="geometry", crs=crs)


def flat_frame(sheet: Sheet) -> pd.DataFrame:
    """Return a sheet as a plain frame, a column per column."""
    import pandas as pd  # noqa: PLC0415

    columns = list(zip(*sheet.rows, strict=True)) if sheet.rows else [()] * len(sheet.header)
    series = [_series(list(cells), kind.dtype) for cells, kind in zip(columns, sheet.kinds, strict=True)]
    frame = pd.concat(series, axis=1) if series else pd.DataFrame()
    frame.columns = pd.Index(sheet.header)
    return frame


def _series(cells: list[Any], dtype: Dtype) -> pd.Series[Any]:
    import pandas as pd  # noqa: PLC0415

    if dtype == "whole":
        return pd.Series(cells, dtype="Int64" if None in cells else "int64")
    if dtype == "number":
        return pd.Series(cells, dtype="float64")
    if dtype == "boolean":
        return pd.Series(cells, dtype="bool")
    if dtype == "date":
        return pd.Series(np.array(cells, dtype="datetime64[s]"))
    if dtype == "geometry" or all(cell is None for cell in cells):
        return pd.Series(cells, dtype="object")
    return pd.Series(cells)
