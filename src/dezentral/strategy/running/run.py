"""run_scenarios: every scenario a row, whatever happens to it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import CancelledError, Executor, Future, as_completed
from typing import TYPE_CHECKING, Any

from dezentral.domain import Instance
from dezentral.domain.policy import Policy
from dezentral.errors import Fault, InstanceError, PolicyError, written
from dezentral.solver import SolveParams
from dezentral.strategy.running.finished import Finished
from dezentral.strategy.running.task import Row, Task, run_task
from dezentral.strategy.scenarios import Scenario
from dezentral.tables.formats.file_errors import named_path

if TYPE_CHECKING:
    import pandas as pd


def run_scenarios(
    scenarios: Mapping[str, Instance | Scenario],
    policy: Policy | None = None,
    params: SolveParams | None = None,
    executor: Executor | None = None,
    resume: str | os.PathLike[str] | None = None,
    *,
    progress: bool = False,
) -> pd.DataFrame:
    """Solve many scenarios, one after another or on any executor, and put what came out in one frame.

    Parameters
    ----------
    scenarios
        Name → instance, or `Scenario(instance, policy)`.
    policy
        Of scenarios that bring none; `Policy.default()` if None.
    params
        Of every solve; `SolveParams()` if None.
    executor
        Anything with the interface of `concurrent.futures.Executor`: threads, processes, a Dask cluster through
        ``client.get_executor()``. None = one after another, here.
    resume
        Path of a Parquet file (extra ``parquet``) in which finished rows are kept, and from which they are taken if
        instance, policy, params and versions are the same, whatever the scenario is called. Rows with an error
        are tried again.
    progress
        Whether to show a bar.

    Returns
    -------
    pandas.DataFrame
        One row per scenario in the order of the mapping: ``scenario``; ``status`` (of the result; None with an error);
        ``digest`` (of the plan); ``value_1`` … ``value_n``, ``bound_1`` … ``bound_n`` (per level of the policy, in the
        units of its goals; NaN = none); ``seconds``; ``error`` (None if all went well). Everything but
        ``seconds`` is the same whatever the executor. A scenario that fails is a row with its error, and so is
        one whose worker was killed, together with those that were lost with it.

    Raises
    ------
    InstanceError, PolicyError
        If an argument is not as described, with every fault.
    TableError
        If `resume` is a file that this function did not write, or cannot be read or written.
    MissingExtraError
        If `resume` is given and pyarrow is not installed.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="h", size=3)],
    ... )
    >>> placed = dz.Policy(levels=[dz.Level(dz.Placed())])
    >>> changes = {"now": [], "two more": dz.scenarios.influx(3)}
    >>> frame = run_scenarios(dz.scenarios.build(city, placed, changes))
    >>> frame[["scenario", "status", "value_1"]].values.tolist()
    [['now', 'OPTIMAL', 0.0], ['two more', 'OPTIMAL', 3.0]]
    """
    tasks = _tasks(scenarios, policy, params, executor)
    finished = None if resume is None else Finished(named_path(resume))
    keys = {} if finished is None else {name: task.key for name, task in tasks.items()}
    rows: dict[str, Row] = {}
    for name, key in keys.items():
        known = finished.get(key) if finished is not None else None
        if known is not None:
            rows[name] = known
    missing = {name: task for name, task in tasks.items() if name not in rows}
    for name, row in _shown(_run(missing, executor), len(missing), progress=progress):
        rows[name] = row
        if finished is not None:
            finished.add(keys[name], name, row)
    levels = max((len(task.policy.levels) for task in tasks.values()), default=len((policy or Policy()).levels))
    return _frame({name: rows[name] for name in tasks}, levels)


def _tasks(scenarios: Any, policy: Any, params: Any, executor: Any) -> dict[str, Task]:
    """Return what is to be solved, or refuse the arguments."""
    if not isinstance(scenarios, Mapping):
        allowed = "a mapping: name → Instance or Scenario"
        raise InstanceError.of([Fault("run_scenarios", "scenarios", scenarios, allowed)])
    faults = []
    for name, given in scenarios.items():
        if not isinstance(name, str):
            faults.append(Fault("run_scenarios", "scenarios", name, "names that are text"))
        if not isinstance(given, Instance | Scenario):
            faults.append(Fault(f"scenario {written(name)}", "", given, "an Instance or a Scenario"))
    if faults:
        raise InstanceError.of(faults)
    if not isinstance(policy, Policy | None):
        faults.append(Fault("run_scenarios", "policy", policy, "a Policy, or None"))
    if not isinstance(params, SolveParams | None):
        faults.append(Fault("run_scenarios", "params", params, "SolveParams, or None"))
    if executor is not None and not callable(getattr(executor, "submit", None)):
        allowed = "an Executor, of Dask client.get_executor(), or None"
        faults.append(Fault("run_scenarios", "executor", executor, allowed))
    if faults:
        raise PolicyError.of(faults)
    whole = {name: one if isinstance(one, Scenario) else Scenario(one) for name, one in scenarios.items()}
    return {
        name: Task(one.instance, one.policy or policy or Policy.default(), params or SolveParams())
        for name, one in whole.items()
    }


def _run(tasks: Mapping[str, Task], executor: Executor | None) -> Iterator[tuple[str, Row]]:
    """Yield rows as they come."""
    if executor is None:
        for name, task in tasks.items():
            yield name, _outcome_here(task)
        return
    names: dict[Future[Row], str] = {}
    # Dask takes equal calls for one call, and a scenario that has failed for failed for ever.
    attempt = secrets.token_hex(8)
    try:
        for name, task in tasks.items():
            try:
                names[executor.submit(run_task, task, attempt)] = name
            except Exception as error:  # noqa: BLE001  a broken pool refuses: a row, like every failure
                yield name, Row.failed(error)
        for future in as_completed(names):
            yield names[future], _outcome_of(future)
    finally:
        for future in names:
            future.cancel()


def _outcome_here(task: Task) -> Row:
    try:
        return run_task(task)
    except Exception as error:  # noqa: BLE001  whatever goes wrong is the row's error
        return Row.failed(error)


def _outcome_of(future: Future[Row]) -> Row:
    try:
        return future.result()
    except (Exception, CancelledError) as error:  # noqa: BLE001  whatever goes wrong is the row's error
        return Row.failed(error)


def _shown(rows: Iterable[tuple[str, Row]], total: int, *, progress: bool) -> Iterable[tuple[str, Row]]:
    if not progress:
        return rows
    from tqdm.auto import tqdm  # noqa: PLC0415  only who wants a bar pays for it

    bar: Iterable[tuple[str, Row]] = tqdm(rows, total=total, unit="scenario")
    return bar


def _frame(rows: Mapping[str, Row], levels: int) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415  keeps `import dezentral` light

    columns = {
        "scenario": pd.Series(list(rows), dtype="object"),
        "status": pd.Series([row.status for row in rows.values()], dtype="object"),
        "digest": pd.Series([row.digest for row in rows.values()], dtype="object"),
    }
    for kind in ("value", "bound"):
        for i in range(levels):
            cells = [_at(getattr(row, f"{kind}s"), i) for row in rows.values()]
            columns[f"{kind}_{i + 1}"] = pd.Series(cells, dtype="float64")
    columns["seconds"] = pd.Series([row.seconds for row in rows.values()], dtype="float64")
    columns["error"] = pd.Series([row.error for row in rows.values()], dtype="object")
    return pd.DataFrame(columns)


def _at(values: tuple[float | None, ...], i: int) -> float | None:
    return values[i] if i < len(values) else None


