"""What a solve returns: a plan, and per level what is proven about it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, PlainSerializer

from dezentral.domain.fields import AsTuple, _as_dict, _plain
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.plan import Plan
from dezentral.domain.policy import GoalField
from dezentral.domain.record import Record
from dezentral.errors import DezentralError, PlanError
from dezentral.wording.outcomes import outcome_html, outcome_line


class Status(StrEnum):
    """What is known about a plan or a level.

    ``OPTIMAL``: proven within the gap. ``FEASIBLE``: a plan without that proof. ``INFEASIBLE``: proven that no plan
    exists. ``UNKNOWN``: neither a plan nor a proof.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.solve(dz.Instance(districts=(), sites=())).status is dz.Status.OPTIMAL
    True
    """

    OPTIMAL = "OPTIMAL"
    FEASIBLE = "FEASIBLE"
    INFEASIBLE = "INFEASIBLE"
    UNKNOWN = "UNKNOWN"


def _as_status(value: object) -> object:
    return Status(value) if isinstance(value, str) and value in Status.__members__ else value


StatusField = Annotated[Status, BeforeValidator(_as_status)]
_Versions = Annotated[
    Mapping[str, str],
    BeforeValidator(_as_dict),
    AfterValidator(FrozenDict),
    PlainSerializer(_plain, return_type=dict[str, str]),
]


class LevelOutcome(Record):
    """What was reached on one level, and what is proven.

    Attributes
    ----------
    goals
        The level's goals.
    value
        Value of the level's own solve.
    bound
        No plan within the limits of the earlier levels is better than this; None = nothing proven yet.
    gap
        ``(value − bound) / max(1, |value|)``; None without bound.
    status
        ``OPTIMAL`` or ``FEASIBLE``.
    final
        Value of the returned plan: later levels may use the level's slack.
    seconds
        Wall time of the level's own solve.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> fit = dz.solve(city, dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Fit())])).levels[1]
    >>> fit.status.value, fit.value, fit.bound, fit.gap
    ('OPTIMAL', 1.0, 1.0, 0.0)
    """

    error: ClassVar[type[DezentralError]] = PlanError

    goals: Annotated[tuple[GoalField, ...], AsTuple]
    value: float
    bound: float | None
    gap: float | None
    status: StatusField
    final: float
    seconds: float


class Result(Record):
    """A plan and what is known about it.

    Attributes
    ----------
    status
        ``OPTIMAL`` iff every level is; ``INFEASIBLE`` only on proof.
    plan
        The proposal; None if INFEASIBLE or UNKNOWN.
    levels
        One outcome per level of the policy.
    seconds
        Wall time.
    reproducible
        Whether the same call gives the same plan again.
    version
        Of dezentral and ortools.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> result = dz.solve(city)
    >>> result.plan.placements
    (Placement(household='h', site='s', unit='flat', units=1),)
    >>> dz.Result.model_validate_json(result.model_dump_json()) == result
    True
    """

    error: ClassVar[type[DezentralError]] = PlanError

    schema_version: Literal[1] = 1
    status: StatusField
    plan: Plan | None
    levels: Annotated[tuple[LevelOutcome, ...], AsTuple]
    seconds: float
    reproducible: bool
    version: _Versions

    def __repr__(self) -> str:
        return outcome_line(self)

    def __str__(self) -> str:
        return outcome_line(self)

    def _repr_html_(self) -> str:
        return outcome_html(self)
