"""A frozen table of numbers: rows × columns, with holes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Self

import numpy as np
from pydantic import BeforeValidator, Field, model_validator

from dezentral.domain.fields import Ids
from dezentral.domain.record import Clash, Record
from dezentral.domain.refused import entries
from dezentral.errors import Fault, InstanceError

if TYPE_CHECKING:
    import pandas as pd

_Cell = Annotated[float, Field(ge=-1e12, le=1e12)] | None


def _rows_as_tuples(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple(tuple(row) if isinstance(row, list | tuple) else row for row in value)
    return value


class Table(Record):
    """Numbers by row id and column id; None where there is none.

    Attributes
    ----------
    rows, columns
        Ids, each unique.
    data
        One tuple per row, one number or None per column: shape ``(len(rows), len(columns))``.

    Raises
    ------
    InstanceError
        If ids repeat or the shape does not fit.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Table(rows=("s1",), columns=("k1", "k2"), data=((120, None),)).frame.loc["s1", "k1"]
    np.float64(120.0)
    """

    rows: Ids
    columns: Ids
    data: Annotated[tuple[tuple[_Cell, ...], ...], BeforeValidator(_rows_as_tuples)]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        return self.agrees_with_itself()

    @staticmethod
    def clashes(record: Any) -> Iterator[Clash]:
        """List ids that repeat and a shape that does not fit them."""
        for axis in ("rows", "columns"):
            for key, count in Counter(entries(getattr(record, axis))).items():
                if count > 1:
                    yield Clash(axis, key, f"each id once (it stands {count} times)")
        sizes = [_size(record.rows), _size(record.columns), _size(record.data)]
        if None not in sizes:
            lengths = [_size(row) for row in record.data]
            if any(length not in {sizes[1], None} for length in lengths) or len(lengths) != sizes[0]:
                given = f"{len(lengths)} rows of {' or '.join(map(str, dict.fromkeys(lengths)))} numbers"
                yield Clash("data", given, f"{sizes[0]} rows of {sizes[1]} numbers")

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Table:
        """Take a frame with ids as index and columns; NaN = missing.

        Raises
        ------
        InstanceError
            If an index or a cell is not as described, with every fault.

        Examples
        --------
        >>> import dezentral as dz, pandas as pd
        >>> dz.Table.from_frame(pd.DataFrame({"k1": [120.0, None]}, index=["s1", "s2"])).data
        ((120.0,), (None,))
        """
        return cls(**contents(frame))

    @property
    def array(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """A copy of the numbers, shape (n_rows, n_columns), NaN = missing."""
        shape = (len(self.rows), len(self.columns))
        return np.array(self.data, dtype=float).reshape(shape)

    @property
    def frame(self) -> pd.DataFrame:
        """A copy as a frame, NaN = missing."""
        import pandas as pd  # noqa: PLC0415

        return pd.DataFrame(self.array, index=list(self.rows), columns=list(self.columns))


def contents(frame: pd.DataFrame) -> dict[str, Any]:
    """Return a frame's index, columns and cells as the fields of a table, unchecked."""
    import pandas as pd  # noqa: PLC0415

    if not isinstance(frame, pd.DataFrame):
        raise InstanceError.of([Fault("table", "frame", frame, "a pandas DataFrame")])
    cells = frame.to_numpy(dtype=object, copy=True)
    cells[frame.isna().to_numpy(dtype=bool)] = None
    data = tuple(tuple(_plain(cell) for cell in row) for row in cells.tolist())
    return {"rows": tuple(frame.index), "columns": tuple(frame.columns), "data": data}


def _size(value: object) -> int | None:
    return len(value) if isinstance(value, list | tuple) else None


def _plain(cell: object) -> object:
    return cell.item() if isinstance(cell, np.generic) else cell
