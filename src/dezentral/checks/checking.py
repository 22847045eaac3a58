"""check: every rule, re-checked in plain Python."""

from __future__ import annotations

from dezentral.checks.rules import RULES
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation
from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_policy
from dezentral.domain.policy import Policy
from dezentral.wording import Language, require_language

RULE_NAMES = tuple(name for name, _ in RULES)


def check(instance: Instance, policy: Policy, plan: Plan, *, language: Language = "en") -> tuple[Violation, ...]:
    """Return every violation of a rule in a plan; none means that the plan is feasible.

    Shares no code with the solver but the distance function.

    Parameters
    ----------
    instance
        The input.
    policy
        Its rules are checked, on top of what the records themselves demand.
    plan
        A plan of the instance.
    language
        Of the messages: ``"en"`` or ``"de"``.

    Returns
    -------
    tuple
        Violations in the order of `RULE_NAMES`, within a rule by ids of households, then of sites.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    PolicyError
        If there are no sentences in the language.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=5)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")])
    >>> for violation in dz.check(city, dz.Policy.default(), plan):
    ...     print(f"{violation.rule}: {violation.message}")
    units: Household h (5 persons) does not fit into units of kind flat at site s: 1 unit holds 4 persons.
    """
    require_match(instance, plan)
    require_policy(policy)
    situation = Situation(instance, policy.rules, plan, require_language(language))
    return tuple(violation for _, rule in RULES for violation in sorted(rule(situation), key=_by_ids))


def _by_ids(violation: Violation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return violation.households, violation.sites  # never the message: every language has the same order
