"""Frames as raw tables: index, geometry and reference system put where a reader of cells expects them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dezentral.tables.reading.raw import INSTANCE_CRS, RawRow, RawTable, header_text, source_of
from dezentral.tables.schema import MATRICES, known_columns
from dezentral.tables.table_schema import MatrixSchema

if TYPE_CHECKING:
    import pandas as pd

_MATRICES = {matrix.name: matrix for matrix in MATRICES}


def table_from_frame(name: str, frame: pd.DataFrame, label: str | None = None) -> RawTable:
    """Take a (Geo)DataFrame as the table `name`; row 2 is its first row, as if its header were row 1.

    Parameters
    ----------
    name
        Of the table.
    frame
        Index levels count as columns where they bear the name of a missing one; the index of a matrix is its row ids.
    label
        What messages call it; None = `name`.
    """
    matrix = _MATRICES.get(name)
    if matrix is None:
        frame = _with_named_index(frame, known_columns(name))
    header = [header_text(column) for column in frame.columns]
    columns = [list(frame.iloc[:, position]) for position in range(len(header))]
    crs: Any = INSTANCE_CRS
    geometry = _geometry_position(frame)
    if geometry is not None:
        crs = frame.iloc[:, geometry].array.crs
        if "geometry" not in header:
            header[geometry] = "geometry"
    if matrix is not None and _has_ids_in_index(matrix, frame, header):
        header.insert(0, matrix.row)
        columns.insert(0, list(frame.index))
    rows = tuple(RawRow(number, cells) for number, cells in enumerate(zip(*columns, strict=True), start=2))
    return RawTable(name, source_of(name, label), tuple(header), rows, crs=crs)


def _with_named_index(frame: pd.DataFrame, known: frozenset[str]) -> pd.DataFrame:
    """Turn index levels into columns where their names are those of missing columns."""
    levels = [level for level in frame.index.names if level in known and level not in frame.columns]
    return frame.reset_index(level=levels) if levels else frame


def _has_ids_in_index(schema: MatrixSchema, frame: pd.DataFrame, header: list[str]) -> bool:
    """Say whether the row ids are in the index; a plain count, or that of a list of pairs, is none."""
    import pandas as pd  # noqa: PLC0415

    counted = isinstance(frame.index, pd.RangeIndex) and schema.row in header
    return not counted and sorted(header) != sorted(schema.pairs)


def _geometry_position(frame: pd.DataFrame) -> int | None:
    """Find the geometry column: the active one of a GeoDataFrame, else the one that is called so."""
    active = getattr(frame, "active_geometry_name", None)
    called = "geometry" if active is None else header_text(active)
    for position, label in enumerate(frame.columns):
        if header_text(label) == called and str(frame.iloc[:, position].dtype) == "geometry":
            return position
    return None
