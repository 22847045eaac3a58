"""Stuttgart: sourced facts about its districts, and a synthetic, seeded city to plan."""

from dezentral.datasets.city import stuttgart
from dezentral.datasets.own_geometry import with_geometry
from dezentral.datasets.population import read_population, with_population
from dezentral.datasets.stuttgart_facts import stuttgart_districts

__all__ = [
    "read_population",
    "stuttgart",
    "stuttgart_districts",
    "with_geometry",
    "with_population",
]
