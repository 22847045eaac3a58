"""The rules, in the order in which violations are reported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dezentral.checks.rules.caps import district_cap, operator_cap, single_share, site_cap
from dezentral.checks.rules.district_share import district_share
from dezentral.checks.rules.entry import admits, requires
from dezentral.checks.rules.exclusions import excluded
from dezentral.checks.rules.fixed import fixed
from dezentral.checks.rules.max_distance import max_distance
from dezentral.checks.rules.max_moves import max_moves
from dezentral.checks.rules.opening import min_stay, open_sites
from dezentral.checks.rules.relations import relations
from dezentral.checks.rules.service_capacity import service_capacity
from dezentral.checks.rules.unit_counts import units
from dezentral.checks.situation import Situation
from dezentral.checks.violation import Violation

Rule = Callable[[Situation], Iterator[Violation]]

RULES: tuple[tuple[str, Rule], ...] = (
    ("open", open_sites),
    ("units", units),
    ("admits", admits),
    ("requires", requires),
    ("excluded", excluded),
    ("fixed", fixed),
    ("relation", relations),
    ("site_cap", site_cap),
    ("district_cap", district_cap),
    ("district_share", district_share),
    ("operator_cap", operator_cap),
    ("single_share", single_share),
    ("max_distance", max_distance),
    ("service_capacity", service_capacity),
    ("max_moves", max_moves),
    ("min_stay", min_stay),
)
