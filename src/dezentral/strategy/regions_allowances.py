"""What is limited for the whole, shared out to regions by what tier one has each of them use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dezentral.checks.situation import Situation, persons
from dezentral.domain import Household, Service
from dezentral.domain.policy import Policy
from dezentral.strategy.regions_parts import Allowance


@dataclass(frozen=True)
class SharedOut:
    """Who goes where by tier one.

    Attributes
    ----------
    region_of
        Household id → region id; those whom tier one leaves unplaced have one, too: they may still find a place.
    site_of
        Household id → pooled site id, of those whom tier one places.
    home_of
        Household id → pooled site id of today's home, of those who have one.
    """

    region_of: Mapping[str, str]
    site_of: Mapping[str, str]
    home_of: Mapping[str, str]


class Allowances:
    """Moves, operators' persons and seats, by region."""

    def __init__(
        self, situation: Situation, policy: Policy, regions: Mapping[str, str], shared_out: SharedOut,
        operator_of: Mapping[str, str | None],
    ) -> None:  # fmt: skip
        self.situation, self.policy, self.shared_out = situation, policy, shared_out
        self.region_of_district = regions
        self.regions = sorted(set(regions.values()))
        self.operator_of = operator_of
        self.households = {household.id: household for household in situation.instance.households}
        self._needs = self._members_in_need()
        self._moves = self._share_moves()
        self._operators = {key: self._share_operator(key, cap) for key, cap in policy.rules.operator_capacity.items()}
        self._seats = [self._share_seats(service, column) for column, service in enumerate(situation.instance.services)]

    def of(self, region: str) -> Allowance:
        """Return one region's share."""
        rules = self.policy.rules.model_copy(
            update={
                "max_moves": None if self._moves is None else self._moves[region],
                "operator_capacity": {key: shares[region] for key, shares in self._operators.items()},
            }
        )
        services = tuple(
            service if shares is None else service.model_copy(update={"capacity": shares[region]})
            for service, shares in zip(self.situation.instance.services, self._seats, strict=True)
        )
        return Allowance(rules, services)

    def _share_moves(self) -> dict[str, int] | None:
        """Keep what moves between regions need; give each region its own, and what is left in equal parts."""
        most = self.policy.rules.max_moves
        if most is None:
            return None
        own: Counter[str] = Counter()
        crossing = 0
        for key, site in self.shared_out.site_of.items():
            household = self.households[key]
            if self._counts_as_move(household) and self.shared_out.home_of[key] != site:
                if self._home_region(household) == self.shared_out.region_of[key]:
                    own[self.shared_out.region_of[key]] += 1
                else:
                    crossing += 1
        left = max(0, most - crossing - sum(own.values()))
        return _with_rest({region: own[region] for region in self.regions}, left)

    def _counts_as_move(self, household: Household) -> bool:
        home = self.situation.home(household)
        if home is None or not self.situation.is_open(home) or household.fixed_site not in {None, home.id}:
            return False
        return home.id not in household.excluded_sites and home.district not in household.excluded_districts

    def _home_region(self, household: Household) -> str | None:
        home = self.situation.home(household)
        return None if home is None else self.region_of_district[home.district]

    def _share_operator(self, operator: str, cap: int) -> dict[str, int]:
        """Give each region what it uses by tier one; nobody new anywhere where today exceeds the cap."""
        sites = [site for site in self.situation.sites.values() if site.operator == operator]
        today = sum(site.housed + persons(self.situation.living_at.get(site.id, ())) for site in sites)
        if today > cap:
            return dict.fromkeys(self.regions, 0)
        used: Counter[str] = Counter()
        for site in sites:
            used[self.region_of_district[site.district]] += site.housed
        for key, pooled in self.shared_out.site_of.items():
            if self.operator_of[pooled] == operator:
                used[self.shared_out.region_of[key]] += self.households[key].size
        return _with_rest({region: used[region] for region in self.regions}, max(0, cap - sum(used.values())))

    def _share_seats(self, service: Service, column: int) -> dict[str, int] | None:
        """Share out seats among the regions that a service reaches, by the members who need one there."""
        if service.capacity is None:
            return None
        sites = self.situation.instance.sites
        near = np.flatnonzero(np.isfinite(self.situation.service_metres[:, column])).tolist()
        reached = {self.region_of_district[sites[row].district] for row in near}
        need = {region: self._needs[service.kind, region] for region in self.regions if region in reached}
        total = sum(need.values())
        shares = {region: service.capacity * need[region] // total if total else 0 for region in need}
        rest = _with_rest(shares, service.capacity - sum(shares.values())) if shares else {}
        return {region: rest.get(region, 0) for region in self.regions}

    def _members_in_need(self) -> Counter[tuple[str, str]]:
        """Count members by service kind and region."""
        counted: Counter[tuple[str, str]] = Counter()
        for key in self.shared_out.site_of:
            for kind, members in self.households[key].needs.items():
                counted[kind, self.shared_out.region_of[key]] += members
        return counted


def _with_rest(shares: dict[str, int], rest: int) -> dict[str, int]:
    """Add the rest in equal parts, what remains one by one, in the order of the ids."""
    each, more = divmod(rest, len(shares))
    return {key: shares[key] + each + (number < more) for number, key in enumerate(sorted(shares))}
