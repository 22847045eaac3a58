"""What keeps a household from a place, with all others staying put: every rule that it would newly break."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dezentral.assess.places_caps import FilledCap, filled_caps
from dezentral.assess.places_seats import Growth, Seatings
from dezentral.checks.placed import PlacedHousehold
from dezentral.checks.situation import Situation
from dezentral.domain import Household, Relation, Site


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps a household from a place.

    Attributes
    ----------
    rule
        Name of the rule.
    cause
        What about the rule, as a key of the catalogue: ``"units.full"``.
    facts
        Figures and words that a sentence about it may need.
    cap
        The cap that is in the way, if one is.
    """

    rule: str
    cause: str
    facts: Mapping[str, object] = field(default_factory=dict)
    cap: FilledCap | None = None


class Rulebook:
    """The rules about places, joined with a plan once; what concerns units is the ledger's."""

    def __init__(self, situation: Situation, seatings: Seatings) -> None:
        self.situation, self._seatings = situation, seatings
        self._caps: dict[str, list[FilledCap]] = defaultdict(list)
        for cap in filled_caps(situation):
            for site_id in sorted(cap.sites):
                self._caps[site_id].append(cap)
        self._relations: dict[str, list[Relation]] = defaultdict(list)
        for relation in situation.instance.relations:
            for key in relation.households:
                self._relations[key].append(relation)
        self._placed = {placed.id: placed for placed in situation.placed}

    @cached_property
    def _movers(self) -> int:
        """Households that the plan moves although they could stay."""
        return sum(self._moves_needlessly(placed.household, placed.site) for placed in self.situation.placed)

    def view(self, household: Household, now: PlacedHousehold | None) -> View:
        """Return the rules as one household meets them that is now at a place of the plan, or at none."""
        return View(self, household, now)

    def caps(self, site: Site) -> list[FilledCap]:
        """Return the caps that count persons at a site."""
        return self._caps[site.id]

    def bound(self, household: Household) -> Iterator[tuple[str, list[PlacedHousehold]]]:
        """Return each relation of a household: its kind, and where the others are placed."""
        for relation in self._relations.get(household.id, ()):
            others = sorted(set(relation.households) - {household.id})
            yield relation.kind, [self._placed[key] for key in others if key in self._placed]

    def breaks_moves(self, household: Household, now: Site | None, site: Site) -> bool:
        """Say whether going to a site makes one move too many."""
        most = self.situation.rules.max_moves
        if most is None or not self._moves_needlessly(household, site):
            return False
        return not self._moves_needlessly(household, now) and self._movers + 1 > most

    def _moves_needlessly(self, household: Household, site: Site | None) -> bool:
        home = self.situation.home(household)
        if site is None or home is None or home.id == site.id:
            return False
        excluded = home.id in household.excluded_sites or home.district in household.excluded_districts
        return self.situation.is_open(home) and not excluded and household.fixed_site in {None, home.id}

    def seats(self, household: Household, now: PlacedHousehold | None) -> dict[str, Growth]:
        """Return, per kind in which a rule asks for seats, how many more of the newly placed would lack one."""
        if not self.situation.rules.service_capacity:
            return {}
        seated_at = None if now is None or now.stays else now.site
        seating = self._seatings.newly_placed
        return {kind: seating.growth(household, seated_at, kind) for kind in seating.kinds(household)}


class View:
    """The rules as one household meets them."""

    def __init__(self, book: Rulebook, household: Household, now: PlacedHousehold | None) -> None:
        self._book, self._situation = book, book.situation
        self._household, self._now = household, None if now is None else now.site
        self._bound = list(book.bound(household))
        self._seats = book.seats(household, now)
        self._known: dict[tuple[str, bool], tuple[Obstacle, ...]] = {}

    def at(self, site: Site, *, stays: bool) -> tuple[Obstacle, ...]:
        """Return what keeps the household from a site, whatever the unit kind, staying there or coming anew."""
        key = site.id, stays
        if key not in self._known:
            found = [*self._always(site), *self._related(site, stays=stays)]
            if not stays:
                found += self._entering(site)
            self._known[key] = tuple(found)
        return self._known[key]

    def _always(self, site: Site) -> Iterator[Obstacle]:
        household = self._household
        if not self._situation.is_open(site):
            yield _closed(self._situation, site)
        if site.id in household.excluded_sites:
            yield Obstacle("excluded", "excluded.site")
        if site.district in household.excluded_districts:
            yield Obstacle("excluded", "excluded.district", {"district": site.district})
        if household.fixed_site not in {None, site.id}:
            yield Obstacle("fixed", "fixed", {"fixed": household.fixed_site})
        for cap in self._book.caps(site):
            if cap.blocks(household, self._now):
                cause = f"{cap.rule}.{'over' if cap.today > cap.limit else 'full'}"
                yield Obstacle(cap.rule, cause, {"limit": cap.limit, "there": cap.planned, "today": cap.today}, cap)
        if self._without_share(site):
            yield Obstacle("district_share", "district_share", {"district": site.district})
        if self._book.breaks_moves(household, self._now, site):
            yield Obstacle("max_moves", "max_moves", {"moves": self._situation.rules.max_moves})

    def _without_share(self, site: Site) -> bool:
        district, home = self._situation.districts[site.district], self._situation.home(self._household)
        weight = district.population if district.target_weight is None else district.target_weight
        return weight == 0 and district.max_persons is None and (home is None or home.district != district.id)

    def _related(self, site: Site, *, stays: bool) -> Iterator[Obstacle]:
        for kind, others in self._bound:
            by_site = kind.endswith("_site")
            here = site.id if by_site else site.district
            for other in others:
                together = here == (other.site.id if by_site else other.site.district)
                if together if kind.startswith("different_") else not together and not (stays and other.stays):
                    # Where somebody lives at a protected address, who must keep away is not told how near that is.
                    yield Obstacle("relation", "relation.protected" if other.site.confidential else f"relation.{kind}")
                    break

    def _entering(self, site: Site) -> Iterator[Obstacle]:
        household, rules = self._household, self._situation.rules
        if site.admits is not None and not site.admits & household.traits:
            cause = "admits.some" if site.admits else "admits.nobody"
            yield Obstacle("admits", cause, {"admits": tuple(sorted(site.admits))})
        for kind in sorted(household.needs.keys() & rules.max_distance.keys()):
            metres, most = self._situation.metres_to(kind, site), rules.max_distance[kind]
            if metres > most:
                cause = "max_distance.far" if math.isfinite(metres) else "max_distance.none"
                yield Obstacle("max_distance", cause, {"kind": kind, "metres": metres, "most": most})
        for kind, growth in self._seats.items():
            if growth(site) > 0:
                yield Obstacle("service_capacity", "service_capacity", {"kind": kind})
        today = self._situation.instance.date
        if today is not None and site.open_until is not None and rules.min_stay_days:
            days = (site.open_until - today).days
            if days < rules.min_stay_days:
                yield Obstacle("min_stay", "min_stay", {"days": max(days, 0), "least": rules.min_stay_days})


def _closed(situation: Situation, site: Site) -> Obstacle:
    today = situation.instance.date
    if site.opening_cost is not None:
        return Obstacle("open", "open.candidate")
    if today is not None and site.open_from is not None and today < site.open_from:
        return Obstacle("open", "open.later", {"date": site.open_from})
    return Obstacle("open", "open.over", {"date": site.open_until})
