"""Every scenario is a row, whatever the executor, and whatever happens to it."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import pandas as pd
import pytest

import dezentral as dz
from dezentral.strategy.running import run_scenarios
from tests.strategy.town import PLACED, Deadly, three, town


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one.drop(columns="seconds"), other.drop(columns="seconds"))


def processes(workers: int = 1) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def deadly() -> dz.Scenario:
    return dz.Scenario(Deadly(**{name: getattr(town(2), name) for name in dz.Instance.model_fields}), PLACED)


@pytest.fixture
def broken(monkeypatch) -> dz.Scenario:
    """An instance of a name that the solver stumbles over."""

    def stumble(instance, policy, params):
        if instance.name == "broken":
            msg = "no such households"
            raise RuntimeError(msg)
        return dz.solve(instance, policy, params)

    monkeypatch.setattr("dezentral.strategy.running.task.solve_unless_interrupted", stumble)
    return dz.Scenario(town(name="broken"), PLACED)


def test_values_bounds_and_digests_are_those_of_a_solve():
    # 6 persons for 4 flats: 2 are left out; 2 in each district while the target is 3: (1 + 1)/3 = 2/3 … of N = 6.
    frame = run_scenarios(three())
    result = dz.solve(town(6), PLACED)
    assert frame.columns.tolist() == [
        "scenario", "status", "digest", "value_1", "value_2", "bound_1", "bound_2", "seconds", "error",
    ]  # fmt: skip
    assert frame["scenario"].tolist() == ["6 persons", "3 persons", "0 persons"]
    assert frame["value_1"].tolist() == frame["bound_1"].tolist() == [2.0, 0.0, 0.0]
    assert frame["value_2"][0] == pytest.approx(2 / 3)
    assert frame["digest"][0] == result.plan.digest
    assert frame["error"].isna().all()


def test_an_instance_alone_gets_the_policy_of_the_call():
    frame = run_scenarios({"a": town(6), "b": dz.Scenario(town(6))}, PLACED)
    assert frame["value_1"].tolist() == [2.0, 2.0]
    assert len(run_scenarios({"a": town(0)}).filter(like="value_").columns) == 6


def test_no_scenarios_give_no_rows_and_the_same_columns():
    frame = run_scenarios({}, PLACED)
    assert frame.empty
    assert "bound_2" in frame


def test_fewer_levels_leave_the_rest_open():
    one = dz.Policy(levels=[dz.Level(dz.Placed())])
    frame = run_scenarios({"one": dz.Scenario(town(), one), "two": dz.Scenario(town(), PLACED)})
    assert frame["value_2"].isna().tolist() == [True, False]


def test_an_infeasible_scenario_is_a_result():
    city = town(0).replace(households=[dz.Household(id="h", size=9, fixed_site="sa")])
    frame = run_scenarios({"x": city}, PLACED)
    assert frame["status"].tolist() == ["INFEASIBLE"]
    assert frame["digest"].isna().all()
    assert frame["error"].isna().all()


@pytest.mark.parametrize("pool", [lambda: ThreadPoolExecutor(2), lambda: processes(2)], ids=["threads", "processes"])
def test_every_executor_gives_the_same(pool):
    with pool() as executor:
        same(run_scenarios(three(), executor=executor), run_scenarios(three()))


def test_a_failure_is_a_row_and_the_others_go_on(broken):
    frame = run_scenarios({"bad": broken, **three()})
    assert frame["error"][0] == "RuntimeError: no such households"
    assert pd.isna(frame["status"][0])
    assert frame["error"][1:].isna().all()
    with ThreadPoolExecutor(1) as executor:
        same(run_scenarios({"bad": broken, **three()}, executor=executor), frame)


def test_after_a_killed_worker_resume_completes_what_is_missing(tmp_path):
    path = tmp_path / "rows.parquet"
    with processes() as executor:
        first = run_scenarios({"deadly": deadly(), **three()}, executor=executor, resume=path)
    assert first["scenario"].tolist() == ["deadly", *three()]
    assert first["error"][0].startswith("BrokenProcessPool")
    with processes() as executor:
        second = run_scenarios(three(), executor=executor, resume=path)
    same(second, run_scenarios(three()))


def test_a_pool_that_refuses_is_a_row_for_everyone():
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    assert run_scenarios(three(), executor=executor)["error"].str.contains("after shutdown").all()


def test_a_dask_cluster_gives_the_same_also_after_a_killed_worker(tmp_path):
    distributed = pytest.importorskip("dask.distributed", reason='needs pip install "dezentral[distributed]"')
    import dask  # noqa: PLC0415  after the skip

    path = tmp_path / "rows.parquet"
    settings = {  # patient: on a busy machine a worker that is silent for long is not yet dead
        "distributed.scheduler.allowed-failures": 0, "distributed.worker.multiprocessing-method": "spawn",
        "distributed.comm.timeouts.connect": "300s", "distributed.comm.timeouts.tcp": "300s",
        "distributed.scheduler.worker-ttl": None,
    }  # fmt: skip
    with (
        dask.config.set(settings),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster,
        cluster.get_client() as client,
    ):
        executor = client.get_executor()
        first = run_scenarios({**three(), "deadly": deadly()}, executor=executor, resume=path)
        client.wait_for_workers(2, timeout=300)  # the cluster starts another for the one that was killed
        second = run_scenarios(three(), executor=executor, resume=path)
    assert first["error"][3].startswith("KilledWorker")
    same(second, run_scenarios(three()))


def test_resume_takes_what_is_finished_by_its_content_alone(tmp_path, monkeypatch):
    path = tmp_path / "rows.parquet"
    first = run_scenarios(three(), resume=path)
    # Nothing may be solved any more.
    monkeypatch.setattr("dezentral.strategy.running.task.solve_unless_interrupted", None)
    again = run_scenarios(three(), resume=str(path))
    pd.testing.assert_frame_equal(first, again)
    renamed = run_scenarios({"other": three()["3 persons"]}, resume=path)
    assert renamed["digest"][0] == first["digest"][1]
    changes = {
        "instance": ({"3 persons": dz.Scenario(town(4), PLACED)}, None),
        "policy": ({"3 persons": town(3)}, None),
        "params": (three(), dz.SolveParams(seed=1)),
    }
    for scenarios, params in changes.values():
        assert run_scenarios(scenarios, params=params, resume=path)["error"].notna().all()


def test_rows_of_other_scenarios_stay_in_the_file(tmp_path):
    path = tmp_path / "rows.parquet"
    names = list(three())
    for name in names:
        run_scenarios({name: three()[name]}, resume=path)
    assert sorted(pd.read_parquet(path)["scenario"]) == sorted(names)


def test_a_failed_row_is_tried_again(tmp_path, broken):
    path = tmp_path / "rows.parquet"
    assert run_scenarios({"bad": broken}, resume=path)["error"].notna().all()
    assert run_scenarios({"bad": broken}, resume=path)["error"].notna().all()


# Ctrl-C comes as soon as the second scenario's first level is at work, whatever the speed of the machine.
_INTERRUPTED = """
import os, signal, sys
import dezentral as dz
from dezentral.solver.search import Search
from tests.strategy.town import PLACED, three

city, solved = dz.datasets.stuttgart(400), Search.solve_level

def solve_level(search, *rest):
    if search.instance.households == city.households:
        os.kill(os.getpid(), signal.SIGINT)
    return solved(search, *rest)

Search.solve_level = solve_level
params = dz.SolveParams(deterministic=sys.argv[2] == "True")
dz.run_scenarios({**three(), "long": dz.Scenario(city), "last": three()["3 persons"]}, None, params, resume=sys.argv[1])
"""


@pytest.mark.parametrize("deterministic", [True, False])
def test_an_interrupted_solve_is_no_result(tmp_path, deterministic):
    path = tmp_path / "rows.parquet"
    command = [sys.executable, "-c", _INTERRUPTED, str(path), str(deterministic)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)  # noqa: S603  our own
    assert ended.stderr.rstrip().endswith("KeyboardInterrupt")
    assert sorted(pd.read_parquet(path)["scenario"]) == sorted(three())
    again = run_scenarios(three(), params=dz.SolveParams(deterministic=deterministic), resume=path)
    assert again["error"].isna().all()


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense", b"PAR1" + b"\0" * 40 + b"PAR1"],
)
def test_a_damaged_file_is_refused(tmp_path, content):
    path = tmp_path / "rows.parquet"
    path.write_bytes(content)
    with pytest.raises(dz.TableError, match=r"rows\.parquet.*run_scenarios wrote"):
        run_scenarios(three(), resume=path)
    assert path.read_bytes() == content


def test_a_foreign_file_and_a_folder_are_refused(tmp_path):
    path = tmp_path / "rows.parquet"
    pd.DataFrame({"scenario": ["a"]}).to_parquet(path)
    for place in (path, tmp_path):
        with pytest.raises(dz.TableError, match="run_scenarios wrote"):
            run_scenarios(three(), resume=place)


def test_a_file_with_a_status_of_its_own_is_refused(tmp_path):
    import pyarrow as pa  # noqa: PLC0415  only this test needs it
    import pyarrow.parquet  # noqa: PLC0415

    path = tmp_path / "rows.parquet"
    run_scenarios(three(), resume=path)
    table = pa.parquet.read_table(path)
    other = table.set_column(2, "status", pa.array(["FINE"] * 3))
    pa.parquet.write_table(other.replace_schema_metadata(table.schema.metadata), path)
    with pytest.raises(dz.TableError, match="row 1"):
        run_scenarios(three(), resume=path)


def test_without_pyarrow_resume_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(dz.MissingExtraError, match="parquet"):
        run_scenarios(three(), resume=tmp_path / "rows.parquet")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([],), "a mapping"),
        (({"a": 1, 2: town()},), "2 faults"),
        (({"a": town()}, "policy"), "a Policy"),
        (({"a": town()}, None, {"gap": 0}), "SolveParams"),
        (({"a": town()}, None, None, 4), "an Executor"),
    ],
)
def test_wrong_arguments_are_refused(arguments, says):
    with pytest.raises(dz.DezentralError, match=says):
        run_scenarios(*arguments)


def test_a_bar_changes_nothing():
    same(run_scenarios(three(), progress=True), run_scenarios(three()))
