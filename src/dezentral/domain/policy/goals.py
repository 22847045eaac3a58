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
    """Persons of households with a `current_site` who are left unplaced (persons).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3, current_site="s")],
    ... )
    >>> plan = dz.Plan(unplaced=["h"])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.KeepHoused())]), plan)
    (3.0,)
    """

    counts: ClassVar[bool] = True
    goal: Literal["keep_housed"] = "keep_housed"


class Placed(_Goal):
    """Σ size × priority of unplaced households (weighted persons).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3, priority=2)],
    ... )
    >>> plan = dz.Plan(unplaced=["h"])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Placed())]), plan)
    (6.0,)
    """

    counts: ClassVar[bool] = True
    goal: Literal["placed"] = "placed"


class Stability(_Goal):
    """Persons placed at another site than their current one (persons).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[
    ...         dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)]),
    ...         dz.Site(id="t", district="a", units=[dz.Unit(id="flat", beds=4)]),
    ...     ],
    ...     households=[dz.Household(id="h", size=3, current_site="t")],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Stability())]), plan)
    (3.0,)
    """

    counts: ClassVar[bool] = True
    goal: Literal["stability"] = "stability"


class Evenness(_Goal):
    """How far the loads L_d of the districts are from their targets T_d.

    Attributes
    ----------
    measure
        ``"chi2"``: Σ_d (L_d − T_d)² / max(T_d, 1) (persons); ``"persons_to_move"``:
        ½ Σ_d abs(L_d − target share × Σ L) (persons); ``"max_ratio"``: max_d L_d / max(T_d, 1).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=4)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Evenness(measure="persons_to_move"))]), plan)
    (2.0,)
    """

    goal: Literal["evenness"] = "evenness"
    measure: Literal["chi2", "persons_to_move", "max_ratio"] = "chi2"


class Seats(_Goal):
    """Members who need a kind with capacities and get no seat, by a best seating (persons).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=4, needs={"kita": 2})],
    ...     services=[dz.Service(id="k", kind="kita", capacity=1)],
    ...     distances=dz.Table(rows=("s",), columns=("k",), data=((300.0,),)),
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Seats())]), plan)
    (1.0,)
    """

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

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=4, needs={"kita": 2})],
    ...     services=[dz.Service(id="k", kind="kita")],
    ...     distances=dz.Table(rows=("s",), columns=("k",), data=((300.0,),)),
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Proximity())]), plan)
    (600.0,)
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

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000), dz.District(id="b", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=4, wishes=("b", "a"))],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Wishes())]), plan)
    (4.0,)
    """

    goal: Literal["wishes"] = "wishes"
    depth: Annotated[int, Field(ge=0, le=10**6)] = 3


class Fit(_Goal):
    """Beds that stay empty in units in use (beds).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Fit())]), plan)
    (1.0,)
    """

    goal: Literal["fit"] = "fit"


class Cost(_Goal):
    """Σ size × cost of the site (as given).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)], cost=12.5)],
    ...     households=[dz.Household(id="h", size=4)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Cost())]), plan)
    (50.0,)
    """

    goal: Literal["cost"] = "cost"


class Utility(_Goal):
    """−Σ predicted benefit of the placements (as given).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=4)],
    ...     utilities=dz.Table(rows=("h",), columns=("s",), data=((0.25,),)),
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Utility())]), plan)
    (-0.25,)
    """

    goal: Literal["utility"] = "utility"


class PeerSupport(_Goal):
    """Persons who seek peer support and find none in their district (persons).

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000, support={"uk": 2})],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3, languages={"uk"}, seeks_support=True)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.PeerSupport())]), plan)
    (1.0,)
    """

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
