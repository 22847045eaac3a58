"""What a policy reads of a household: two households equal in it are of one type."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dezentral.domain import Instance
from dezentral.domain.policy import Level, PeerSupport, Placed, Policy, Proximity, Seats, Utility, Wishes


@dataclass(frozen=True)
class Reads:
    """What the rules and some levels of a policy read, beyond what capacity always reads.

    Attributes
    ----------
    kinds
        Service kinds whose needs matter.
    anchors, utility, peers, priority
        Whether these fields matter.
    wish_depth
        How many wishes matter; 0 = none.
    """

    kinds: frozenset[str]
    anchors: bool
    utility: bool
    peers: bool
    priority: bool
    wish_depth: int

    @classmethod
    def of(cls, instance: Instance, policy: Policy, levels: Iterable[Level]) -> Reads:
        """Collect what the rules of `policy` and the given levels read."""
        goals = [goal for level in levels for goal in level.goals]
        kinds = set(policy.rules.max_distance)
        if policy.rules.service_capacity or any(isinstance(goal, Seats) for goal in goals):
            kinds |= {service.kind for service in instance.services if service.capacity is not None}
        near = [goal for goal in goals if isinstance(goal, Proximity)]
        for goal in near:
            kinds |= {service.kind for service in instance.services if goal.weights.get(service.kind, 1.0) > 0}
        return cls(
            kinds=frozenset(kinds),
            anchors=bool(near),
            utility=any(isinstance(goal, Utility) for goal in goals),
            peers=any(isinstance(goal, PeerSupport) for goal in goals),
            priority=any(isinstance(goal, Placed) for goal in goals),
            wish_depth=max((goal.depth for goal in goals if isinstance(goal, Wishes)), default=0),
        )
