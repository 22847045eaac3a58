"""Tables as Parquet files, typed by column."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from dezentral.errors import MissingExtraError
from dezentral.tables.cells.guard import guarded_first
from dezentral.tables.formats.file_errors import FileFaultError, require_cells, require_size
from dezentral.tables.reading.raw import RawTable, without_comments
from dezentral.tables.reading.raw_frames import table_from_frame
from dezentral.tables.sheet_frames import flat_frame
from dezentral.tables.sheets import Sheet


def read_parquet(path: Path, name: str) -> RawTable:
    """Read a Parquet or GeoParquet file as the table `name`."""
    pyarrow = _pyarrow("reading a Parquet file")
    require_size(path)
    import pandas as pd  # noqa: PLC0415

    try:
        require_unpacked(path, pyarrow)
        if b"geo" in (pyarrow.parquet.read_schema(path).metadata or {}):
            import geopandas as gpd  # noqa: PLC0415

            frame = gpd.read_parquet(path)
        else:
            frame = pd.read_parquet(path, engine="pyarrow", dtype_backend="numpy_nullable")
        return without_comments(table_from_frame(name, frame, path.name))
    except (FileFaultError, OSError):
        raise
    except Exception as error:  # a damaged file makes its readers raise almost anything, texts only when they are used
        raise FileFaultError(value=type(error).__name__, allowed="a Parquet file") from error


def require_unpacked(path: Path, pyarrow: Any) -> None:
    """Refuse a file that its own account says to be too large once it is unpacked."""
    content = pyarrow.parquet.read_metadata(path)
    groups = [content.row_group(number).total_byte_size for number in range(content.num_row_groups)]
    require_size(path, sum(groups))
    require_cells(content.num_rows * content.num_columns)


def write_parquet(sheet: Sheet, path: Path) -> None:
    """Write a sheet as a Parquet file."""
    _pyarrow("writing a Parquet file")
    rows = tuple((guarded_first(row[0]), *row[1:]) for row in sheet.rows)
    flat_frame(replace(sheet, rows=rows)).to_parquet(path, engine="pyarrow", index=False)


def _pyarrow(what: str) -> Any:
    try:
        import pyarrow as pa  # noqa: PLC0415
        import pyarrow.parquet  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError.for_extra(extra="parquet", what=what) from error
    return pa
