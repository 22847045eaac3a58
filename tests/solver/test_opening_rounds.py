"""A level whose sites are chosen, by searches, relaxations and proposals that say what they are told to."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import opening_rounds
from dezentral.solver.opening_choice import Proposal
from dezentral.solver.opening_rounds import Rounds, undecided
from dezentral.solver.openings import Openings
from dezentral.solver.program import Objective
from dezentral.solver.stage import Stage, stage_of
from dezentral.solver.task import Task
from dezentral.solver.watch import Watch
from tests.checks.small import city, household, site
from tests.solver.solving import EXACT, policy_of

PLACED = policy_of(dz.Placed())
COSTS = {"x": 1.0, "y": 2.0, "z": 4.0}
NOBODY, SOMEBODY = np.array([-1, -1]), np.array([0, -1])
TOLERANCE = 0.5


class Told:
    """A search that answers what it is told to, and remembers what it was asked."""

    def __init__(self, *answers: tuple[float, float]) -> None:
        self.assignment, self.answers, self.asked = NOBODY, list(answers), list[frozenset[int]]()

    def pursue_among(self, _task: Task, opened: frozenset[int], _dear: float) -> tuple[float, float]:
        self.asked.append(opened)
        return self.answers.pop(0)

    def pursue_as_it_is(self, _task: Task) -> tuple[float, float]:
        self.asked.append(frozenset())
        return self.answers.pop(0)


class Script:
    """Proposals in a given order: those near the relaxation, and those by shapes or by the openings alone."""

    def __init__(self, *near: Proposal, others: tuple[Proposal, ...] = (), wide: bool = False) -> None:
        self.are_wide, self._near, self._others = wide, list(near), list(others)
        self.known: list[list[frozenset[int]]] = []

    def near(self, _relaxed: object, _value: float, known: list[frozenset[int]]) -> Proposal:
        self.known.append(list(known))
        return self._near.pop(0)

    def of_shapes(self, *_: object) -> Proposal:
        return self._others.pop(0)

    of_openings = of_shapes


class Level:
    """Three candidates with one flat each, a site that is open, two families; the level's value is as given."""

    def __init__(self, search: Told, *, value: float = 10.0, about: str = "people", step: float = 0.0, most: int = 3):
        town = city(
            [*(site(key, "a", [dz.Unit(id="flat", beds=4)]) for key in COSTS), site("zz")],
            [household(key, 4) for key in "gh"],
        )
        allowed = Openings(town, COSTS, most=most)
        stage = stage_of(compile_instance(town, PLACED, PLACED.levels), PLACED.levels, [], 1e-9, allowed)
        self.index, opened = stage.program.compiled.places.site_index, stage.program.opened
        if about == "sites":
            prices = {opened[self.index[key]]: cost for key, cost in COSTS.items()}
            stage = Stage(stage.program, Objective(auxiliary=prices))
        self.told: list[tuple[float, float | None]] = []
        self.values = {-1: value}  # of an assignment, by where the first family is
        self.task = Task(
            stage=stage,
            assignment=NOBODY,
            value=value,
            shapes=None,
            coarser=lambda: stage,
            evaluate=lambda assignment: self.values.get(int(assignment[0])),
            tolerance=lambda _value: TOLERANCE,
            gap=0.0,
            params=EXACT,
            watch=Watch(60.0),
            report=lambda now, proven: self.told.append((now, proven)),
            step=step,
        )
        self.rounds = Rounds(self.task, allowed, search)

    def at(self, keys: str) -> frozenset[int]:
        return frozenset(self.index[key] for key in keys)

    def close(self, key: str) -> None:
        program = self.task.stage.program
        program.auxiliary_upper[program.opened[self.index[key]]] = 0.0


def test_a_bound_is_raised_to_the_next_value_that_exists():
    level = Level(Told(), step=2.0)
    for bound in (-np.inf, 3.0, 4.0, 4.000_000_1, 3.9, 9.5):
        level.rounds._prove(bound)
    assert level.told == [(10.0, 4.0), (10.0, 10.0)]


def test_without_steps_a_bound_is_what_it_is_and_never_above_the_value():
    level = Level(Told())
    for bound in (3.3, 3.2, np.inf):
        level.rounds._prove(bound)
    assert level.told == [(10.0, 3.3), (10.0, 10.0)]


def test_of_the_choices_tried_the_least_bound_counts():
    search = Told((7.0, 4.0), (7.0, 6.0), (7.0, 4.0))
    rounds = Level(search).rounds
    rounds._try(frozenset({1}), 9.5)  # no better than what there is
    assert (search.asked, rounds._least) == ([], 9.5)
    rounds._try(frozenset({1}), 6.5)  # more was known than the work proves
    assert (rounds.value, rounds._least) == (7.0, 6.5)
    rounds._try(frozenset({2}), 3.0)
    assert rounds._least == 6.0
    rounds._try(frozenset({3}), 6.2)
    rounds._try(frozenset({3}), 6.9)
    assert (rounds._least, search.asked) == (6.0, [{1}, {2}, {3}])
    assert rounds.tried == [{1}, {1}, {2}, {3}, {3}]


@pytest.mark.parametrize(
    ("found", "value", "better"), [(False, 5.0, False), (True, None, False), (True, 10.0, False), (True, 9.0, True)]
)
def test_only_a_better_plan_that_keeps_the_limits_is_kept(found, value, better):
    search = Told()
    level = Level(search)
    level.values[0] = value

    def find(_keys: object) -> bool:
        search.assignment = SOMEBODY
        return found

    assert level.rounds._finds(SimpleNamespace(find=find), frozenset()) is better
    assert level.rounds.value == (9.0 if better else 10.0)
    assert search.assignment is (SOMEBODY if better else NOBODY)


@pytest.mark.parametrize(("value", "kept"), [(None, 10.0), (9.0, 9.0), (11.0, 10.0)])
def test_a_plan_that_undercuts_a_choice_counts_if_it_is_better(value, kept):
    level = Level(Told())
    level.values[-1] = value
    assert level.rounds._undercuts(SimpleNamespace(undercut=lambda _keys: True), frozenset()) is True
    assert level.rounds.value == kept


def test_sites_are_better_if_they_may_open_and_measure_less():
    rounds = Level(Told(), about="sites", value=6.0, most=2).rounds
    better = ["".join(keys) for keys in ("x", "xy", "xz", "yz", "xyz") if rounds._is_better(frozenset(keys))]
    assert better == ["x", "xy", "xz"]  # 1, 3 and 5; 2 + 4 is no better, and three are too many


def test_a_choice_is_widened_in_the_order_of_ids_as_far_as_its_limits_go():
    level = Level(Told(), most=2)
    assert level.rounds._widened(level.at("z")) == level.at("xz")
    level.close("x")
    assert level.rounds._widened(level.at("z")) == level.at("yz")
    measured = Level(Told(), about="sites")
    assert measured.rounds._widened(level.at("z")) == level.at("z")


def test_candidates_that_the_plan_uses_are_its_choice():
    level = Level(Told())
    level.rounds.task = replace(level.task, assignment=np.array([0, 3]))  # pools, one for each site
    assert level.rounds._used() == level.at("x")


def test_where_no_site_may_open_or_stay_closed_all_is_decided():
    level = Level(Told())
    for key in COSTS:
        assert undecided(level.task.stage.program)
        level.close(key)
    assert not undecided(level.task.stage.program)


def test_other_sites_have_a_price_where_sites_are_not_measured():
    assert Level(Told()).rounds._dear == opening_rounds.DEAR * TOLERANCE
    assert Level(Told(), about="sites").rounds._dear == 0.0


@pytest.fixture
def relaxing(monkeypatch):
    """Let the relaxation say a bound, or nothing."""

    def says(*bounds: float | None) -> None:
        answers = [None if bound is None else SimpleNamespace(prices=SimpleNamespace(bound=bound)) for bound in bounds]
        monkeypatch.setattr(opening_rounds, "relax", lambda *_: answers.pop(0))
        monkeypatch.setattr(opening_rounds, "_FEW", 0)

    return says


def test_choices_are_tried_until_the_rest_is_no_better(relaxing):
    relaxing(2.0)
    search = Told((8.0, 7.0), (8.0, 7.8))
    level = Level(search, most=1)
    choices = [(level.at("y"), 3.0), (level.at("x"), 6.0), (level.at("z"), 7.6), (None, np.inf)]
    script = Script(*(Proposal(opened, bound) for opened, bound in choices))
    level.rounds._proposals = script
    # What is proven is the least of the choices tried, 7, and of the others, 7.6.
    assert level.rounds.run() == (8.0, 7.0)
    assert [bound for _, bound in level.told] == [2.0, 3.0, 6.0, 7.0]
    assert search.asked == [level.at("y"), level.at("x")]
    assert script.known[2] == [level.at("y"), level.at("x")]


def test_without_another_choice_what_was_tried_is_all_there_is(relaxing):
    relaxing(2.0)
    level = Level(Told((8.0, 7.0)), most=1)
    level.rounds._proposals = Script(Proposal(level.at("y"), 3.0), Proposal(None, np.inf))
    assert level.rounds.run() == (8.0, 7.0)


def test_where_the_relaxation_says_nothing_nothing_is_proven(relaxing):
    relaxing(None)
    level = Level(Told())
    assert level.rounds.run() == (10.0, -np.inf)


def test_a_relaxation_near_the_value_ends_the_work(relaxing):
    relaxing(9.5)
    level = Level(Told())
    level.rounds._proposals = Script()
    assert level.rounds.run() == (10.0, 9.5)


class LinesTold:
    """Lines that bound choices by what they are told once one is looked at, all others by nothing."""

    def __init__(self, bounds: dict[str, float | None]) -> None:
        self.bounds, self.every, self.seen = bounds, frozenset(COSTS), list[str]()

    def __call__(self, *_: object) -> LinesTold:
        return self

    def look(self, keys: frozenset[str], _dear: float, tolerance: float) -> float | None:
        assert tolerance == pytest.approx(0.05 * TOLERANCE)
        self.seen.append("".join(sorted(keys)))
        return self.bounds[self.seen[-1]]

    def bound(self, keys: frozenset[str]) -> float:
        bound = self.bounds["".join(sorted(keys))]
        return -np.inf if bound is None else bound


@pytest.fixture
def widely(monkeypatch):
    """Choose by lines; return value and bound, and the search that was asked."""

    def choose(
        level: Level, bounds: dict[str, float | None], *choices: tuple[str | None, float]
    ) -> tuple[tuple[float, float], LinesTold]:
        lines = LinesTold(bounds)
        monkeypatch.setattr(opening_rounds, "Lines", lines)
        monkeypatch.setattr(opening_rounds, "lowest", lambda *_: None)
        monkeypatch.setattr(opening_rounds, "_FEW", 0)
        proposals = tuple(Proposal(None if keys is None else level.at(keys), bound) for keys, bound in choices)
        level.rounds._proposals = Script(others=proposals, wide=True)
        return level.rounds.run(), lines

    return choose


def test_where_all_sites_may_open_they_are_tried_at_once(widely):
    search = Told((8.0, 7.0))
    assert widely(Level(search), {})[0] == (8.0, 7.0)
    assert search.asked == [Level(search).at("xyz")]


def test_the_best_choice_is_tried_once_the_others_are_hardly_better(widely):
    # A first plan with x; then y looks best, but all others may be beyond 5 only; then beyond 5.9 they are near enough
    # to y for it to be tried: 6.5, its bound 6.1. Those left are beyond 6.05: all is proven.
    search = Told((9.0, 7.0), (6.5, 6.1))
    level = Level(search, most=1)
    outcome, lines = widely(
        level, {"xyz": 4.0, "x": 7.0, "y": 6.0, "z": 8.0}, ("x", 4.5), ("y", 5.0), ("z", 5.9), ("x", 6.05)
    )
    assert outcome == (6.5, 6.05)
    assert search.asked == [level.at("x"), level.at("y")]
    assert lines.seen == ["xyz", "x", "y", "z"]
    assert [bound for _, bound in level.told] == [4.0, 4.5, 5.0, 5.9, 6.05]


def test_a_choice_that_is_proposed_again_is_tried(widely):
    # That happens where prices of closed sites are not felt in full.
    search = Told((9.0, 7.0), (8.0, 7.5), (8.0, 7.7))
    level = Level(search, most=1)
    choices = ("x", 4.5), ("x", 4.6), ("y", 5.0), ("y", 5.1), (None, np.inf)
    outcome, lines = widely(level, {"xyz": 4.0, "x": 7.0, "y": 7.2}, *choices)
    assert outcome == (8.0, 7.5)
    assert search.asked == [level.at("x"), level.at("x"), level.at("y")]
    assert lines.seen == ["xyz", "x", "y"]


def test_a_choice_that_no_other_can_beat_by_much_is_tried_at_once(widely):
    search = Told((6.5, 6.0))
    level = Level(search, most=1)
    assert widely(level, {"xyz": 4.0, "x": 6.0}, ("x", 5.9), (None, np.inf))[0] == (6.5, 6.0)
    assert search.asked == [level.at("x")]


def test_a_choice_that_its_line_refutes_is_not_tried(widely):
    search = Told((6.0, 5.0))
    level = Level(search, most=1)
    outcome, _ = widely(level, {"xyz": 4.0, "x": 5.8}, ("x", 4.0), ("x", 4.0), (None, np.inf))
    assert outcome == (6.0, 5.8)
    assert search.asked == [level.at("x")]  # for the first plan only


def test_the_first_plan_need_only_be_a_good_one(widely, monkeypatch):
    search = Told((8.0, 7.0))
    level = Level(search, most=1)
    tasks = list[Task]()
    pursue_among = search.pursue_among

    def asked(task: Task, *more: Any) -> tuple[float, float]:
        tasks.append(task)
        return pursue_among(task, *more)

    monkeypatch.setattr(search, "pursue_among", asked)
    level.rounds.task = replace(level.task, gap=0.01)
    assert widely(level, {"xyz": 4.0, "x": 5.0}, ("x", 4.5), ("y", 7.9))[0] == (8.0, 7.9)
    assert (tasks[0].tolerance(8.0), tasks[0].gap) == (50 * TOLERANCE, pytest.approx(0.5))


def test_without_time_for_the_first_line_nothing_is_proven(widely):
    level = Level(Told(), most=1)
    assert widely(level, {"xyz": None})[0] == (10.0, -np.inf)


def test_work_on_the_first_plan_may_take_all_the_time_and_a_bound_is_known_all_the_same(widely, monkeypatch):
    search = Told((8.0, 7.0))
    level = Level(search, most=1)
    watch, pursue_among = level.task.watch, search.pursue_among

    def until_the_end(*asked: Any) -> tuple[float, float]:
        watch.hit_wall = True
        return pursue_among(*asked)

    monkeypatch.setattr(search, "pursue_among", until_the_end)
    assert widely(level, {"xyz": 4.0, "x": 5.0}, ("x", 4.5))[0] == (8.0, 4.5)


def test_choices_that_no_round_is_left_for_bound_the_level(widely, monkeypatch):
    monkeypatch.setattr(opening_rounds, "_MANY_ROUNDS", 2)
    level = Level(Told((8.0, 7.0)), most=1)
    assert widely(level, {"xyz": 1.0, "x": 6.0, "y": 7.0}, ("x", 2.0), ("y", 4.5))[0] == (8.0, 4.5)


def alone(level: Level, script: Script, reach: Any = None) -> tuple[float, float]:
    level.rounds._proposals = script
    level.rounds._find_reach = None if reach is None else lambda: reach
    return level.rounds.run()


@pytest.mark.parametrize(
    ("proposal", "bound"), [(Proposal(frozenset(), 4.0), 4.0), (Proposal(None, 4.0), 4.0), (Proposal(None, 9.9), 9.9)]
)
def test_where_only_sites_are_measured_one_choice_is_tried(monkeypatch, proposal, bound):
    monkeypatch.setattr(opening_rounds, "_FEW", 0)
    search = Told((9.0, 6.0))
    assert alone(Level(search, about="sites"), Script(others=(proposal,), wide=True)) == (
        9.0 if proposal.opened is not None else 10.0,
        bound,
    )


class ReachTold:
    """What the last level says of choices: which are refuted, found and undercut."""

    cuts = SimpleNamespace(lines=SimpleNamespace(cuts=[], site_of={}), beyond=0.0)

    def __init__(self, search: Told, *, refuted: str = "", found: str = "", undercut: str = "", easier: str = ""):
        self.search, self.refuted, self.found, self.undercuts = search, refuted, found, undercut
        self.more, self.seen = easier, list[str]()

    def refute(self, keys: frozenset[str]) -> bool:
        return "".join(keys) in self.refuted.split()

    def easier(self, keys: frozenset[str], _allowed: object) -> frozenset[str]:
        return keys | set(self.more)

    def find(self, keys: frozenset[str]) -> bool:
        self.seen.append("".join(sorted(keys)))
        if "".join(sorted(keys)) not in self.found.split():
            return False
        self.search.assignment = np.array([sum(ord(key) for key in keys), -1])
        return True

    def undercut(self, keys: frozenset[str]) -> bool:
        return "".join(keys) in self.undercuts.split()


def within(reach: dict[str, str], *proposals: tuple[str | None, float]) -> tuple[tuple[float, float], list[str]]:
    search = Told()
    level = Level(search, about="sites")
    level.values |= {sum(map(ord, keys)): sum(COSTS[key] for key in keys) for keys in ("x", "y", "z", "xz", "yz")}
    others = tuple(Proposal(None if keys is None else level.at(keys), bound) for keys, bound in proposals)
    told = ReachTold(search, **reach)
    return alone(level, Script(others=others, wide=True), told), told.seen


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(opening_rounds, "_FEW", 0)


@pytest.mark.usefixtures("few")
def test_choices_are_refuted_or_found_until_none_is_cheaper():
    assert within({"refuted": "x", "found": "y"}, ("x", 1.0), ("y", 2.0), (None, np.inf)) == ((2.0, 2.0), ["y"])


@pytest.mark.usefixtures("few")
def test_an_easier_choice_is_looked_for_first():
    wanted = ((2.0, 2.0), ["yz", "y"])
    assert within({"found": "yz y", "easier": "z"}, ("y", 1.0), ("y", 2.0)) == wanted


@pytest.mark.usefixtures("few")
def test_where_the_first_choice_is_refuted_an_easier_one_is_looked_for_once():
    refuted = {"refuted": "x y", "found": "xz", "easier": "z"}
    assert within(refuted, ("x", 1.0), ("y", 2.0), (None, np.inf)) == ((5.0, 5.0), ["xz"])


@pytest.mark.usefixtures("few")
def test_a_choice_that_is_neither_found_nor_refuted_stays_open():
    assert within({"found": "yz", "easier": "z"}, ("y", 2.0)) == ((6.0, 2.0), ["yz", "y"])
    assert within({"undercut": "y"}, ("y", 2.0), (None, 9.9)) == ((10.0, 9.9), ["y"])


def test_a_small_program_is_solved_with_all_choices_in_the_end(relaxing, monkeypatch):
    relaxing(2.0, 2.0, 9.9)
    for few, outcome in ((99, (6.0, 5.0)), (1, (10.0, 2.0)), (99, (10.0, 9.9))):
        monkeypatch.setattr(opening_rounds, "_FEW", few)
        level = Level(Told((6.0, 5.0)))
        level.rounds._proposals = Script(Proposal(None, -np.inf))
        assert level.rounds.run() == outcome
