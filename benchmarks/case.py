"""What is measured: an instance, a policy, and what is known or wanted of the outcome."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dezentral import Instance, Policy, SolveParams

Build = Callable[[], Instance]
DEZENTRAL = "dezentral"


@dataclass(frozen=True)
class Case:
    """One row of the registry.

    Attributes
    ----------
    name, title
        What `--only` takes; what the report says.
    build
        Reads or generates the instance.
    policy, params
        What dezentral solves it with.
    work
        What is measured beside the peers: ``"solve"``, ``"regions"``, ``"alternatives"``, ``"replan"`` or ``"import"``.
    peers
        Names of peers that run by default.
    peer_seconds
        Limit of each peer's search (s).
    optimum
        Known best value of every level; empty = unknown.
    """

    name: str
    title: str
    build: Build
    policy: Policy
    params: SolveParams
    work: str = "solve"
    peers: tuple[str, ...] = ()
    peer_seconds: float = 120.0
    optimum: tuple[float, ...] = ()
