"""What a level says about choices of sites, where it is too large for a program that opens them as a whole.

The prices of its relaxation, found for one choice, bound every choice from below, by a line in the openings:
value ≥ base + Σ_c slope_c·open_c. A choice is refuted if some line says that it is beyond a limit, and choices that the
lines leave are proposed by a program of the openings alone (Benders, 1962; Geoffrion, 1972).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from dezentral.compiled.arrays import Ints
from dezentral.solver.assignment import counts_of
from dezentral.solver.guide import draw_lines
from dezentral.solver.opening_slopes import line_of
from dezentral.solver.pricing import padded
from dezentral.solver.relaxation import Master, descend
from dezentral.solver.stage import Stage
from dezentral.solver.watch import Watch


@dataclass(frozen=True)
class Cut:
    """A bound of the level for all choices: base + Σ slopes[id], over the sites that open."""

    base: float
    slopes: Mapping[str, float]

    def at(self, opened: frozenset[str]) -> float:
        """Return the bound for a choice."""
        return self.base + sum(self.slopes[key] for key in sorted(opened))


class Lines:
    """The lines that are known of a level.

    Parameters
    ----------
    stage
        The level, with a program that is lazy.
    assignment
        A plan that keeps its limits, whatever it needs open.
    keys
        Ids of the sites that may open.

    Attributes
    ----------
    site_of
        Id of each such site → its position.
    every
        Their ids.
    cuts
        Those known so far.
    """

    def __init__(self, stage: Stage, assignment: Ints, keys: Collection[str], watch: Watch) -> None:
        self.stage = stage
        program = stage.program
        index = program.compiled.places.site_index
        self.site_of = {key: index[key] for key in keys}
        self.every = frozenset(keys)
        self.cuts: list[Cut] = []
        counts = counts_of(program.compiled, assignment)
        draw_lines(program, counts)
        self._master = Master(program, stage.objective, watch)
        self._master.begin(counts, None)

    def bound(self, opened: frozenset[str]) -> float:
        """Return what is known of a choice."""
        return max((cut.at(opened) for cut in self.cuts), default=-np.inf)

    def look(self, opened: frozenset[str], dear: float, tolerance: float) -> float | None:
        """Relax the level with all sites but some dear to open, and note what its prices say about all choices.

        Returns
        -------
        float or None
            The value of that relaxation at least, prices of other sites included; None if there was no time.
        """
        program, objective = self.stage.program, self.stage.objective
        closed = [site for key, site in self.site_of.items() if key not in opened]
        costs = {variable: objective.auxiliary.get(variable, 0.0) for variable in program.opened.values()}
        self._master.charge(costs | dict.fromkeys((program.opened[site] for site in closed), dear))
        relaxed = descend(self._master, tolerance)
        if relaxed is None:
            return None
        line = line_of(program, objective, padded(program, relaxed.prices.duals))
        self.cuts.append(Cut(line.base, {key: line.slopes[site] for key, site in self.site_of.items()}))
        return relaxed.prices.bound
