"""The relaxation keeps what it knows when it is stopped or GLOP gives up."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pybind11_abseil.status import Status, StatusCode, StatusNotOk

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import relaxation, stage
from dezentral.solver.assignment import counts_of
from dezentral.solver.attempt import attempt
from dezentral.solver.columns import Columns
from dezentral.solver.head_start import HeadStart, Standing
from dezentral.solver.linear import BASIC, Basis
from dezentral.solver.stage import stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site


@pytest.fixture(name="level")
def _level(monkeypatch):
    """A level of nearness that starts with one column per type and needs several rounds."""
    monkeypatch.setattr(relaxation, "_ALL_AT_ONCE", 0)
    monkeypatch.setattr(relaxation, "_FIRST", 1)
    monkeypatch.setattr(relaxation, "_MORE", 1)
    monkeypatch.setattr(stage, "DIRECT", -1)
    levels = (dz.Level(dz.Placed()), dz.Level(dz.Proximity()))
    instance = dz.datasets.stuttgart(300)
    placed = dz.solve(instance, dz.Policy(levels=levels[:1]))
    compiled = compile_instance(instance, dz.Policy(levels=levels))
    built = stage_of(compiled, levels, [placed.levels[0].value], 1e-6)
    pools = {(s.id, u.id): p for p, (s, u) in enumerate(zip(compiled.pools.sites, compiled.pools.units, strict=True))}
    where = {p.household: pools[p.site, p.unit] for p in placed.plan.placements}
    assignment = np.array([where.get(h.id, -1) for h in instance.households])
    return built, counts_of(compiled, assignment)


def _relax(level):
    built, start = level
    return relaxation.relax(built.program, built.objective, start, 1e-6, Watch(60))


def test_a_relaxation_that_stops_early_keeps_its_last_solution_and_a_true_bound(level, monkeypatch):
    whole = _relax(level)
    solve, calls = relaxation.Master.solve, []

    def twice(master):
        calls.append(1)
        return solve(master) if len(calls) <= 2 else None

    monkeypatch.setattr(relaxation.Master, "solve", twice)
    part = _relax(level)
    assert len(calls) == 3  # it would have gone on
    assert len(part.solution.amounts) == len(part.solution.columns)
    assert part.prices.bound <= whole.prices.bound + 1e-6


def test_without_a_first_round_there_is_nothing(level, monkeypatch):
    monkeypatch.setattr(relaxation.Master, "solve", lambda _: None)
    assert _relax(level) is None


def test_a_relaxation_that_begins_where_another_ended_ends_there_and_one_that_cannot_begins_afresh(level):
    built, start = level
    program, n_rows = built.program, len(built.program.lower)
    whole = _relax(level)
    where = whole.solution.standing(program.allowed.shape, n_rows)
    basic, basis = where.basic, where.others
    assert np.count_nonzero(basic) + [*basis.variables, *basis.rows].count(BASIC) == n_rows
    for rows in (basis.rows, np.full(n_rows, BASIC)):  # of the latter there are too many
        head_start = HeadStart(whole.prices.duals, Standing(basic, Basis(basis.variables, rows)))
        again = relaxation.relax(program, built.objective, start, 1e-6, Watch(60), head_start=head_start)
        assert again.prices.bound == pytest.approx(whole.prices.bound)


def test_likely_prices_alone_are_a_start_too(level):
    built, start = level
    whole = _relax(level)
    again = relaxation.relax(
        built.program, built.objective, start, 1e-6, Watch(60), head_start=HeadStart(whole.prices.duals)
    )
    assert again.prices.bound == pytest.approx(whole.prices.bound)


@pytest.mark.parametrize(("bounds", "best"), [((7.0, 5.0, 6.0), 7.0), ((-9.0, -7.0, -8.0), -7.0)])
def test_the_best_prices_of_all_rounds_are_kept(level, bounds, best, monkeypatch):
    said, price, solve = iter([0.0, *bounds]), relaxation.price, relaxation.Master.solve  # the first are likely ones
    left = iter(bounds)
    monkeypatch.setattr(relaxation, "price", lambda *args: replace(price(*args), bound=next(said)))
    monkeypatch.setattr(relaxation.Master, "solve", lambda master: solve(master) if next(left, None) else None)
    assert _relax(level).prices.bound == best


@pytest.mark.parametrize(
    ("load", "below", "lines"),
    [
        (5.0, 1.0, {4, 5, 6}),
        (5.5, 1.0, {4, 5, 6}),
        (1.0, 1.0, {1, 2}),  # nobody can leave the one who lives there
        (7.0, 1.0, {5, 6}),  # there are three couples
        (5.0, 1e-5, {4, 5, 6}),
        (5.0, 2e-6, set()),  # of 4.4, what an LP may be off by
        (5.0, -1.0, set()),
    ],
)
def test_lines_are_added_where_a_solution_is_below_a_curve(load, below, lines):
    # District a, where one lives, should have (31 + 6) / 3 persons.
    housed = {"a": 1, "b": 30, "c": 0}
    districts = [dz.District(id=key, population=1000, housed=much) for key, much in housed.items()]
    town = city([site("s"), site("t", "b")], [household(key, 2) for key in "fgh"], districts=districts)
    levels = (dz.Level(dz.Evenness()),)
    program = stage_of(compile_instance(town, dz.Policy(levels=levels)), levels, [], 1e-6).program
    del program.curves[1:]
    [curve] = program.curves
    curve.lines.clear()
    height = curve.at(int(load)) if load.is_integer() else (curve.at(5) + curve.at(6)) / 2
    values = np.zeros(len(program.grain))
    values[[curve.load, curve.value]] = load, height - below
    nobody = Columns.where(np.zeros(program.allowed.shape, dtype=np.bool_))
    assert relaxation._refine(program, relaxation.Solution(nobody, np.zeros(0), values)) is bool(lines)
    assert curve.lines.keys() == lines


def test_a_solution_tells_what_it_knows_from_what_it_uses():
    columns = Columns(np.array([0, 1, 1]), np.array([2, 0, 1]))
    solution = relaxation.Solution(columns, np.array([0.5, 0.0, 2.0]), np.zeros(0))
    assert solution.dense((2, 3)).tolist() == [[0.0, 0.0, 0.5], [0.0, 2.0, 0.0]]
    assert solution.known((2, 3)).tolist() == [[False, False, True], [True, True, False]]
    assert solution.used((2, 3)).tolist() == [[False, False, True], [False, True, False]]


@pytest.mark.parametrize("error", [RuntimeError(), StatusNotOk(Status(StatusCode.INTERNAL, "lost"))])
def test_a_solver_that_gives_up_is_no_answer(error):
    def give_up():
        raise error

    assert attempt(give_up) is None
    assert attempt(lambda: 1) == 1


def test_a_master_with_other_costs_goes_on_to_what_a_new_one_finds(level):
    built, start = level
    program = built.program
    extra = program.variable(0.0, 100.0)  # the pool with most households holds ten for each of these
    row = program.row(-np.inf, 0.0)
    pools = np.where(np.arange(program.allowed.shape[1]) == int(start.sum(axis=0).argmax()), row, -1)
    program.family(pools, np.ones((1, 1)))
    program.add(row, extra, -10.0)
    dear, cheap = (stage.Objective(auxiliary={extra: cost}) for cost in (1e6, 10.0))
    fresh = relaxation.relax(program, built.objective + cheap, start, 1e-6, Watch(60))
    master = relaxation.Master(program, built.objective + dear, Watch(60))
    master.begin(start, None)
    before = relaxation.descend(master, 1e-6)
    master.charge({extra: 10.0})
    assert relaxation.descend(master, 1e-6).prices.bound == pytest.approx(fresh.prices.bound)
    assert before.prices.bound > fresh.prices.bound + 100
