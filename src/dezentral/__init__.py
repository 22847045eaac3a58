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
    from dezentral import datasets, plot, report
    from dezentral.checks import Violation, check, score
    from dezentral.metrics import EvennessReport, evenness, fairness, occupancy, proximity
    from dezentral.reasons.alternatives import alternatives
    from dezentral.reasons.bottlenecks import bottlenecks
    from dezentral.reasons.compare import compare
    from dezentral.reasons.comparison import Comparison
    from dezentral.reasons.conflict import Conflict, conflict
    from dezentral.reasons.explain import explain
    from dezentral.reasons.explanation import Explanation
    from dezentral.reasons.frontier import frontier
    from dezentral.reasons.override import override, replay
    from dezentral.reasons.unevenness_causes import unevenness_causes
    from dezentral.reasons.why_unplaced import why_unplaced
    from dezentral.solver import LevelOutcome, Progress, Result, SolveParams, Status, solve
    from dezentral.strategy import scenarios
    from dezentral.strategy.choose_sites import choose_sites
    from dezentral.strategy.exchanging import exchange
    from dezentral.strategy.moving import move_order
    from dezentral.strategy.opening_result import OpeningResult
    from dezentral.strategy.peers import peer_network
    from dezentral.strategy.regions import solve_regions
    from dezentral.strategy.running import run_scenarios
    from dezentral.strategy.scenarios import Scenario
    from dezentral.strategy.simulation import Simulation, simulate
    from dezentral.tables import plan_frame, plan_geoframe, read_plan, read_tables, write_tables, write_templates
else:
    # A type checker reads the imports above and knows every name; at run time the first use of one imports its home.
    _LATER = {
        "dezentral.checks": ("Violation", "check", "score"),
        "dezentral.metrics": ("EvennessReport", "evenness", "fairness", "occupancy", "proximity"),
        "dezentral.reasons.alternatives": ("alternatives",),
        "dezentral.reasons.bottlenecks": ("bottlenecks",),
        "dezentral.reasons.compare": ("compare",),
        "dezentral.reasons.comparison": ("Comparison",),
        "dezentral.reasons.conflict": ("Conflict", "conflict"),
        "dezentral.reasons.explain": ("explain",),
        "dezentral.reasons.explanation": ("Explanation",),
        "dezentral.reasons.frontier": ("frontier",),
        "dezentral.reasons.override": ("override", "replay"),
        "dezentral.reasons.why_unplaced": ("why_unplaced",),
        "dezentral.reasons.unevenness_causes": ("unevenness_causes",),
        "dezentral.solver": ("LevelOutcome", "Progress", "Result", "SolveParams", "Status", "solve"),
        "dezentral.strategy.moving": ("move_order",),
        "dezentral.strategy.peers": ("peer_network",),
        "dezentral.strategy.regions": ("solve_regions",),
        "dezentral.strategy.running": ("run_scenarios",),
        "dezentral.strategy.scenarios": ("Scenario",),
        "dezentral.strategy.exchanging": ("exchange",),
        "dezentral.strategy.simulation": ("Simulation", "simulate"),
        "dezentral.strategy.choose_sites": ("choose_sites",),
        "dezentral.strategy.opening_result": ("OpeningResult",),
        "dezentral.tables": (
            "plan_frame", "plan_geoframe", "read_plan", "read_tables", "write_tables", "write_templates",
        ),
    }

    def __getattr__(name: str) -> object:
        """Import what is used for the first time."""
        from importlib import import_module  # noqa: PLC0415  keeps the names of this module to the public ones

        if name in {"datasets", "plot", "report"}:
            return import_module(f"dezentral.{name}")
        if name == "scenarios":
            return import_module("dezentral.strategy.scenarios")
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
    "Comparison",
    "Conflict",
    "Cost",
    "DezentralError",
    "District",
    "Evenness",
    "EvennessReport",
    "Explanation",
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
    "Scenario",
    "Seats",
    "Service",
    "Simulation",
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
    "alternatives",
    "bottlenecks",
    "check",
    "choose_sites",
    "compare",
    "conflict",
    "datasets",
    "evenness",
    "exchange",
    "explain",
    "fairness",
    "frontier",
    "move_order",
    "occupancy",
    "override",
    "peer_network",
    "plan_frame",
    "plan_geoframe",
    "plot",
    "proximity",
    "read_plan",
    "read_tables",
    "replay",
    "report",
    "run_scenarios",
    "scenarios",
    "score",
    "simulate",
    "solve",
    "solve_regions",
    "unevenness_causes",
    "why_unplaced",
    "write_tables",
    "write_templates",
]
