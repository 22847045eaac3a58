"""Where the relaxation of a level begins: prices, and the simplex basis of the same level over fewer types.

A type that stands for several others has its basic columns in the small level. In the large one, one of those others
takes them over, and each of the rest has one basic column: the cheapest among them. There are as many basic columns as
rows again, and every place is filled nearly as before.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Bools, Floats, Ints
from dezentral.solver.linear import AT_UPPER_BOUND, BASIC, Basis


@dataclass(frozen=True)
class Standing:
    """Where the simplex of a relaxation stands.

    Attributes
    ----------
    basic
        The basic columns, shape (n_types, n_pools).
    others
        The basis of auxiliary variables and rows, those of the types first.
    """

    basic: Bools
    others: Basis


@dataclass(frozen=True)
class HeadStart:
    """What is known of a relaxation before it is solved.

    Attributes
    ----------
    duals
        A likely price of every row, shape (n_rows,).
    standing
        Where its simplex may begin; None = that is not known.
    """

    duals: Floats
    standing: Standing | None = None


def spread_out(small: Standing, stands_for: Ints, reduced: Floats) -> Standing | None:
    """Return the basis of a level over many types from that of the same level over few.

    Parameters
    ----------
    small
        Where the small level stands.
    stands_for
        Which of the few types stands for each of the many, shape (n_types,); −1 = none, it has no households.
    reduced
        What the columns of the many cost, give or take the same for each type, shape (n_types, n_pools).

    Returns
    -------
    Standing or None
        None if the numbers of basic columns, variables and rows do not match.
    """
    basic, basis = small.basic, small.others
    known = stands_for >= 0
    few, first = np.unique(stands_for[known], return_index=True)
    heirs = np.flatnonzero(known)[first]
    candidates = basic[stands_for] & known[:, np.newaxis] & np.isfinite(reduced)
    one_each = np.zeros_like(candidates)
    some = np.flatnonzero(candidates.any(axis=1))
    one_each[some, np.where(candidates[some], reduced[some], np.inf).argmin(axis=1)] = True
    one_each[heirs] = basic[few]
    rows = np.where(one_each.any(axis=1), AT_UPPER_BOUND, BASIC)
    rows[heirs] = basis.rows[few]
    own = Basis(basis.variables, np.concatenate([rows, basis.rows[len(basic) :]]))
    number = np.count_nonzero(one_each) + np.count_nonzero(own.variables == BASIC) + np.count_nonzero(own.rows == BASIC)
    return Standing(one_each, own) if number == len(own.rows) else None
