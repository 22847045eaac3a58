"""How even a plan is, as figures and as a table of districts."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dezentral.domain.displays import columns_table, html_table

if TYPE_CHECKING:
    import pandas as pd


class DistrictRow(NamedTuple):
    """One district in the report: its load against its target (persons)."""

    district: str
    name: str
    population: int
    load: int
    target: float
    rate_per_1000: float
    deviation: float


@dataclass(frozen=True, slots=True)
class EvennessReport:
    """How evenly people are spread over the districts.

    Attributes
    ----------
    districts
        One row per district, in the order of the instance: district, name, population, load (persons), target
        (target share × all persons), rate_per_1000 (persons per 1,000 inhabitants, NaN without inhabitants),
        deviation (load − target, persons). Every access gives a fresh copy.
    rate_min, rate_mean, rate_max
        Persons per 1,000 inhabitants: lowest and highest of the districts that have inhabitants, and over the whole
        city; NaN where nobody lives.
    dissimilarity
        ½ Σ_d abs(L_d / ΣL − target share), in [0, 1]: the share of persons who would have to move. 0 without load.
    dissimilarity_corrected
        (D − E) / (1 − E), E = the dissimilarity that chance alone gives so many persons: 0 = as even as lots drawn,
        below 0 = more even than that. 0 without load.
    gini
        ½ Σ_i Σ_j w_i w_j abs(r_i − r_j), w = target share, r = (L / ΣL) / w, over districts with w > 0.
    theil
        Σ_d s_d ln(s_d / w_d), s = L / ΣL; infinite if people live where the target share is 0.
    persons_to_move
        ½ Σ_d abs(L_d − target share × ΣL): persons who would have to move for a perfect spread.
    districts_served
        Districts with any load.

    Examples
    --------
    >>> import dezentral as dz
    >>> districts = [dz.District(id="a", population=1000, housed=3), dz.District(id="b", population=1000, housed=1)]
    >>> report = dz.evenness(dz.Instance(districts=districts, sites=()), dz.Plan())
    >>> report.rate_min, report.rate_max, report.dissimilarity, report.persons_to_move
    (1.0, 3.0, 0.25, 1.0)
    """

    rate_min: float
    rate_mean: float
    rate_max: float
    dissimilarity: float
    dissimilarity_corrected: float
    gini: float
    theil: float
    persons_to_move: float
    districts_served: int
    rows: tuple[DistrictRow, ...] = field(repr=False)

    @property
    def districts(self) -> pd.DataFrame:
        """A fresh frame with one row per district."""
        import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

        frame = pd.DataFrame(self.rows, columns=pd.Index(DistrictRow._fields))
        return frame.astype({"population": "int64", "load": "int64", "target": "float64", "rate_per_1000": "float64"})

    def __str__(self) -> str:
        lines = [f"{name}: {value}" for name, value in self._sentences()]
        return "\n".join([*lines, "", self.districts.to_string(index=False, float_format="{:z.1f}".format)])

    def _repr_html_(self) -> str:
        rows = [[_cell(value) for value in row] for row in self.rows]
        return html_table("Evenness", self._sentences()) + columns_table(DistrictRow._fields, rows, {0, 1})

    def _sentences(self) -> list[tuple[str, str]]:
        return [
            (
                "Persons per 1,000 inhabitants",
                f"{self.rate_min:.1f} to {self.rate_max:.1f}, {self.rate_mean:.1f} over the city",
            ),
            ("Persons to move for a perfect spread", f"{self.persons_to_move:.1f}"),
            (
                "Dissimilarity",
                f"{self.dissimilarity:.4f} ({self.dissimilarity_corrected:z.4f} corrected for chance)",
            ),
            ("Gini", f"{self.gini:.4f}"),
            ("Theil", f"{self.theil:.4f}"),
            ("Districts served", f"{self.districts_served} of {len(self.rows)}"),
        ]


def _cell(value: str | float) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:z,.1f}" if math.isfinite(value) else "–"
