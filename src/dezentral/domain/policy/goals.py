"""The goals: what a level of a policy minimises."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Discriminator, Field

from dezentral.domain.fields import FloatByKey, Metres, PositiveWeight
from dezentral.domain.frozen import FrozenDict
from dezentral.domain.record import Record
from dezentral.errors import DezentralError, PolicyError


class _Goal(Record):
    """What every goal has: a weight within its level."""

    error: ClassVar[type[DezentralError]] = PolicyError
    counts: ClassVar[bool] = False  # whether its values are whole numbers of persons

    weight: PositiveWeight = 1.0


class KeepHoused(_Goal):
    """Persons of households with a `current_site` who are left unplaced (persons)."""

    counts: ClassVar[bool] = True
    goal: Literal["keep_housed"] = "keep_housed"


class Placed(_Goal):
    """Σ size × priority of unplaced households (weighted persons)."""

    counts: ClassVar[bool] = True
    goal: Literal["placed"] = "placed"


class Stability(_Goal):
    """Persons placed at another site than their current one (persons)."""

    counts: ClassVar[bool] = True
    goal: Literal["stability"] = "stability"


class Evenness(_Goal):
    """How far the loads L_d of the districts are from their targets T_d.

    Attributes
    ----------
    measure
        ``"chi2"``: Σ_d (L_d − T_d)² / max(T_d, 1) (persons); ``"persons_to_move"``:
        ½ Σ_d abs(L_d − target share × Σ L) (persons); ``"max_ratio"``: max_d L_d / max(T_d, 1).
    """

    goal: Literal["evenness"] = "evenness"
    measure: Literal["chi2", "persons_to_move", "max_ratio"] = "chi2"


class Seats(_Goal):
    """Members who need a kind with capacities and get no seat, by a best seating (persons)."""

    counts: ClassVar[bool] = True
    goal: Literal["seats"] = "seats"


class Proximity(_Goal):
    """Metres from homes to services and anchors (person-metres).

    Attributes
    ----------
    weights
        Service kind → weight of a member's metre; 1 where a kind is not named.
    out_of_reach
        Metres that count where no service of a kind is reachable.
    """

    goal: Literal["proximity"] = "proximity"
    weights: FloatByKey = Field(default_factory=FrozenDict)
    out_of_reach: Metres = 20_000.0


class Wishes(_Goal):
    """Σ size × position of the district in the household's wishes (person-ranks).

    Attributes
    ----------
    depth
        What a district that is not listed, or listed later, counts.
    """

    goal: Literal["wishes"] = "wishes"
    depth: Annotated[int, Field(ge=0, le=10**6)] = 3


class Fit(_Goal):
    """Beds that stay empty in units in use (beds)."""

    goal: Literal["fit"] = "fit"


class Cost(_Goal):
    """Σ size × cost of the site (as given)."""

    goal: Literal["cost"] = "cost"


class Utility(_Goal):
    """−Σ predicted benefit of the placements (as given)."""

    goal: Literal["utility"] = "utility"


class PeerSupport(_Goal):
    """Persons who seek peer support and find none in their district (persons)."""

    goal: Literal["peer_support"] = "peer_support"


_GOALS: tuple[type[_Goal], ...] = (
    KeepHoused, Placed, Stability, Evenness, Seats, Proximity, Wishes, Fit, Cost, Utility, PeerSupport,
)  # fmt: skip
_TAGS = {goal.__name__.casefold(): goal.model_fields["goal"].default for goal in _GOALS}


def _with_known_tag(value: object) -> object:
    """Accept a goal's class name for its tag: ``"KeepHoused"`` and ``"keep_housed"`` are one."""
    if isinstance(value, dict) and isinstance(value.get("goal"), str):
        tag = value["goal"]
        return {**value, "goal": _TAGS.get(tag.replace("_", "").casefold(), tag)}
    return value


# The tagged union of all goals. Tags are written in lower case with underscores ("keep_housed"); class names
# ("KeepHoused"), as people write them by hand, are read as well.
Goal = (
    KeepHoused | Placed | Stability | Evenness | Seats | Proximity | Wishes | Fit | Cost | Utility | PeerSupport
)
GoalField = Annotated[Annotated[Goal, Discriminator("goal")], BeforeValidator(_with_known_tag)]
COUNTS_IN_PERSONS = (KeepHoused, Placed, Stability, Seats)


def is_goal(value: Any) -> bool:
    """Say whether a value is a goal record."""
    return isinstance(value, _Goal)
