"""Plans as frames and files, and back."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from dezentral.domain import Instance, Placement, Plan, require_match
from dezentral.errors import PlanError
from dezentral.tables.cells.values import BOOLEAN, ID, WHOLE
from dezentral.tables.formats.file_errors import file_error, named_path, system_errors
from dezentral.tables.formats.plan_files import plan_files, read_plan_file, write_plan_file
from dezentral.tables.reading.drafts import Draft, read_drafts
from dezentral.tables.reading.findings import Findings
from dezentral.tables.reading.places import column_of
from dezentral.tables.reading.raw import RawTable
from dezentral.tables.reading.raw_frames import table_from_frame
from dezentral.tables.schema import PLAN
from dezentral.tables.sheets import Sheet, require_carried

if TYPE_CHECKING:
    import pandas as pd

_FILES = "a plan as .csv, .parquet, .xlsx or .json, or a folder with one"
_COLUMNS = tuple(PLAN.by_name)
_KINDS = (ID, WHOLE, ID, ID, WHOLE, ID, ID, BOOLEAN)


def plan_frame(instance: Instance, plan: Plan) -> pd.DataFrame:
    """Return where every household is placed, sorted by household id.

    Returns
    -------
    pandas.DataFrame
        Columns ``household``, ``size`` (persons), ``site``, ``unit``, ``units`` (how many it takes), ``district``,
        ``current_site``, ``moved`` (placed at another site than its current one). Unplaced households have None as
        site, unit, units and district.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(
    ...     districts=[dz.District(id="a", population=1000)],
    ...     sites=[dz.Site(id="s", district="a", units=[dz.Unit(id="flat", beds=4)])],
    ...     households=[dz.Household(id="g", size=2), dz.Household(id="h", size=3)],
    ... )
    >>> plan = dz.Plan(placements=[dz.Placement(household="h", site="s", unit="flat")], unplaced=["g"])
    >>> plan_frame(city, plan)[["household", "site", "units", "moved"]].values.tolist()
    [['g', None, None, False], ['h', 's', 1, False]]
    """
    import pandas as pd  # noqa: PLC0415

    sheet = _sheet(instance, plan)
    dtypes = {"size": "int64", "moved": "bool"}  # the others may hold None, which only objects keep
    columns = {name: pd.Series(sheet.column(name), dtype=dtypes.get(name, "object")) for name in _COLUMNS}
    return pd.DataFrame(columns)


def read_plan(source: str | os.PathLike[str] | pd.DataFrame) -> Plan:
    """Read a plan as `plan_frame` shows it.

    Rows without a site are unplaced households; columns other than ``household``, ``site``, ``unit`` and ``units``
    (1 if empty) are not read.

    Parameters
    ----------
    source
        A frame; or the path of a ``.csv``, ``.parquet`` or ``.xlsx`` (its sheet ``plan``, or its only one), of a
        ``.json`` as `write_plan` writes it, or of a folder with a file ``plan`` in one of these formats, or the same
        plan in several: then JSON is read, which has the overrides.

    Raises
    ------
    TableError
        With everything that is wrong: file, row, column, value and what is allowed.
    MissingExtraError
        If an Excel or Parquet file needs a library that is not installed.

    Examples
    --------
    >>> import pandas as pd
    >>> read_plan(pd.DataFrame({"household": ["g", "h"], "site": [None, "s"], "unit": [None, "flat"]})).unplaced
    ('g',)
    """
    import pandas as pd  # noqa: PLC0415

    if isinstance(source, pd.DataFrame):
        return _plan(table_from_frame(PLAN.name, source))
    path = named_path(source)
    with system_errors(path, _FILES):
        files = plan_files(path)
    plans = [_from_file(file) for file in files]
    if len({plan.digest for plan in plans}) > 1:
        names = ", ".join(file.name for file in files)
        raise file_error(path, names, "one plan: what stands in these files differs; name the one that holds")
    return plans[0]


def _from_file(path: Path) -> Plan:
    with system_errors(path, _FILES):
        found = read_plan_file(path)
    if isinstance(found, RawTable):
        return _plan(found)
    try:
        return Plan.model_validate_json(found)
    except PlanError as error:
        faults = "; ".join(str(fault) for fault in error.faults)
        raise file_error(path, path.suffix, f"a plan: {faults}") from error


def write_plan(instance: Instance, plan: Plan, path: str | os.PathLike[str]) -> Path:
    """Write a plan as a table (``.csv``, ``.parquet``, ``.xlsx``) or as ``.json``, whole or not at all.

    A table shows what `plan_frame` shows; only JSON keeps the overrides.

    Returns
    -------
    pathlib.Path
        `path`.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    TableError
        If an id cannot stand in a cell, or the place cannot be written.
    MissingExtraError
        If an Excel or Parquet file needs a library that is not installed.
    """
    place = named_path(path)
    sheet = _sheet(instance, plan)
    if place.suffix.lower() != ".json":
        require_carried(sheet)
    with system_errors(place, "a place where files can be written"):
        write_plan_file(sheet, plan, place)
    return place


def _sheet(instance: Instance, plan: Plan) -> Sheet:
    require_match(instance, plan)
    placed = {placement.household: placement for placement in plan.placements}
    districts = {site.id: site.district for site in instance.sites}
    rows = []
    for household in sorted(instance.households, key=lambda household: household.id):
        here, today = placed.get(household.id), household.current_site
        place = (here.site, here.unit, here.units, districts[here.site]) if here else (None, None, None, None)
        moved = here is not None and today is not None and today != here.site
        rows.append((household.id, household.size, *place, today, moved))
    return Sheet(PLAN.name, _COLUMNS, _KINDS, tuple(rows))


def _plan(table: RawTable) -> Plan:
    findings = Findings()
    drafts = read_drafts(table, PLAN, findings)
    counts = Counter(draft.fields.get("household") for draft in drafts)
    placements: list[Placement] = []
    unplaced: list[str] = []
    for draft in drafts:
        household = draft.fields.get("household")
        if household is None:
            if "household" not in draft.refused:
                draft.refuse(findings, "household", "the id of a household", "(missing)")
        elif counts[household] > 1:
            draft.refuse(findings, "household", f"each household once (it stands {counts[household]} times)")
        if "site" not in draft.fields and "site" not in draft.refused:
            if "unit" in draft.fields:
                draft.refuse(findings, "site", "the id of a site: a unit is given", "(missing)")
            elif household is not None:
                unplaced.append(household)
        elif (placement := _placement(draft, findings)) is not None:
            placements.append(placement)
    if findings:
        raise findings.error()
    return Plan(placements=tuple(placements), unplaced=tuple(unplaced))


def _placement(draft: Draft, findings: Findings) -> Placement | None:
    """Return the placement of a row, or refuse what it lacks, whatever else was already found wrong."""
    try:
        return Placement(**draft.fields)
    except PlanError as error:
        for fault in error.faults:
            column = column_of(fault.field)
            if column not in draft.refused:
                draft.refuse(findings, column, fault.allowed, fault.value)
        return None
