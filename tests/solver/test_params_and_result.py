"""SolveParams refuse what they cannot use; results travel as JSON."""

import json

import ortools
import pytest

import dezentral as dz
from tests.checks.small import city, household, site

from .lively import POLICY, lively_city
from .solving import policy_of


def test_defaults():
    params = dz.SolveParams()
    assert (params.time_limit, params.gap, params.seed) == (60.0, 1e-3, 0)
    assert (params.workers, params.deterministic) == (None, True)


def test_every_fault_is_named_at_once():
    with pytest.raises(dz.PolicyError) as refused:
        dz.SolveParams(time_limit=-1.0, gap=float("nan"), seed=-1, workers=0, deterministic="yes", speed=3)
    named = {fault.field for fault in refused.value.faults}
    assert named == {"time_limit", "gap", "seed", "workers", "deterministic", "speed"}


@pytest.mark.parametrize(
    "field",
    [{"seed": 2**31}, {"seed": True}, {"seed": 1.5}, {"time_limit": float("inf")}, {"workers": 257}, {"gap": "0"}],
)
def test_single_faults(field):
    with pytest.raises(dz.PolicyError):
        dz.SolveParams(**field)


def test_params_round_trip():
    params = dz.SolveParams(time_limit=1.0, gap=0.0, seed=7, workers=2, deterministic=False)
    assert dz.SolveParams.model_validate_json(params.model_dump_json()) == params


def infeasible():
    flat = dz.Unit(id="flat", beds=4)
    return city([site(units=[flat])], [household("h", 5, fixed_site="s")])


@pytest.mark.parametrize(
    ("make", "policy", "params"),
    [
        (lively_city, POLICY, None),
        (lively_city, POLICY, dz.SolveParams(time_limit=0.0)),
        (infeasible, policy_of(dz.Placed()), None),
    ],
)
def test_a_result_survives_json(make, policy, params):
    result = dz.solve(make(), policy, params)
    again = dz.Result.model_validate_json(result.model_dump_json())
    assert again == result
    assert isinstance(again.status, dz.Status)
    assert [level.goals for level in again.levels] == [level.goals for level in policy.levels][: len(again.levels)]
    assert (again.plan and again.plan.digest) == (result.plan and result.plan.digest)


def test_a_result_says_what_made_it():
    result = dz.solve(infeasible())
    assert dict(result.version) == {"dezentral": dz.__version__, "ortools": ortools.__version__}
    assert result.seconds >= 0


@pytest.mark.parametrize(
    ("change", "field"),
    [({"schema_version": 99}, "schema_version"), ({"status": "PERHAPS"}, "status"), ({"colour": 1}, "colour")],
)
def test_a_result_of_another_kind_is_refused(change, field):
    told = json.loads(dz.solve(infeasible()).model_dump_json()) | change
    with pytest.raises(dz.PlanError) as refused:
        dz.Result.model_validate_json(json.dumps(told))
    assert [fault.field for fault in refused.value.faults] == [field]


def test_a_wide_gap_is_satisfied_by_any_plan_and_bounds_stay_true():
    wide, exact = (
        dz.solve(lively_city(), policy_of(dz.Level(dz.Evenness(), dz.Cost())), dz.SolveParams(gap=gap))
        for gap in (1e6, 0.0)
    )
    assert wide.status is dz.Status.OPTIMAL
    assert wide.levels[0].bound <= exact.levels[0].value <= wide.levels[0].value


@pytest.mark.parametrize(
    "instance", [dz.Instance(districts=(), sites=()), city([], [household("h", 2)]), city([site()], [])]
)
def test_cities_without_anything(instance):
    result = dz.solve(instance)
    assert result.status is dz.Status.OPTIMAL
    assert result.plan.placements == ()
    assert len(result.levels) == 6


def test_a_result_shows_itself_in_one_line_and_names_no_household():
    instance = lively_city()
    result = dz.solve(instance, POLICY)
    for shown in (repr(result), str(result), result._repr_html_()):
        assert "OPTIMAL" in shown
        assert not any(household.id in shown for household in instance.households)
    assert "\n" not in repr(result)


def test_a_status_may_be_given_by_its_name():
    told = {"goals": (dz.Placed(),), "value": 1.0, "bound": None, "gap": None, "final": 1.0, "seconds": 0.0}
    assert dz.LevelOutcome(status="FEASIBLE", **told).status is dz.Status.FEASIBLE
    with pytest.raises(dz.PlanError, match="BEST"):
        dz.LevelOutcome(status="BEST", **told)
