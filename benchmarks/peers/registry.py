"""The peers by name."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.case import Case
from benchmarks.peers.answer import Answer
from dezentral.domain import Instance

PEERS = {
    "lp": "HiGHS (scipy), LP relaxation of the last level alone",
    "highs": "HiGHS (scipy), mixed-integer",
    "cpsat": "CP-SAT, one boolean per household × unit kind",
    "scip": "SCIP (OR-Tools)",
    "greedy": "greedy first fit",
}


def run_peer(name: str, case: Case, instance: Instance, seconds: float, limits: Sequence[float]) -> Answer:
    """Let one peer work on a case; only what it needs is imported."""
    if name == "lp":
        from benchmarks.peers.highs import relax_last_level  # noqa: PLC0415

        return relax_last_level(instance, case.policy, limits, seconds)
    if name == "greedy":
        from benchmarks.peers.greedy import place_greedily  # noqa: PLC0415

        return place_greedily(instance, case.policy)
    if name == "highs":
        from benchmarks.peers.highs import solve_with_highs as solve  # noqa: PLC0415
    elif name == "cpsat":
        from benchmarks.peers.cpsat import solve_with_cpsat as solve  # noqa: PLC0415
    else:
        from benchmarks.peers.scip import solve_with_scip as solve  # noqa: PLC0415
    return solve(instance, case.policy, seconds, case.params.gap)
