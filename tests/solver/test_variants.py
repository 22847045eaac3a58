"""Copies of a program leave out what they say they do, and the program itself as it was."""

import numpy as np

from dezentral.solver import variants
from dezentral.solver.columns import Columns, matrix
from dezentral.solver.relaxation import Solution
from dezentral.solver.transport import add_cut
from dezentral.solver.variants import without_loose_cuts

from .test_transport import N, program_of, transport_of

SIZES = [1, 2, 3]


def program_with_cuts():
    """Two cuts: node 0 wants 1 of 2, nodes 1 and 2 want 5 of 8; both may be short by `unmet`."""
    program = program_of(SIZES, lazy=True)
    transport = transport_of(program, [2, 4, 4], np.eye(N, dtype=bool), program.variable(0.0, 1.0))
    program.transports.append(transport)
    assert add_cut(program, transport, np.array([0]))
    assert add_cut(program, transport, np.array([1, 2]))
    return program


def everyone_housed(program):
    columns = Columns.where(program.allowed)
    return Solution(columns, np.ones(N), np.zeros(len(program.grain)))


def test_only_cuts_far_from_binding_are_left_out(monkeypatch):
    program = program_with_cuts()
    first, second = program.transports[0].cuts.values()
    monkeypatch.setattr(variants, "_FAR", 2.0)
    slim = without_loose_cuts(program, everyone_housed(program))
    assert list(slim.transports[0].cuts) == [(0,)]
    assert slim.upper[first] == 2
    assert slim.upper[second] == np.inf
    before, after = matrix(program, Columns.where(program.allowed)), matrix(slim, Columns.where(slim.allowed))
    assert before[[second]].count_nonzero() == 3  # two households and what is unmet
    assert after[[second]].count_nonzero() == 0
    others = np.arange(len(program.upper)) != second
    assert (before[others] != after[others]).count_nonzero() == 0


def test_what_was_left_out_may_be_added_again_and_the_program_stays_as_it_was(monkeypatch):
    program = program_with_cuts()
    upper, families = list(program.upper), len(program.families)
    monkeypatch.setattr(variants, "_FAR", 0.0)
    slim = without_loose_cuts(program, everyone_housed(program))
    assert slim.transports[0].cuts == {}
    assert add_cut(slim, slim.transports[0], np.array([1, 2]))
    assert slim.upper[-1] == 8
    assert program.upper == upper
    assert len(program.families) == families
    assert list(program.transports[0].cuts) == [(0,), (1, 2)]
