"""Points that matter to households: work, relatives."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dezentral.datasets.dealing import drawn
from dezentral.datasets.schematic import Array, scattered
from dezentral.datasets.stuttgart_facts import DISTRICTS
from dezentral.domain import Anchor, Household

_TWO_ANCHORS = 0.4  # share of households with two instead of one
_INNER_PULL = 2.0  # work is more often in the inner districts than people live there


def with_anchors(
    rng: np.random.Generator,
    households: Sequence[Household],
    outlines: dict[str, Array],
) -> list[Household]:
    """Give every household one or two anchors, so that nearly every one is unique."""
    weights = {facts.code: facts.population * (_INNER_PULL if facts.ring == "inner" else 1.0) for facts in DISTRICTS}
    counts = 1 + (rng.random(len(households)) < _TWO_ANCHORS)
    codes = drawn(rng, weights, int(counts.sum()))
    points = {code: scattered(rng, code, outlines, codes.count(code)).tolist() for code in sorted(set(codes))}
    anchors = iter([Anchor(x=x, y=y) for x, y in (points[code].pop() for code in codes)])
    return [
        household.model_copy(update={"anchors": tuple(next(anchors) for _ in range(count))})
        for household, count in zip(households, counts.tolist(), strict=True)
    ]
