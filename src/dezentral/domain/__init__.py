"""The records: districts, sites, households, services, policies, plans."""

from dezentral.domain.district import District
from dezentral.domain.household import Anchor, Household
from dezentral.domain.instance import Instance
from dezentral.domain.plan import Override, Placement, Plan, require_match
from dezentral.domain.relation import Relation
from dezentral.domain.service import Service
from dezentral.domain.site import Site
from dezentral.domain.table import Table
from dezentral.domain.unit import Unit

__all__ = [
    "Anchor",
    "District",
    "Household",
    "Instance",
    "Override",
    "Placement",
    "Plan",
    "Relation",
    "Service",
    "Site",
    "Table",
    "Unit",
    "require_match",
]
