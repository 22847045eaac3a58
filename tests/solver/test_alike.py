"""Households of one shape that cost about the same, taken together: nobody is lost, nobody is mixed up with others."""

from __future__ import annotations

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import alike
from dezentral.solver.alike import gather_alike
from dezentral.solver.stage import stage_of

LEVELS = (dz.Level(dz.Placed()), dz.Level(dz.Proximity()))


@pytest.fixture(name="level")
def _level():
    """Four couples and a person alone on a line: two work in the west, two in the east; sites at both ends."""
    works = {"a": 0.0, "b": 9_000.0, "c": 200.0, "d": 9_100.0}
    couples = [dz.Household(id=h, size=2, anchors=[dz.Anchor(x=x, y=0.0)]) for h, x in works.items()]
    alone = dz.Household(id="e", size=1, anchors=[dz.Anchor(x=0.0, y=0.0)])
    sites = [
        dz.Site(id=s, district="d", x=x, y=0.0, units=[dz.Unit(id="flat", beds=2, count=3)])
        for s, x in (("east", 10_000.0), ("west", 0.0))
    ]
    instance = dz.Instance(districts=[dz.District(id="d", population=9)], sites=sites, households=[*couples, alone])
    compiled = compile_instance(instance, dz.Policy(levels=LEVELS))
    order = [compiled.types.first[t].id for t in range(len(compiled.types))]
    built = stage_of(compiled, LEVELS, [0.0], 1e-6)
    return built.program, built.objective, order, np.array([int(h == "e") for h in order])


def test_those_who_work_in_the_same_end_are_taken_together_at_their_mean_costs(level, monkeypatch):
    monkeypatch.setattr(alike, "_TOGETHER", 2)
    program, objective, order, shapes = level
    small, means, stands_for = gather_alike(program, objective, shapes)
    groups = {h: order[stands_for[t]] for t, h in enumerate(order)}
    assert groups["a"] == groups["c"]
    assert groups["b"] == groups["d"]
    assert len(set(groups.values())) == 3  # west, east, and who lives alone
    assert small.counts.sum() == program.counts.sum() == 5
    a, c = order.index("a"), order.index("c")
    expected = (objective.costs[a] + objective.costs[c]) / 2
    assert np.allclose(means.costs[stands_for[a]], expected)


def test_a_type_for_which_another_stands_has_no_household_and_no_column(level, monkeypatch):
    monkeypatch.setattr(alike, "_TOGETHER", 2)
    program, objective, _, shapes = level
    before = list(program.upper)
    small, _, stands_for = gather_alike(program, objective, shapes)
    left = np.flatnonzero(stands_for != np.arange(len(stands_for)))
    assert len(left) == 2
    assert not small.counts[left].any()
    assert not small.allowed[left].any()
    assert [small.upper[t] for t in left] == [0.0, 0.0]
    assert program.upper == before  # the level itself is left as it was


def test_a_group_within_the_size_is_never_parted_and_shapes_never_meet(level):
    program, objective, order, shapes = level
    _, _, stands_for = gather_alike(program, objective, shapes)
    assert len(set(stands_for.tolist())) == 2
    assert stands_for[order.index("e")] == order.index("e")
    shapes[order.index("d")] = 2
    _, _, stands_for = gather_alike(program, objective, shapes)
    assert len(set(stands_for.tolist())) == 3
    assert stands_for[order.index("d")] == order.index("d")
