"""Which placements a solve considers, and the program's rows written out for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.program import Objective, Program

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Columns:
    """Placements by type and pool, in the order of types, then pools.

    Attributes
    ----------
    types, pools
        Indices, shape (n_columns,).
    """

    types: Ints
    pools: Ints

    @classmethod
    def where(cls, mask: Bools) -> Columns:
        """List the placements of a mask of shape (n_types, n_pools)."""
        types, pools = np.nonzero(mask)
        return cls(types.astype(np.int64), pools.astype(np.int64))

    def __len__(self) -> int:
        return len(self.types)

    def pick(self, matrix: Floats) -> Floats:
        """Return the columns' values of something broadcastable to (n_types, n_pools)."""
        t = self.types if matrix.shape[0] > 1 else np.zeros_like(self.types)
        p = self.pools if matrix.shape[1] > 1 else np.zeros_like(self.pools)
        return matrix[t, p]

    def most(self, program: Program) -> Ints:
        """Return how many households of the type the pool could take at most, shape (n_columns,)."""
        pools = program.compiled.pools
        room = np.maximum(pools.count, pools.count * pools.cap1)[self.pools]
        most: Ints = np.minimum(program.counts[self.types], room)
        return most


def matrix(program: Program, columns: Columns) -> csr_array:
    """Write the rows of the program out: columns first, then auxiliary variables.

    Returns
    -------
    scipy.sparse.csr_array
        Shape (n_rows, n_columns + n_auxiliary).
    """
    from scipy.sparse import csr_array  # noqa: PLC0415

    width = len(columns)
    rows = [np.asarray(columns.types)]
    cells = [np.arange(width)]
    values: list[Floats] = [np.ones(width)]
    for family in program.families:
        row = family.rows[columns.pools]
        value = columns.pick(family.coefficients)
        kept = (row >= 0) & (value != 0)
        rows.append(row[kept])
        cells.append(np.flatnonzero(kept))
        values.append(value[kept])
    if program.cells:
        position = np.full(program.allowed.shape, -1, dtype=np.int64)
        position[columns.types, columns.pools] = np.arange(width)
        single = [(r, position[t, p], v) for r, t, p, v in program.cells if position[t, p] >= 0]
        rows.append(np.array([r for r, _, _ in single], dtype=np.int64))
        cells.append(np.array([c for _, c, _ in single], dtype=np.int64))
        values.append(np.array([v for _, _, v in single], dtype=np.float64))
    rows.append(np.array([r for r, _, _ in program.auxiliary_cells], dtype=np.int64))
    cells.append(np.array([width + a for _, a, _ in program.auxiliary_cells], dtype=np.int64))
    values.append(np.array([v for _, _, v in program.auxiliary_cells], dtype=np.float64))
    shape = (len(program.lower), width + len(program.grain))
    return csr_array((np.concatenate(values), (np.concatenate(rows), np.concatenate(cells))), shape=shape)


def costs(program: Program, objective: Objective, columns: Columns) -> Floats:
    """Return the objective's cost of every column and auxiliary variable, shape (n_columns + n_auxiliary,)."""
    auxiliary = np.zeros(len(program.grain))
    for variable, cost in objective.auxiliary.items():
        auxiliary[variable] += cost
    return np.concatenate([columns.pick(objective.costs), auxiliary])
