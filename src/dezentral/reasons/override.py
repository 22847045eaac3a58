"""override: a placement by hand, logged with what it breaks; replay: the same decisions once more."""

from __future__ import annotations

from collections.abc import Iterable

from dezentral.domain import Instance, Override, Plan, require_match
from dezentral.domain.arguments import require_all, require_instance, require_policy
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, PlanError
from dezentral.reasons.override_choice import chosen
from dezentral.reasons.override_faults import require_decision
from dezentral.wording import Language, require_language


def override(  # noqa: PLR0913  who, where, by whom and why: a decision has no fewer parts
    instance: Instance,
    policy: Policy,
    plan: Plan,
    household: str,
    site: str,
    *,
    unit: str | None = None,
    by: str,
    reason: str,
    language: Language = "en",
) -> Plan:
    """Return the plan with one household placed by hand; everyone else stays put.

    The decision is carried out whatever it breaks, and logged with what it newly breaks.

    Parameters
    ----------
    instance
        The input.
    policy
        Its rules say what the decision breaks.
    plan
        A plan of the instance.
    household, site
        Ids: who is placed where; a protected address is allowed, the plan is the office's own data.
    unit
        Id of the unit kind; None chooses one at the site: one into which the household fits, in which there is room,
        with the fewest rules newly broken, in which it is or lives already, by id.
    by, reason
        Who decides, and why.
    language
        Of the sentences in the log: ``"en"`` or ``"de"``.

    Returns
    -------
    Plan
        With one more entry in `overrides`. The household takes the units that it needs; where it does not fit it takes
        as many as one household may take and there are. ``violations`` of the entry are those of `check` that the
        decision newly causes, each as ``"rule: sentence"``: broken after it, and neither broken in the
        same way before nor without the household. The sentences name no other household, nor where others live.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance; if an id is unknown, the unit is not at the site or the site has
        no units; if `by` or `reason` is empty.
    PolicyError
        If there are no sentences in the language.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="g", size=2), dz.Household(id="h", size=3)],
    ... )
    >>> policy = dz.Policy.default()
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")], unplaced=["g"])
    >>> changed = dz.override(city, policy, plan, "g", "s", by="A. Planner", reason="a birth is near")
    >>> changed.overrides[0].violations
    ('units: Site s has 1 unit of kind flat; the plan uses 2.',)
    """
    require_instance(instance)
    require_policy(policy)
    require_all(
        lambda: require_match(instance, plan),
        lambda: require_decision(instance, household, site, unit, by=by, reason=reason),
        lambda: require_language(language),
    )
    choice = chosen(instance, policy, plan, household, site=site, unit=unit, language=language)
    entry = Override(
        household=household,
        site=site,
        unit=choice.placement.unit,
        by=by,
        reason=reason,
        violations=choice.violations,
    )
    return choice.plan.model_copy(update={"overrides": (*plan.overrides, entry)})


def replay(
    instance: Instance,
    policy: Policy,
    plan: Plan,
    overrides: Iterable[Override],
    *,
    language: Language = "en",
) -> Plan:
    """Return the plan with decisions by hand carried out in order.

    The log of an overridden plan, replayed in its language on the plan before the first of its entries, gives the
    overridden plan again. On another plan or under another policy, each entry is logged with what it breaks there.

    Parameters
    ----------
    instance, policy
        As for `override`.
    plan
        A plan of the instance; the entries of its own log are kept, not carried out again.
    overrides
        The decisions, first one first.
    language
        Of the sentences in the log, as for `override`.

    Raises
    ------
    PlanError, PolicyError
        As `override`.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> policy, plan = dz.Policy.default(), dz.Plan(unplaced=["h"])
    >>> changed = dz.override(city, policy, plan, "h", "s", by="A. Planner", reason="near its school")
    >>> dz.replay(city, policy, plan, changed.overrides) == changed
    True
    """
    require_language(language)
    entries = tuple(overrides) if isinstance(overrides, Iterable) else (overrides,)
    faults = [
        Fault("arguments", "overrides", type(entry).__name__, "an Override")
        for entry in entries
        if not isinstance(entry, Override)
    ]
    if faults:
        raise PlanError.of(faults)
    for entry in entries:
        plan = override(
            instance,
            policy,
            plan,
            entry.household,
            entry.site,
            unit=entry.unit,
            by=entry.by,
            reason=entry.reason,
            language=language,
        )
    return plan
