"""The moves that the rule `max_moves` counts."""

from __future__ import annotations

from dezentral.domain import Household, Instance, Plan, Site


def counted_moves(instance: Instance, plan: Plan) -> int:
    """Return how many households are placed at another site than their current one although they could stay."""
    households = {household.id: household for household in instance.households}
    sites = {site.id: site for site in instance.sites}
    return sum(
        _could_stay(instance, households[placement.household], sites)
        for placement in plan.placements
        if households[placement.household].current_site not in {None, placement.site}
    )


def _could_stay(instance: Instance, household: Household, sites: dict[str, Site]) -> bool:
    home = sites[household.current_site or ""]
    today = instance.date
    begun = today is None or home.open_from is None or home.open_from <= today
    lasts = today is None or home.open_until is None or today < home.open_until
    excluded = home.id in household.excluded_sites or home.district in household.excluded_districts
    is_open = home.opening_cost is None and begun and lasts
    return is_open and not excluded and household.fixed_site in {None, home.id}
