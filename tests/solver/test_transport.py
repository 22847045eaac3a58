"""Demands and supplies: flows and cuts say the same, which is what trying every set of nodes says."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver.core import Effort, Room, solve_core
from dezentral.solver.program import Objective, Program
from dezentral.solver.rules import units
from dezentral.solver.transport import Share, Transport, add_cut, separate
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site

N = 3
DEMANDS = st.lists(st.integers(1, 4), min_size=N, max_size=N)
SUPPLIES = st.lists(st.integers(0, 6), min_size=N, max_size=N)
REACH = st.lists(st.lists(st.booleans(), min_size=N, max_size=N), min_size=N, max_size=N)


def program_of(sizes, *, lazy):
    """Node v: a household of its size that must live at site v."""
    sites = [site(f"s{v}", "a", units=[dz.Unit(id="flat", beds=4)]) for v in range(N)]
    people = [household(f"h{v}", size, fixed_site=f"s{v}") for v, size in enumerate(sizes)]
    program = Program(compile_instance(city(sites, people), dz.Policy.default()), lazy=lazy)
    units.add(program)
    return program


def transport_of(program, supplies, reach, unmet):
    sizes = program.compiled.types.size.astype(float)[:, np.newaxis]
    pools = np.arange(N)
    return Transport(
        demands=[Share(pools == v, sizes) for v in range(N)],
        supplies=[Share(pools < 0, sizes, float(supply)) for supply in supplies],
        reach=np.array(reach),
        unmet=unmet,
    )


def most_missing(sizes, supplies, reach):
    """Return max over sets of nodes of what they demand beyond what reaches them (0 for none)."""
    sets = chain.from_iterable(combinations(range(N), k) for k in range(N + 1))
    return max(
        sum(sizes[v] for v in nodes) - sum(supplies[j] for j in range(N) if any(reach[v][j] for v in nodes))
        for nodes in sets
    )


def least_unmet(sizes, supplies, reach, *, lazy):
    program = program_of(sizes, lazy=lazy)
    unmet = program.variable(0.0, 100.0)
    transport = transport_of(program, supplies, reach, unmet)
    program.transport(transport)
    room = Room.everything(program)
    objective = Objective(auxiliary={unmet: 1.0})
    while True:
        answer = solve_core(program, room, objective, Effort(5.0, 0.0, 1, 0), Watch(60.0))
        amounts = answer.counts.astype(float)
        if not lazy or not separate(program, transport, room.columns.types, room.columns.pools, amounts):
            return answer.bound


@settings(max_examples=50)
@given(DEMANDS, SUPPLIES, REACH)
def test_flows_and_cuts_agree_with_every_set_of_nodes(sizes, supplies, reach):
    expected = most_missing(sizes, supplies, reach)
    assert least_unmet(sizes, supplies, reach, lazy=False) == expected
    assert least_unmet(sizes, supplies, reach, lazy=True) == expected


@settings(max_examples=50)
@given(DEMANDS, SUPPLIES, REACH)
def test_what_placements_lack_is_what_every_set_of_nodes_says(sizes, supplies, reach):
    transport = transport_of(program_of(sizes, lazy=True), supplies, reach, None)
    assert transport.lacking(np.arange(N), np.arange(N), np.ones(N)) == most_missing(sizes, supplies, reach)
    assert transport.places().all()


@settings(max_examples=50)
@given(DEMANDS, SUPPLIES, REACH)
def test_among_the_cuts_that_are_added_is_the_most_violated(sizes, supplies, reach):
    program = program_of(sizes, lazy=True)
    transport = transport_of(program, supplies, reach, None)
    places, before = np.arange(N), len(program.upper)
    added = separate(program, transport, places, places, np.ones(N))
    missing = most_missing(sizes, supplies, reach)
    assert added == (missing > 0)
    # each row: demands of some nodes ≤ supplies that reach them
    reaching = {
        nodes: sum(supplies[j] for j in range(N) if any(reach[v][j] for v in nodes)) for nodes in transport.cuts
    }
    assert sorted(reaching.values()) == sorted(program.upper[before:])
    if added:
        assert max(sum(sizes[v] for v in nodes) - supply for nodes, supply in reaching.items()) == missing


@pytest.mark.parametrize(
    ("lazy", "few", "waits"),
    [(False, {}, False), (False, {"few": True}, False), (True, {}, True), (True, {"few": True}, False)],
)
@pytest.mark.parametrize("measured", [True, False])
def test_flows_that_are_many_wait_as_cuts_where_that_is_lighter(lazy, few, waits, measured):
    program = program_of([1, 2, 3], lazy=lazy)
    unmet = program.variable(0.0, 100.0) if measured else None
    transport = transport_of(program, [1, 1, 1], np.eye(N, dtype=bool), unmet)
    program.transport(transport, **few)
    assert program.transports == ([transport] if waits else [])
    assert len(transport.cuts) == waits
    assert program.shortages == ({unmet: transport} if measured else {})


def test_a_cut_is_written_once_and_never_for_nobody():
    program = program_of([1, 2, 3], lazy=True)
    transport = transport_of(program, [1, 1, 1], np.eye(N, dtype=bool), None)
    assert add_cut(program, transport, np.array([0, 2]))
    assert program.upper[-1] == 2
    assert not add_cut(program, transport, np.array([0, 2]))
    assert not add_cut(program, transport, np.array([], dtype=int))


@pytest.mark.parametrize(
    ("coefficients", "amount"),
    [
        ([[2.0]], 1 + 2 * (1 + 0.5 + 4)),
        ([[2.0], [3.0]], 1 + 2 * 1 + 3 * (0.5 + 4)),
        ([[2.0, 9.0, 5.0]], 1 + 2 * (1 + 0.5) + 5 * 4),
        ([[2.0, 9.0, 5.0], [3.0, 8.0, 6.0]], 1 + 2 * 1 + 3 * 0.5 + 6 * 4),
    ],
)
def test_amounts_count_only_placements_inside(coefficients, amount):
    share = Share(np.array([True, False, True]), np.array(coefficients), constant=1.0)
    types, pools, amounts = np.array([0, 1, 1, 1]), np.array([0, 0, 1, 2]), np.array([1.0, 0.5, 7.0, 4.0])
    assert share.amount(types, pools, amounts) == amount


def test_amounts_differ_between_as_few_as_two_pools():
    share = Share(np.array([True, True]), np.array([[2.0, 3.0]]))
    assert share.amount(np.array([0, 1]), np.array([0, 1]), np.array([1.0, 10.0])) == 2 + 30


def test_an_amount_just_below_zero_is_no_demand():
    program = program_of([1, 1, 1], lazy=True)
    transport = transport_of(program, [0, 0, 0], [[True, False, False]] * N, None)
    nobody, where = np.array([0]), np.array([0])
    assert not separate(program, transport, nobody, where, np.array([-1e-5]))
    assert separate(program, transport, nobody, where, np.array([1e-5]))
