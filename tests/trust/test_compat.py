"""What an earlier version stored is read by this one, and means the same."""

from __future__ import annotations

from pathlib import Path

import pytest

import dezentral as dz

STORED = sorted((Path(__file__).parents[1] / "data" / "compat").iterdir())


@pytest.fixture(params=STORED, ids=lambda folder: folder.name)
def stored(request):
    def read(record):
        return record.model_validate_json((request.param / f"{record.__name__.lower()}.json").read_bytes())

    return read, request.param


def test_every_version_that_was_stored_is_found():
    assert "0.1.0" in [folder.name for folder in STORED]


def test_plan_and_result_fit_their_instance_and_policy(stored):
    read, _ = stored
    instance, policy, plan, result = (read(record) for record in (dz.Instance, dz.Policy, dz.Plan, dz.Result))
    assert result.plan == plan
    assert dz.check(instance, policy, plan) == ()
    assert dz.score(instance, policy, plan) == pytest.approx([level.final for level in result.levels], rel=1e-9)
    assert result.status is dz.Status.OPTIMAL


def test_its_tables_are_the_same_instance(stored):
    read, folder = stored
    assert dz.read_tables(folder / "tables") == read(dz.Instance)


def test_what_is_stored_is_as_good_as_ever(stored):
    read, _ = stored
    instance, policy, result = (read(record) for record in (dz.Instance, dz.Policy, dz.Result))
    again = dz.solve(instance, policy, dz.SolveParams(gap=0.0))
    # A later engine may find another plan; what is proven stays true.
    assert [level.value for level in again.levels] == pytest.approx([level.value for level in result.levels], rel=1e-6)
