"""The same question gets the same answer, however its rows are ordered, wherever and beside whatever it runs."""

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import dezentral as dz

from .lively import POLICY, lively_city

SEEDS = (0, 1)
_ELSEWHERE = """
import sys
import dezentral as dz
instance, policy = sys.stdin.read().split("\\n")
print(dz.solve(dz.Instance.model_validate_json(instance), dz.Policy.model_validate_json(policy)).plan.digest)
"""


def solved(instance):
    result = dz.solve(instance, POLICY)
    assert result.reproducible
    return result


@pytest.fixture(scope="module", params=SEEDS)
def city(request):
    return lively_city(request.param)


@pytest.fixture(scope="module")
def result(city):
    return solved(city)


def test_the_city_leaves_something_to_decide(result):
    assert result.status is dz.Status.OPTIMAL
    assert len(result.plan.placements) > 8
    assert sum(level.value > 0 for level in result.levels) >= 3


def shuffled(dice, rows):
    return dice.sample(list(rows), len(rows))


def shuffled_table(dice, table):
    rows, columns = shuffled(dice, table.rows), shuffled(dice, table.columns)
    place = {row: dict(zip(table.columns, data, strict=True)) for row, data in zip(table.rows, table.data, strict=True)}
    return dz.Table(rows=rows, columns=columns, data=[[place[row][column] for column in columns] for row in rows])


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_may_come_in_any_order(city, result, seed):
    dice = random.Random(seed)  # noqa: S311  nothing secret
    sites = [site.model_copy(update={"units": tuple(shuffled(dice, site.units))}) for site in city.sites]
    other = city.replace(
        districts=shuffled(dice, city.districts),
        sites=shuffled(dice, sites),
        households=shuffled(dice, city.households),
        services=shuffled(dice, city.services),
        relations=shuffled(dice, city.relations),
        distances=shuffled_table(dice, city.distances),
        utilities=shuffled_table(dice, city.utilities),
    )
    assert other != city
    again = solved(other)
    assert again.plan == result.plan
    assert again.plan.digest == result.plan.digest
    assert [level.value for level in again.levels] == [level.value for level in result.levels]


def test_another_process_with_another_hash_seed_finds_the_same_plan(city, result):
    told = f"{city.model_dump_json()}\n{POLICY.model_dump_json()}"
    answer = subprocess.run(  # noqa: S603  our own interpreter and words
        [sys.executable, "-c", _ELSEWHERE],
        input=told,
        env={**os.environ, "PYTHONHASHSEED": "77"},
        capture_output=True,
        text=True,
        check=True,
        timeout=100,
    )
    assert answer.stdout.strip() == result.plan.digest


def test_two_solves_at_once_do_not_disturb_each_other(city, result):
    with ThreadPoolExecutor(2) as pool:
        digests = list(pool.map(lambda _: solved(city).plan.digest, range(2)))
    assert digests == [result.plan.digest] * 2


def test_the_default_number_of_workers_does_not_depend_on_the_machine(city, result, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    monkeypatch.setattr(os, "process_cpu_count", lambda: 1, raising=False)
    assert solved(city).plan.digest == result.plan.digest


@pytest.mark.parametrize("workers", [1, 2])
def test_any_given_number_of_workers_repeats_itself(city, workers):
    params = dz.SolveParams(workers=workers)
    first, second = (dz.solve(city, POLICY, params) for _ in range(2))
    assert first.reproducible
    assert first.plan.digest == second.plan.digest


def test_new_names_in_the_same_order_only_rename_the_plan(city, result):
    def new(key):
        return None if key is None else f"x-{key}"

    def renamed(record, **fields):
        return record.model_copy(update={"id": new(record.id), **fields})

    def renamed_table(table):
        rows, columns = ([new(key) for key in keys] for keys in (table.rows, table.columns))
        return dz.Table(rows=rows, columns=columns, data=table.data)

    other = city.replace(
        districts=[renamed(one) for one in city.districts],
        sites=[
            renamed(one, district=new(one.district), units=tuple(renamed(unit) for unit in one.units))
            for one in city.sites
        ],
        households=[
            renamed(one, current_site=new(one.current_site), wishes=tuple(map(new, one.wishes)))
            for one in city.households
        ],
        services=[renamed(one) for one in city.services],
        relations=[
            dz.Relation(kind=one.kind, households=[new(key) for key in one.households]) for one in city.relations
        ],
        distances=renamed_table(city.distances),
        utilities=renamed_table(city.utilities),
    )
    assert solved(other).plan == dz.Plan(
        placements=[
            dz.Placement(household=new(row.household), site=new(row.site), unit=new(row.unit), units=row.units)
            for row in result.plan.placements
        ],
        unplaced=[new(key) for key in result.plan.unplaced],
    )


def _scarce_city(seed):
    """Draw 14 unique households, 12 sites, few seats, relations and circles: too many places to see all at once."""
    dice = random.Random(seed)  # noqa: S311  nothing secret
    districts = [
        dz.District(id=f"d{i}", population=dice.randint(400, 900), support={"ar": i % 2, "fa": 1, "ti": (i + 1) % 2})
        for i in range(4)
    ]
    sites = [
        dz.Site(
            id=f"s{i:02}", district=f"d{i % 4}", x=float(dice.randrange(9000)), y=float(dice.randrange(9000)),
            units=[dz.Unit(id="flat", beds=dice.randint(3, 5)), dz.Unit(id="room", beds=2, sharing="same_sex")],
        )
        for i in range(12)
    ]  # fmt: skip
    services = [
        dz.Service(
            id=f"k{i}", kind=("kita", "school")[i % 2], x=float(dice.randrange(9000)), y=float(dice.randrange(9000)),
            capacity=dice.randint(1, 2), reach=6000.0,
        )
        for i in range(8)
    ]  # fmt: skip
    households = [
        dz.Household(
            id=f"h{i:02}", size=dice.randint(1, 4), sex=dice.choice("fm"), needs={dice.choice(("kita", "school")): 1},
            languages=[dice.choice(("ar", "fa", "ti"))], seeks_support=bool(i % 2),
            anchors=[dz.Anchor(x=float(dice.randrange(9000)), y=float(dice.randrange(9000)))],
        )
        for i in range(14)
    ]  # fmt: skip
    relations = [
        dz.Relation(kind="different_site", households=("h00", "h01", "h02")),
        dz.Relation(kind="same_district", households=("h03", "h04")),
        dz.Relation(kind="different_district", households=("h05", "h06")),
    ]
    return dz.Instance(
        districts=districts, sites=sites, services=services, households=households, relations=relations
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_services_relations_and_circles_may_come_in_any_order_too(seed):
    city = _scarce_city(seed)
    other = city.replace(
        services=city.services[::-1],
        relations=city.relations[::-1],
        districts=[
            district.model_copy(update={"support": dict(sorted(district.support.items(), reverse=True))})
            for district in city.districts
        ],
    )
    assert solved(other).plan.digest == solved(city).plan.digest
