"""Every peer solves the same problem: on small instances their plans are sound and as good as ours."""

from __future__ import annotations

import pytest
from benchmarks.case import Case
from benchmarks.peers.registry import PEERS, run_peer
from benchmarks.registry import CASES, stored

import dezentral as dz

TINY = dz.datasets.stuttgart(60, seed=2, occupied=0.3)
SEEKING = dz.datasets.stuttgart(100, seed=1)
CASE = Case("tiny", "60 persons", lambda: TINY, dz.Policy.stuttgarter_weg(), dz.SolveParams(gap=1e-6))


@pytest.fixture(scope="module")
def ours() -> dz.Result:
    return dz.solve(TINY, CASE.policy, CASE.params)


@pytest.mark.parametrize("peer", sorted(set(PEERS) - {"lp", "greedy"}))
def test_solvers_agree_level_by_level(peer: str, ours: dz.Result) -> None:
    answer = run_peer(peer, CASE, TINY, 20.0, ())
    assert answer.plan is not None
    assert dz.check(TINY, CASE.policy, answer.plan) == ()
    values = dz.score(TINY, CASE.policy, answer.plan)
    # Secants far from the target and whole steps of CP-SAT's objectives leave a little.
    assert values == pytest.approx([level.value for level in ours.levels], rel=2e-3, abs=2e-3)


@pytest.mark.parametrize("peer", sorted(set(PEERS) - {"lp", "greedy"}))
def test_solvers_agree_on_peer_support(peer: str) -> None:
    policy = dz.Policy(levels=(dz.Level(dz.Placed()), dz.Level(dz.PeerSupport())))
    case = Case("peers", "100 persons", lambda: SEEKING, policy, dz.SolveParams(gap=1e-6))
    answer = run_peer(peer, case, SEEKING, 60.0, ())
    assert answer.plan is not None
    ours = dz.solve(SEEKING, policy)
    assert ours.status is dz.Status.OPTIMAL
    assert dz.score(SEEKING, policy, answer.plan) == tuple(level.value for level in ours.levels)
    assert ours.levels[-1].value > 0


def test_linear_relaxation_is_a_bound(ours: dz.Result) -> None:
    values = dz.score(TINY, CASE.policy, ours.plan)
    answer = run_peer("lp", CASE, TINY, 20.0, values)
    assert answer.bounds[-1] is not None
    assert 0 < answer.bounds[-1] <= values[-1] * (1 + 1e-6)


def test_greedy_breaks_no_rule_and_is_no_better(ours: dz.Result) -> None:
    answer = run_peer("greedy", CASE, TINY, 1.0, ())
    assert answer.plan is not None
    assert dz.check(TINY, CASE.policy, answer.plan) == ()
    assert dz.score(TINY, CASE.policy, answer.plan) >= tuple(level.value - 1e-3 for level in ours.levels)


def test_peers_refuse_what_they_leave_out() -> None:
    city = stored("unique_tiny")
    bound = city.replace(relations=[dz.Relation(kind="same_site", households=[h.id for h in city.households[:2]])])
    with pytest.raises(ValueError, match="no relations"):
        run_peer("highs", CASES["unique_tiny"], bound, 1.0, ())
