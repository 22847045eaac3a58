"""The small program that proposes which sites to open, by hand."""

from __future__ import annotations

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import opening_proposals
from dezentral.solver.opening_choice import Proposal, propose
from dezentral.solver.openings import Openings
from dezentral.solver.stage import Stage, stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import policy_of

PLACED = policy_of(dz.Placed())
COSTS = {"x": 10.0, "y": 5.0, "z": 5.0}


def stage(budget: float, most: int | None = None, size: int = 4) -> Stage:
    """x holds two families, y and z hold one each; there are three."""
    flats = {key: [dz.Unit(id="flat", beds=4, count=2 if key == "x" else 1)] for key in COSTS}
    town = city([site(key, "a", flats[key]) for key in COSTS], [household(f"h{i}", size) for i in range(3)])
    openings = Openings(town, COSTS, budget, most)
    return stage_of(compile_instance(town, PLACED, PLACED.levels), PLACED.levels, [], 1e-9, openings)


def ask(given: Stage, *excluded: str) -> tuple[set[str] | None, float]:
    """Return the ids proposed when these sets of sites (ids joined) were tried before, and the bound."""
    program = given.program
    index = program.compiled.places.site_index
    tried = [frozenset(index[key] for key in keys) for keys in excluded]
    answer = propose(program, given.objective, program.allowed, Watch(60.0), gap=0.1, excluded=tried)
    opened = None if answer.opened is None else {program.compiled.places.sites[s].id for s in answer.opened}
    return opened, answer.bound


def test_the_choice_that_places_most_is_proposed_with_its_bound():
    # 15 buys x and one of the others: all three families. 5 buys y or z: two of them are left out.
    opened, bound = ask(stage(15.0))
    assert opened in ({"x", "y"}, {"x", "z"})
    assert bound == pytest.approx(0.0, abs=0.1)
    opened, bound = ask(stage(5.0))
    assert opened in ({"y"}, {"z"})
    assert bound == pytest.approx(8.0, abs=0.1)


def test_after_a_choice_was_tried_another_site_must_open():
    # One site: x leaves 4 persons out, y or z alone 8.
    assert ask(stage(15.0, most=1)) == ({"x"}, pytest.approx(4.0, abs=0.1))
    opened, bound = ask(stage(15.0, most=1), "x")
    assert opened in ({"y"}, {"z"})
    assert bound == pytest.approx(8.0, abs=0.1)
    assert ask(stage(15.0, most=1), "x", "y") == ({"z"}, pytest.approx(8.0, abs=0.1))


def test_where_all_choices_were_tried_nothing_is_proposed():
    # The second answer needs no solver: no site is left that was in no choice.
    assert ask(stage(15.0, most=1), "x", "y", "z") == (None, np.inf)
    assert ask(stage(15.0), "xyz") == (None, np.inf)


def test_sites_open_as_a_whole_and_households_are_placed_in_part():
    # One unit with 4 beds holds one family of 3; in part it holds no more of them: units are taken whole by each.
    assert ask(stage(5.0, size=3))[1] == pytest.approx(6.0, abs=0.1)


def test_without_time_nothing_is_claimed():
    given = stage(15.0)
    watch = Watch(0.0)
    answer = propose(given.program, given.objective, given.program.allowed, watch, gap=0.1)
    assert answer == Proposal(None, -np.inf) or answer.bound <= 0.1


def test_ties_do_not_let_more_columns_in_than_the_small_program_can_bear(monkeypatch):
    # Four columns of regret 0, three may come in; what is left out costs nothing more, so that nothing more is proven.
    monkeypatch.setattr(opening_proposals, "_COLUMNS", 3)
    mask, beyond = opening_proposals._cheapest(np.array([[0.0, 0.0, np.inf], [0.0, 0.0, 5.0]]), 4.0)
    assert mask.tolist() == [[True, True, False], [True, False, False]]
    assert beyond == 0.0
    mask, beyond = opening_proposals._cheapest(np.array([[0.0, 3.0, 7.0, 5.0]]), 4.0)  # what is above 4 is no loss
    assert mask.tolist() == [[True, True, False, False]]
    assert beyond == np.inf
