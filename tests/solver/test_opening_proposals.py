"""Proposals of choices: what may be said of the placements that the small program does not see."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import opening_proposals
from dezentral.solver.opening_choice import Proposal
from dezentral.solver.opening_proposals import Proposals
from dezentral.solver.openings import Openings
from dezentral.solver.program import Objective
from dezentral.solver.stage import Stage, stage_of
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import policy_of

PLACED = policy_of(dz.Placed())
SITES = "vwxyz"


@pytest.fixture
def stage() -> Stage:
    """Five candidates with a flat each, and one family: five columns."""
    flats = [dz.Unit(id="flat", beds=4)]
    town = city([site(key, "a", flats) for key in SITES], [household("h", 4)])
    allowed = Openings(town, dict.fromkeys(SITES, 1.0))
    return stage_of(compile_instance(town, PLACED, PLACED.levels), PLACED.levels, [], 1e-9, allowed)


@pytest.fixture
def proposals(stage) -> Proposals:
    task = SimpleNamespace(
        stage=stage,
        watch=Watch(60.0),
        tolerance=lambda _: 0.5,
        coarser=lambda: stage,
        assignment=np.array([-1]),
        step=1.0,
    )
    return Proposals(task)


def relaxed(base: float) -> SimpleNamespace:
    """A relaxation with the bound `base`, which uses y; the places cost 0, 1, 2, 3 and 4 more than it."""
    return SimpleNamespace(
        prices=SimpleNamespace(bound=base, regret=lambda: np.arange(5.0)[np.newaxis]),
        solution=SimpleNamespace(used=lambda _shape: np.array([[False, False, False, True, False]])),
    )


@pytest.fixture
def near(proposals, monkeypatch):
    """Ask for a choice near a relaxation when the best plan so far costs 10; what is seen costs 9 or more."""

    def ask(base: float, columns: int) -> tuple[str, float]:
        masks = list[str]()

        def propose(_program: object, _objective: object, mask: np.ndarray, *_: object, **__: object) -> Proposal:
            masks.append("".join(key if seen else "." for key, seen in zip(SITES, mask[0], strict=True)))
            return Proposal(frozenset(), 9.0)

        monkeypatch.setattr(opening_proposals, "propose", propose)
        monkeypatch.setattr(opening_proposals, "_COLUMNS", columns)
        bound = proposals.near(relaxed(base), 10.0, []).bound
        return masks[0], bound

    return ask


@pytest.mark.parametrize(
    ("base", "columns", "said"),
    [
        (7.0, 2, ("vw.y.", 9.0)),  # x costs 2 more and is not seen: no more than 9 would be proven in any case
        (6.5, 2, ("vw.y.", 8.5)),
        (7.5, 5, ("vwxy.", 9.0)),  # all but what costs more than the plan so far
        (8.0, 1, ("v..y.", 9.0)),
        (9.5, 2, ("v..y.", 9.5)),  # no less than the relaxation is proven
        (-4.0, 4, ("vwxy.", 0.0)),
        (11.0, 2, ("v..y.", 11.0)),  # it is beyond the plan already
    ],
)
def test_a_choice_is_bounded_by_what_is_seen_and_by_the_least_that_is_not(near, base, columns, said):
    assert near(base, columns) == said


def test_programs_that_do_not_see_all_are_wide(proposals, monkeypatch):
    for columns, wide in ((4, True), (5, False)):
        monkeypatch.setattr(opening_proposals, "_COLUMNS", columns)
        assert proposals.are_wide is wide


def test_sites_that_an_objective_does_not_name_cost_nothing(proposals, stage):
    # One flat is needed for nobody: nothing opens, or what is gained by it. v costs 2, w gains 3; the others nothing.
    opened, index = stage.program.opened, stage.program.compiled.places.site_index
    v, w = (opened[index[key]] for key in "vw")
    nothing = proposals.of_shapes(Objective(5.0, auxiliary={v: 2.0}), 9.0)
    assert nothing.bound == pytest.approx(5.0)
    gained = proposals.of_shapes(Objective(5.0, auxiliary={v: 2.0, w: -3.0}), 9.0)
    assert gained.bound == pytest.approx(2.0)
    assert index["w"] in gained.opened
    assert index["v"] not in gained.opened


def test_of_all_choices_but_those_known_the_cheapest_is_proposed(proposals, stage):
    opened, index = stage.program.opened, stage.program.compiled.places.site_index
    known = [frozenset(index[key] for key in "xyz")]
    prices = {opened[index[key]]: cost for key, cost in zip(SITES, (4.0, 3.0, 1.0, 1.0, 1.0), strict=True)}
    proposal = proposals.of_openings(Stage(stage.program, Objective(auxiliary=prices)), 9.0, known)
    assert (proposal.opened, proposal.bound) == ({index["w"]}, pytest.approx(3.0))
