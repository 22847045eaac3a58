"""Whether some groups fare worse than others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dezentral.domain import Household, Instance, Plan, require_match
from dezentral.metrics.loads import Counts, Shares
from dezentral.metrics.outcomes import Outcomes, outcomes

if TYPE_CHECKING:
    import pandas as pd

_SIZE_CLASSES = ((2, "1"), (3, "2"), (5, "3-4"))  # below this size → this class
_LARGEST = "5+"
_KINDS = ("size class", "need", "trait")
_COLUMNS = (
    "group", "value", "persons", "unplaced_rate", "moved_rate", "metres_mean", "wish_rank_mean", "utility_mean",
)  # fmt: skip


def fairness(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Compare how groups of households fare in a plan; every figure counts persons, not households.

    A household stands in one size class and under each of its needs and traits: groups overlap.

    Returns
    -------
    pandas.DataFrame
        One row per group that has members, by group, then value:

        - group: "size class", "need" or "trait"; value: "1", "2", "3-4", "5+", a service kind, or a trait
        - persons: of all households in the group, placed or not
        - unplaced_rate: share of `persons` who are left unplaced
        - moved_rate: share of `persons` who are placed at another site than their current one
        - metres_mean: from placed homes to the nearest reachable service of a needed kind, over members in need
          (once per kind that they need); in a row of group "need" for this kind alone
        - wish_rank_mean: position of the district in the wishes, from 0; unlisted = length of the list; over
          placed persons with wishes
        - utility_mean: predicted benefit of the placement, over placed persons; a missing cell = 0

        NaN where a mean is over nobody, or the instance has no utilities.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> from dezentral.metrics import fairness
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3, traits={"family"}), dz.Household(id="i", size=1)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")], unplaced=["i"])
    >>> fairness(city, plan)[["group", "value", "persons", "unplaced_rate"]].to_dict("split")["data"]
    [['size class', '1', 1, 1.0], ['size class', '3-4', 3, 0.0], ['trait', 'family', 3, 0.0]]
    """
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    require_match(instance, plan)
    found = outcomes(instance, plan)
    members: dict[_Group, list[int]] = {}
    for i, household in enumerate(instance.households):
        for group in _groups(household):
            members.setdefault(group, []).append(i)
    rows = [
        (group.kind, group.value, *_figures(found, np.array(members[group]), group))
        for group in sorted(members, key=lambda group: (_KINDS.index(group.kind), group.value))
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(_COLUMNS))
    return frame.astype({"persons": "int64", **dict.fromkeys(_COLUMNS[3:], "float64")})


@dataclass(frozen=True, slots=True)
class _Group:
    kind: str
    value: str


def _groups(household: Household) -> Iterator[_Group]:
    yield _Group("size class", next((name for above, name in _SIZE_CLASSES if household.size < above), _LARGEST))
    for kind in household.needs:
        yield _Group("need", kind)
    for trait in household.traits:
        yield _Group("trait", trait)


def _figures(found: Outcomes, members: Counts, group: _Group) -> tuple[float, ...]:
    size = found.size[members]
    kinds = [found.kinds.index(group.value)] if group.kind == "need" else list(range(len(found.kinds)))
    return (
        int(size.sum()),
        _mean(found.unplaced[members], size),
        _mean(found.moved[members], size),
        _mean(found.metres[members][:, kinds], found.members[members][:, kinds]),
        _mean(found.wish_rank[members], size),
        _mean(found.utility[members], size),
    )


def _mean(values: Shares, persons: Counts) -> float:
    """Average over persons; NaN entries apply to nobody."""
    weights = np.where(np.isnan(values), 0, persons)
    total = int(weights.sum())
    return float((np.nan_to_num(values, nan=0.0) * weights).sum() / total) if total else np.nan
