"""Seats: members in need at sites, and the services with capacities that reach them."""

from __future__ import annotations

import numpy as np

from dezentral.compiled import Compiled
from dezentral.compiled.arrays import Bools, Floats
from dezentral.solver.program import Program
from dezentral.solver.transport import Share, Transport


def kinds_with_capacities(compiled: Compiled) -> list[str]:
    """Return the kinds of which some service counts its seats."""
    return sorted({service.kind for service in compiled.instance.services if service.capacity is not None})


def seat(program: Program, kind: str, members: Floats, unmet: int | None) -> Bools:
    """Demand seats of one kind; sites with the same services within reach are one demand.

    Parameters
    ----------
    program
        To be extended.
    kind
        The service kind.
    members
        Members per household who need a seat, broadcastable to (n_types, n_pools).
    unmet
        Variable for the members without a seat; None = there may be none.

    Returns
    -------
    numpy.ndarray
        Pools that no service of the kind reaches, shape (n_pools,).
    """
    compiled = program.compiled
    offered = compiled.instance.services
    services = sorted((j for j, one in enumerate(offered) if one.kind == kind), key=lambda j: offered[j].id)
    reached: Bools = np.asarray(np.isfinite(compiled.service_metres[:, services]))[compiled.pools.site]
    capacities = [offered[j].capacity for j in services]
    endless: Bools = np.asarray(reached[:, [capacity is None for capacity in capacities]].any(axis=1))
    scarce: Bools = np.asarray(reached.any(axis=1)) & ~endless
    if scarce.any():
        signatures, node = np.unique(reached[scarce], axis=0, return_inverse=True)
        node_of = np.full(len(scarce), -1)
        node_of[scarce] = node.ravel()
        useful: Bools = np.asarray(signatures.any(axis=0))
        nowhere = np.zeros(len(scarce), dtype=np.bool_)
        program.transport(
            Transport(
                demands=[Share(node_of == v, members) for v in range(len(signatures))],
                supplies=[
                    Share(nowhere, members, float(capacity or 0))
                    for capacity, inside in zip(capacities, useful, strict=True)
                    if inside
                ],
                reach=signatures[:, useful],
                unmet=unmet,
            )
        )
    beyond: Bools = ~np.asarray(reached.any(axis=1))
    return beyond


def members_in_need(compiled: Compiled, kind: str) -> Floats:
    """Return the members of each type's households who need a kind, shape (n_types, 1)."""
    return np.array([[float(household.needs.get(kind, 0))] for household in compiled.types.first]).reshape(-1, 1)
