"""score: every level's value, recomputed in plain Python."""

from __future__ import annotations

import math

from dezentral.checks.goals import GOALS
from dezentral.checks.situation import Situation
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_policy
from dezentral.domain.policy import Policy


def score(instance: Instance, policy: Policy, plan: Plan) -> tuple[float, ...]:
    """Return the value of each level of a policy for a plan: Σ weight × value of its goals.

    Shares no code with the solver but the distance function. A plan that breaks rules is scored as it stands.

    Parameters
    ----------
    instance
        The input.
    policy
        Its levels are valued; its rules matter where a goal reads them (the area a person needs, in `Fit`).
    plan
        A plan of the instance.

    Returns
    -------
    tuple
        One number per level, most important first, in the units of its goals; less is better.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="g", size=2, priority=3), dz.Household(id="h", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")], unplaced=["g"])
    >>> dz.score(city, dz.Policy(levels=[dz.Level(dz.Placed()), dz.Level(dz.Fit(weight=0.5))]), plan)
    (6.0, 0.5)
    """
    require_match(instance, plan)
    require_policy(policy)
    situation = Situation(instance, policy.rules, plan)
    return tuple(
        math.fsum(goal.weight * GOALS[type(goal)](situation, goal) for goal in level.goals) for level in policy.levels
    )
