"""A level: goals of one importance."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from dezentral.domain.fields import AsTuple
from dezentral.domain.policy.goals import Goal, GoalField
from dezentral.domain.record import Record
from dezentral.errors import DezentralError, Fault, PolicyError


class Level(Record):
    """Goals that are added with their weights, and what later levels may give up of them.

    Attributes
    ----------
    goals
        The goals of this level.
    rel_slack, abs_slack
        Later levels may worsen this one from v to at most ``v + rel_slack·|v| + abs_slack``.

    Raises
    ------
    PolicyError
        If a field is not as described, with every fault.

    Examples
    --------
    >>> import dezentral as dz
    >>> dz.Level(dz.Wishes(), dz.Fit(weight=2.0), rel_slack=0.05).limit(100.0)
    105.0
    """

    error: ClassVar[type[DezentralError]] = PolicyError

    goals: Annotated[tuple[GoalField, ...], AsTuple, Field(min_length=1)]
    rel_slack: Annotated[float, Field(ge=0, le=1e9)] = 0.0
    abs_slack: Annotated[float, Field(ge=0, le=1e15)] = 0.0

    def __init__(self, *goals: Goal, **data: Any) -> None:
        if goals and "goals" in data:
            msg = "goals by position or as goals=, not both"
            raise PolicyError.of([Fault("level", "goals", data["goals"], msg)])
        super().__init__(**({"goals": goals, **data} if goals else data))

    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined,unused-ignore]

    def limit(self, value: float) -> float:
        """Return how far later levels may let this level go, from the value of its own solve."""
        return value + self.rel_slack * abs(value) + self.abs_slack
