"""Cities of dormitories are proven by whole fillings, alike every time, and whatever else binds."""

from __future__ import annotations

import random

import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from dezentral.solver import by_fillings, stage
from dezentral.solver.fillings import Fillings
from dezentral.solver.sharing import Sharing, sees_every_row
from dezentral.solver.stage import stage_of
from tests.solver.halls import NEAR_AND_EVEN, PLACED, halls

POLICY = dz.Policy(levels=[PLACED, NEAR_AND_EVEN])
PARAMS = dz.SolveParams(time_limit=300.0)


@pytest.fixture(name="lazy")
def _lazy(monkeypatch):
    """Take even small levels for large ones."""
    monkeypatch.setattr(stage, "DIRECT", -1)
    monkeypatch.setattr(by_fillings, "_FEW", 0)


@pytest.fixture(name="used")
def _used(monkeypatch):
    """List the bounds of fillings that were looked at, and the divisions that were kept."""
    seen = {"prices": [], "values": []}
    prices, keep = Fillings.prices, Sharing._keep

    def priced(self, *args):
        seen["prices"].append(prices(self, *args))
        return seen["prices"][-1]

    def kept(self, where):
        keep(self, where)
        seen["values"].append(self.value)

    monkeypatch.setattr(Fillings, "prices", priced)
    monkeypatch.setattr(Sharing, "_keep", kept)
    return seen


@pytest.mark.usefixtures("lazy")
def test_a_city_of_dormitories_is_proven_by_them(used):
    instance = halls(90, 12, 5, 0)
    result = dz.solve(instance, POLICY, PARAMS)
    assert result.status is dz.Status.OPTIMAL
    assert dz.check(instance, POLICY, result.plan) == ()
    assert used["prices"]
    assert used["values"] == sorted(used["values"], reverse=True)
    last = result.levels[-1]
    assert max(prices.bound for prices in used["prices"]) <= last.final * (1 + 1e-9)


@pytest.mark.usefixtures("lazy")
def test_the_plan_is_the_same_again_and_whatever_the_order_of_rows():
    instance = halls(90, 12, 5, 0)
    dice = random.Random(1)  # noqa: S311  nothing secret
    rows = {name: list(getattr(instance, name)) for name in ("households", "sites", "districts")}
    for some in rows.values():
        dice.shuffle(some)
    shuffled = dz.Instance(**rows)
    plans = {dz.solve(one, POLICY, PARAMS).plan.digest for one in (instance, instance, shuffled)}
    assert len(plans) == 1


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("spare", [0.8, 1.1])
def test_bound_and_value_enclose_what_cp_sat_finds_among_all_placements(seed, spare, monkeypatch):
    instance = halls(14, 5, 3, seed, spare)
    monkeypatch.setattr(stage, "DIRECT", 10**9)
    exact = dz.solve(instance, POLICY, dz.SolveParams(gap=0.0)).levels
    monkeypatch.setattr(stage, "DIRECT", -1)
    monkeypatch.setattr(by_fillings, "_FEW", 0)
    found = dz.solve(instance, POLICY, dz.SolveParams(gap=0.02)).levels
    for ours, best in zip(found, exact, strict=True):
        assert ours.bound <= best.value + 1e-6 * max(1.0, abs(best.value))
        assert ours.value >= best.value - 1e-6 * max(1.0, abs(best.value))


@pytest.mark.usefixtures("lazy")
@pytest.mark.parametrize(
    "rules",
    [
        {"max_site_persons": 9},
        {"min_area_per_person_m2": 7.0},
        {"max_single_share": 0.3},
        {"operator_capacity": {"o": 30}},
    ],
)
def test_other_rules_are_kept_by_plans_that_were_shared_out(rules):
    instance = halls(60, 10, 4, 3)
    sites = [
        site.model_copy(update={"operator": "o" if s % 2 else None, "housed": s % 3})
        for s, site in enumerate(instance.sites)
    ]
    instance = instance.model_copy(update={"sites": tuple(sites)})
    policy = dz.Policy(rules=dz.Rules(**rules), levels=POLICY.levels)
    result = dz.solve(instance, policy, dz.SolveParams(gap=0.01))
    assert result.status is dz.Status.OPTIMAL
    assert dz.check(instance, policy, result.plan) == ()


@pytest.mark.usefixtures("lazy")
def test_there_are_seats_for_all_whom_plans_that_were_shared_out_place():
    # Found at random. No row said that the kitas near s04 have 9 seats, and 10 members were placed there.
    instance = halls(24, 5, 3, 11)
    kitas = [
        dz.Service(id=site.id, kind="kita", x=site.x, y=site.y, capacity=site.units[0].count // 2 + 1, reach=1500.0)
        for site in instance.sites
    ]
    people = [one.model_copy(update={"needs": {"kita": (one.size + 1) // 2}}) for one in instance.households]
    instance = instance.replace(households=people, services=kitas)
    policy = dz.Policy(rules=dz.Rules(service_capacity=True), levels=POLICY.levels)
    result = dz.solve(instance, policy, dz.SolveParams(gap=0.002))
    assert dz.check(instance, policy, result.plan) == ()
    assert result.levels[-1].bound <= result.levels[-1].value


@pytest.mark.usefixtures("lazy")
def test_nearness_alone_in_full_dormitories_is_proven_too(used):
    instance = halls(40, 8, 4, 5)
    levels = [PLACED, dz.Level(dz.Evenness()), dz.Level(dz.Proximity())]
    result = dz.solve(instance, dz.Policy(levels=levels), dz.SolveParams(gap=0.005))
    assert result.status is dz.Status.OPTIMAL
    assert used["prices"]


@pytest.mark.usefixtures("lazy")
def test_among_flats_highs_chooses_by_the_prices_of_fillings(used):
    instance = halls(60, 12, 4, 7)
    flats = instance.sites[0].model_copy(update={"units": (dz.Unit(id="flat", beds=4, count=2),)})
    instance = instance.model_copy(update={"sites": (flats, *instance.sites[1:])})
    result = dz.solve(instance, POLICY, dz.SolveParams(gap=0.005))
    assert result.status is dz.Status.OPTIMAL
    assert dz.check(instance, POLICY, result.plan) == ()
    assert used["prices"]
    assert not used["values"]  # no pool of flats is shared out


def test_where_no_dormitory_is_small_enough_nothing_is_tried(used, monkeypatch):
    monkeypatch.setattr(by_fillings, "_SHARE", 1.0)
    dz.solve(halls(30, 6, 3, 0), POLICY, PARAMS)
    assert not used["prices"]


def test_rows_with_variables_of_their_own_are_not_seen():
    levels = POLICY.levels
    program = stage_of(compile_instance(halls(9, 4, 2, 0), POLICY, levels), levels, [0.0], 1e-6).program
    assert sees_every_row(program)
    program.add(int(program.unit_rows[0]), program.variable(0.0, 1.0), 1.0)
    assert not sees_every_row(program)
