"""A plan is scored once: levels asked for again are remembered, later ones are added."""

from __future__ import annotations

import numpy as np

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import scores
from dezentral.solver.assignment import plan_of
from tests.solver.lively import POLICY, lively_city

CITY = lively_city(1)
COMPILED = compile_instance(CITY, POLICY)
NOBODY = np.full(len(CITY.households), -1, dtype=np.int64)


def _somebody():
    placed = NOBODY.copy()
    h = int(np.flatnonzero((COMPILED.units > 0).any(axis=1)[COMPILED.types.of_household])[0])
    placed[h] = int(np.flatnonzero(COMPILED.units[COMPILED.types.of_household[h]] > 0)[0])
    return placed


def _watched(monkeypatch):
    asked, real = [], scores.score

    def score(instance, policy, plan):
        asked.append(len(policy.levels))
        return real(instance, policy, plan)

    monkeypatch.setattr(scores, "score", score)
    return asked


def test_values_are_those_of_the_specification_however_they_are_asked_for(monkeypatch):
    asked = _watched(monkeypatch)
    known = scores.Scores(CITY, POLICY, lambda assignment: plan_of(COMPILED, assignment))
    for assignment in (NOBODY, _somebody()):
        whole = dz.score(CITY, POLICY, plan_of(COMPILED, assignment))
        assert [known.of(assignment, levels) for levels in (2, 6, 1, 6)] == [whole[:2], whole, whole[:1], whole]
    assert asked == [2, 4, 2, 4]  # never a level twice


def test_the_oldest_plans_are_forgotten_and_scored_anew(monkeypatch):
    monkeypatch.setattr(scores, "_REMEMBERED", 1)
    asked = _watched(monkeypatch)
    known = scores.Scores(CITY, POLICY, lambda assignment: plan_of(COMPILED, assignment))
    values = [known.of(assignment, 2) for assignment in (NOBODY, _somebody(), NOBODY)]
    assert values[0] == values[2] != values[1]
    assert asked == [2, 2, 2]
