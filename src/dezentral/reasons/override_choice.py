"""Where exactly a household goes at a site, and what that breaks."""

from __future__ import annotations

from dataclasses import dataclass

from dezentral.assess.changed_placement import at_place
from dezentral.checks import Violation, check
from dezentral.checks.situation import Situation
from dezentral.domain import Household, Instance, Placement, Plan, Site, Unit
from dezentral.domain.policy import Policy
from dezentral.wording import Language, say

# What these rules report names the places of others: they are told without.
_TOLD_WITHOUT_PLACES = frozenset({"relation", "service_capacity"})


@dataclass(frozen=True, slots=True)
class Choice:
    """A household placed in one unit kind.

    Attributes
    ----------
    placement, plan
        The placement, and the plan with it.
    fits, free
        Whether it fits into units of the kind at all; whether there are enough of them.
    violations
        What it newly breaks, in words.
    """

    placement: Placement
    plan: Plan
    fits: bool
    free: bool
    violations: tuple[str, ...]


def chosen(  # noqa: PLR0913  who, where and in which words
    instance: Instance,
    policy: Policy,
    plan: Plan,
    household: str,
    *,
    site: str,
    unit: str | None,
    language: Language,
) -> Choice:
    """Place a household at a site, in a unit kind or, with None, in the best one there. All ids are known."""
    situation = Situation(instance, policy.rules, plan, language)
    one, where = situation.households[household], situation.sites[site]
    plans = (plan, without(plan, household))
    before = frozenset(found for each in plans for found in check(instance, policy, each, language=language))
    here: set[str | None] = {own.unit for own in plan.placements if (own.household, own.site) == (one.id, site)}
    home = one.current_unit if one.current_site == site else None
    lives_in = here or {home}
    kinds = [kind for kind in where.units if unit in {None, kind.id}]
    choices = [_choice(situation, policy, one, (where, kind), before) for kind in kinds]
    return min(
        choices,
        key=lambda choice: (
            not choice.fits,
            not choice.free,
            len(choice.violations),
            choice.placement.unit not in lives_in,
            choice.placement.unit,
        ),
    )


def without(plan: Plan, household: str) -> Plan:
    """Return the plan with one household unplaced."""
    return moved(plan, household, None)


def moved(plan: Plan, household: str, placement: Placement | None) -> Plan:
    """Return the plan with one household placed elsewhere, or unplaced; everyone else stays put."""
    others = tuple(own for own in plan.placements if own.household != household)
    unplaced = tuple(key for key in plan.unplaced if key != household)
    return Plan(
        placements=(*others, placement) if placement else others,
        unplaced=unplaced if placement else (*unplaced, household),
        overrides=plan.overrides,
    )


def _choice(
    situation: Situation, policy: Policy, one: Household, place: tuple[Site, Unit], before: frozenset[Violation]
) -> Choice:
    site, unit = place
    fitting = at_place(situation, one, site, unit)
    most = min(policy.rules.max_units_per_household, max(unit.count, 1))
    placement = Placement(
        household=one.id, site=site.id, unit=unit.id, units=most if fitting is None else fitting.units
    )
    plan = moved(situation.plan, one.id, placement)
    broken = check(situation.instance, policy, plan, language=situation.language)
    caused = [violation for violation in broken if violation not in before]
    full = [violation for violation in caused if violation.rule == "units"]
    return Choice(
        placement=placement,
        plan=plan,
        fits=fitting is not None,
        free=not full if fitting is not None else len(full) <= 1,
        violations=tuple(_told(situation, violation) for violation in caused),
    )


def _told(situation: Situation, violation: Violation) -> str:
    """Say what is broken, without a protected address at which the household ought to be."""
    elsewhere = {situation.households[key].fixed_site for key in violation.households} - {None}
    hidden = violation.rule == "fixed" and any(situation.sites[str(key)].confidential for key in elsewhere)
    told = hidden or violation.rule in _TOLD_WITHOUT_PLACES
    words = say(f"decisions.breaks.{violation.rule}", situation.language) if told else violation.message
    return f"{violation.rule}: {words}"
