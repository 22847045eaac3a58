"""Proven, even placement of households over all districts of a city.

The records and the errors are here at once; what computes is imported when it is first asked for, so that
`import dezentral` does not wait for a solver, for pandas or for maps.
"""

from typing import TYPE_CHECKING

from dezentral.domain import (
    Anchor,
    District,
    Household,
    Instance,
    Override,
    Placement,
    Plan,
    Relation,
    Service,
    Site,
    Table,
    Unit,
)
from dezentral.domain.policy import (
    Cost,
    Evenness,
    Fit,
    KeepHoused,
    Level,
    PeerSupport,
    Placed,
    Policy,
    Proximity,
    Rules,
    Seats,
    Stability,
    Utility,
    Wishes,
)
from dezentral.errors import DezentralError, InstanceError, MissingExtraError, PlanError, PolicyError, TableError

if TYPE_CHECKING:
    from dezentral import datasets
    from dezentral.checks import Violation, check, score
    from dezentral.metrics import EvennessReport, evenness, fairness, occupancy, proximity
    from dezentral.solver import LevelOutcome, Progress, Result, SolveParams, Status, solve
    from dezentral.strategy.choose_sites import choose_sites
    from dezentral.strategy.opening_result import OpeningResult
    from dezentral.tables import plan_frame, plan_geoframe, read_plan, read_tables, write_tables, write_templates
else:
    # A type checker reads the imports above and knows every name; at run time the first use of one imports its home.
    _LATER = {
        "dezentral.checks": ("Violation", "check", "score"),
        "dezentral.metrics": ("EvennessReport", "evenness", "fairness", "occupancy", "proximity"),
        "dezentral.solver": ("LevelOutcome", "Progress", "Result", "SolveParams", "Status", "solve"),
        "dezentral.strategy.choose_sites": ("choose_sites",),
        "dezentral.strategy.opening_result": ("OpeningResult",),
        "dezentral.tables": (
            "plan_frame", "plan_geoframe", "read_plan", "read_tables", "write_tables", "write_templates",
        ),
    }

    def __getattr__(name: str) -> object:
        """Import what is used for the first time."""
        from importlib import import_module  # noqa: PLC0415  keeps the names of this module to the public ones

        if name == "datasets":
            return import_module("dezentral.datasets")
        for home, names in _LATER.items():
            if name in names:
                return getattr(import_module(home), name)
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)

    def __dir__() -> list[str]:
        """List the public names, those not yet imported too."""
        return sorted({*globals(), *__all__})


__version__ = "0.1.0"

__all__ = [
    "Anchor",
    "Cost",
    "DezentralError",
    "District",
    "Evenness",
    "EvennessReport",
    "Fit",
    "Household",
    "Instance",
    "InstanceError",
    "KeepHoused",
    "Level",
    "LevelOutcome",
    "MissingExtraError",
    "OpeningResult",
    "Override",
    "PeerSupport",
    "Placed",
    "Placement",
    "Plan",
    "PlanError",
    "Policy",
    "PolicyError",
    "Progress",
    "Proximity",
    "Relation",
    "Result",
    "Rules",
    "Seats",
    "Service",
    "Site",
    "SolveParams",
    "Stability",
    "Status",
    "Table",
    "TableError",
    "Unit",
    "Utility",
    "Violation",
    "Wishes",
    "check",
    "choose_sites",
    "datasets",
    "evenness",
    "fairness",
    "occupancy",
    "plan_frame",
    "plan_geoframe",
    "proximity",
    "read_plan",
    "read_tables",
    "score",
    "solve",
    "write_tables",
    "write_templates",
]
