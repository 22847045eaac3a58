"""Tier one: the instance with each group of districts as one district, its units pooled by kind.

Whatever plan the instance has, the pooled instance has one that keeps its own rules and is, on every level, no worse.
So a bound that is proven for the pooled instance under some limits holds for the instance under the same limits:

- Evenness adds up. Σ_{d in g} (L_d − T_d)² / max(T_d, 1) ≥ (Σ L_d − Σ T_d)² / Σ max(T_d, 1) (Cauchy and Schwarz, in the
  form of Sedrakyan); max_d L_d / max(T_d, 1) ≥ Σ L_d / Σ max(T_d, 1); Σ |L_d − a_d| ≥ |Σ L_d − Σ a_d|. The pooled goal
  divides by max(Σ T_d, 1), which is less where some T_d < 1: its weight is lowered by the least such ratio.
- Caps add up, at least today's persons each. Site caps become the pool's, singles' shares are dropped.
- Moves within a pool are none. Who cannot stay lives in a closed pool: they move wherever they go, as before.
- Distances, costs, wishes and utilities are those of the best member; seats and peer support are shared by the group.
- "same_site" and "same_district" bind to one group; who must be apart may be together, unless groups are districts.
- Spare beds (`Fit`) count unless area limits units while people live somewhere: there pooling could count more. Metres
  to services (`Proximity`) count unless `out_of_reach` is less than some metres that count: the nearest is not the best
  then.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dezentral.checks.situation import Situation, persons
from dezentral.domain import District, Household, Instance, Plan, Relation
from dezentral.domain.fields import MOST_PERSONS
from dezentral.domain.policy import Evenness, Fit, Goal, Level, Policy, Proximity, Utility, Wishes
from dezentral.strategy.regions_anchors import Benefits, pooled_benefits
from dezentral.strategy.regions_distances import pool_services
from dezentral.strategy.regions_pooling import PooledSites, most_persons, pool_sites

_NOTHING = Wishes(depth=0)  # always 0: stands for a level whose goals cannot be relaxed


@dataclass(frozen=True)
class Relaxation:
    """A pooled instance and what its levels are; a group's district bears the group's id."""

    instance: Instance
    policy: Policy


def relaxed(instance: Instance, policy: Policy, group_of: Mapping[str, str]) -> Relaxation:
    """Pool an instance by groups of districts (district id → group id)."""
    everyone = Plan(unplaced=tuple(household.id for household in instance.households))
    situation = Situation(instance, policy.rules, everyone)
    pooled = pool_sites(situation, group_of)
    services = pool_services(situation, policy, pooled)
    benefits = pooled_benefits(situation, policy, pooled)
    groups = _Groups(situation, group_of)
    translate = _Households(situation, pooled, group_of)
    small = Instance(
        districts=tuple(groups.districts()),
        sites=pooled.sites,
        households=tuple(translate(household) for household in instance.households),
        services=services.services,
        relations=tuple(_relations(instance, group_of)),
        distances=services.distances,
        utilities=benefits.table,
        detour=instance.detour,
    )
    return Relaxation(small, _policy(policy, situation, groups.evenness_ratio(), benefits))


class _Groups:
    """Districts as groups."""

    def __init__(self, situation: Situation, group_of: Mapping[str, str]) -> None:
        self.situation = situation
        self.members: dict[str, list[District]] = defaultdict(list)
        for district in situation.districts.values():
            self.members[group_of[district.id]].append(district)
        self.shares = target_shares(situation.instance)
        self.everyone = total_persons(situation.instance)

    def districts(self) -> list[District]:
        """Return one district per group, by id."""
        return [self._merged(group, self.members[group]) for group in sorted(self.members)]

    def evenness_ratio(self) -> float:
        """Return min over groups of max(Σ T_d, 1) / Σ max(T_d, 1)."""
        ratios = []
        for members in self.members.values():
            targets = [self.shares[district.id] * self.everyone for district in members]
            ratios.append(max(sum(targets), 1.0) / sum(max(target, 1.0) for target in targets))
        return min([1.0, *ratios])

    def _merged(self, group: str, members: list[District]) -> District:
        support: Counter[str] = Counter()
        for district in members:
            support.update(district.support)
        return District(
            id=group,
            population=0,
            target_weight=sum(self.shares[district.id] for district in members),
            housed=sum(district.housed for district in members),
            max_persons=self._cap(members),
            support={language: min(helped, MOST_PERSONS) for language, helped in support.items()},
        )

    def _cap(self, members: list[District]) -> int | None:
        if all(district.max_persons is None for district in members):
            return None
        return min(sum(self._most(district) for district in members), MOST_PERSONS)

    def _most(self, district: District) -> int:
        """Return what a district can hold in any plan, at least today's persons."""
        sites = self.situation.sites_in[district.id]
        fits = district.housed + sum(most_persons(self.situation, site) for site in sites)
        if district.max_persons is None:
            return fits
        living = sum(persons(self.situation.living_at.get(site.id, ())) for site in sites)
        today = district.housed + sum(site.housed for site in sites) + living
        return min(fits, max(district.max_persons, today))


class _Households:
    """Households as the pooled instance sees them."""

    def __init__(self, situation: Situation, pooled: PooledSites, group_of: Mapping[str, str]) -> None:
        self.situation, self.pooled, self.group_of = situation, pooled, group_of

    def __call__(self, household: Household) -> Household:
        changes: dict[str, Any] = {
            "anchors": (),  # their metres are among the benefits, if at all
            "wishes": tuple(self.group_of[district] for district in household.wishes),
            "excluded_districts": frozenset(),
            "excluded_sites": frozenset(self._excluded(household)),
            "current_site": None,
            "current_unit": None,
        }
        if household.fixed_site is not None:
            changes["fixed_site"] = self.pooled.of_site[household.fixed_site]
        if household.current_site is not None:
            changes |= self._home(household, household.current_site)
        return household.model_copy(update=changes)

    def _home(self, household: Household, site_id: str) -> dict[str, str | None]:
        site = self.situation.sites[site_id]
        if not self.situation.is_open(site) or _excludes(household, site_id, site.district):
            return {"current_site": self.pooled.closed[site_id]}
        unit = household.current_unit
        return {
            "current_site": self.pooled.of_site[site_id],
            "current_unit": None if unit is None else self.pooled.of_unit[site_id, unit],
        }

    def _excluded(self, household: Household) -> list[str]:
        """Return the pools of which every site is excluded."""
        if not household.excluded_sites and not household.excluded_districts:
            return []
        return [
            pool
            for pool, members in self.pooled.members.items()
            if members and all(_excludes(household, site.id, site.district) for site in members)
        ]


def _excludes(household: Household, site: str, district: str) -> bool:
    return site in household.excluded_sites or district in household.excluded_districts


def _relations(instance: Instance, group_of: Mapping[str, str]) -> list[Relation]:
    apart = len(set(group_of.values())) == len(group_of)  # every group is one district
    kept = []
    for relation in instance.relations:
        if relation.kind.startswith("same_"):
            kept.append(Relation(kind="same_district", households=relation.households))
        elif relation.kind == "different_district" and apart:
            kept.append(relation)
    return kept


def _policy(policy: Policy, situation: Situation, ratio: float, benefits: Benefits) -> Policy:
    rules = policy.rules.model_copy(update={"max_site_persons": None, "max_single_share": None, "min_stay_days": 0})
    levels = []
    for i, level in enumerate(policy.levels):
        goals = [_lowered(goal, ratio) for goal in level.goals if _can_be_pooled(goal, situation)]
        if benefits.level == i:
            goals.append(Utility(weight=benefits.weight))
        levels.append(Level(*(goals or [_NOTHING]), rel_slack=level.rel_slack, abs_slack=level.abs_slack))
    return Policy(rules=rules, levels=tuple(levels))


def _lowered(goal: Goal, ratio: float) -> Goal:
    if isinstance(goal, Evenness) and goal.measure != "persons_to_move" and ratio < 1:
        return goal.model_copy(update={"weight": goal.weight * ratio})
    return goal


def _can_be_pooled(goal: Goal, situation: Situation) -> bool:
    if isinstance(goal, Fit):
        return situation.rules.min_area_per_person_m2 is None or not situation.living_at
    if isinstance(goal, Proximity):
        metres = [far for by_site in situation.kind_metres.values() for far in by_site.tolist()]
        reached = [far for far in metres if math.isfinite(far)]
        return len(reached) == len(metres) or goal.out_of_reach >= max(reached, default=0.0)
    return True


def target_shares(instance: Instance) -> dict[str, float]:
    """Return each district's share of the target, by id."""
    weights = {d.id: float(d.population) if d.target_weight is None else d.target_weight for d in instance.districts}
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}


def total_persons(instance: Instance) -> int:
    """Return N: all housed and all households, placed or not."""
    housed = sum(district.housed for district in instance.districts) + sum(site.housed for site in instance.sites)
    return housed + sum(household.size for household in instance.households)
