"""The city's open-data table of inhabitants, as populations of districts."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dezentral.datasets.stuttgart_facts import DISTRICTS, district_code
from dezentral.domain import District, Instance
from dezentral.domain.arguments import require_instance
from dezentral.errors import Fault, InstanceError, TableError

if TYPE_CHECKING:
    import pandas as pd

_COLUMNS = ("Stichtag", "Stadtbezirk", "Alter in 10 Gruppen", "Einwohner")
_MOST_DIGITS = 9
_TOTALS = frozenset({"insgesamt", "gesamt", "summe", "alle", "total"})


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the table as written; its date is read, the rest is not yet."""

    where: str
    date: dt.date
    district: str
    age: str
    persons: str


def read_population(path: str | os.PathLike[str], *, date: dt.date | str | None = None) -> pd.Series[int]:
    r"""Read inhabitants per district from the city's open data.

    The table is "Einwohner in Stuttgart nach Altersgruppen und Stadtbezirken seit 1986" (opendata.stuttgart.de), a
    CSV with the columns ``Stichtag;Stadtbezirk;Alter in 10 Gruppen;Einwohner`` and dates as DD.MM.YYYY, in UTF-8 or
    Windows-1252.

    Parameters
    ----------
    path
        The CSV file.
    date
        Which reference day to read, a date, ``"2023-12-31"`` or ``"31.12.2023"``; the latest in the file if None.
        Rows of other days are only looked at for their date.

    Returns
    -------
    pandas.Series
        District code (``"01"`` … ``"23"``) → inhabitants, all ages, of the districts in the file on that day;
        ``attrs["date"]`` is the reference day. What `with_population` takes, which names the districts that it lacks.

    Raises
    ------
    TableError
        With every fault: columns, dates, unknown districts, missing or doubled age groups, what is no number.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from dezentral.datasets import read_population, stuttgart_districts
    >>> lines = [f"31.12.2023;{name};0 bis unter 3 Jahre;100" for name in stuttgart_districts()["name"]]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "einwohner.csv")
    ...     head = "Stichtag;Stadtbezirk;Alter in 10 Gruppen;Einwohner"
    ...     _ = path.write_text("\n".join([head, *lines]), encoding="utf-8")
    ...     population = read_population(path)
    >>> int(population["08"]), str(population.attrs["date"])
    (100, '2023-12-31')
    """
    import pandas as pd  # noqa: PLC0415

    text, name = _text(path), Path(path).name
    faults: list[Fault] = []
    rows = list(_rows(name, text, faults))
    wanted = _wanted(date, rows, name, faults)
    totals = _totals([row for row in rows if row.date == wanted], name, faults) if wanted else {}
    if faults:
        raise TableError.of(faults)
    series = pd.Series(totals, name="population", dtype="int64").sort_index()
    series.index.name = "district"
    series.attrs["date"] = wanted
    return series


def with_population(instance: Instance, population: Mapping[str, int] | pd.Series[int]) -> Instance:
    """Return the instance with other populations.

    Parameters
    ----------
    instance
        Whose districts change.
    population
        District id → inhabitants for every district of the instance, e.g. from `read_population`; others are ignored.

    Raises
    ------
    InstanceError
        With every district that has no population, or none that can be used.

    Examples
    --------
    >>> from dezentral.datasets import stuttgart, with_population
    >>> city = stuttgart(persons=0)
    >>> with_population(city, {district.id: 1_000 for district in city.districts}).districts[0].population
    1000
    """
    require_instance(instance)
    items = _items(population)
    given = {key: int(value) if isinstance(value, np.integer) else value for key, value in items}
    faults, districts = [], []
    for district in instance.districts:
        fields = {name: getattr(district, name) for name in District.model_fields}
        if district.id not in given:
            allowed = "inhabitants (whole, 0 or more)"
            faults.append(Fault(f"district {district.id!r}", "population", "(missing)", allowed))
            continue
        try:
            districts.append(District(**{**fields, "population": given[district.id]}))
        except InstanceError as error:
            faults += error.faults
    if faults:
        raise InstanceError.of(faults)
    return instance.replace(districts=districts)


def _items(population: object) -> Iterable[tuple[object, object]]:
    import pandas as pd  # noqa: PLC0415

    if isinstance(population, Mapping | pd.Series):
        return population.items()
    allowed = "a mapping or Series: district id → inhabitants"
    raise InstanceError.of([Fault("arguments", "population", type(population).__name__, allowed)])


def _text(path: str | os.PathLike[str]) -> str:
    try:
        if Path(path).exists() and not Path(path).is_file():
            msg = "it is a folder, a pipe or a device"
            raise ValueError(msg)  # noqa: TRY301  told like any other obstacle
        content = Path(path).read_bytes()
    except (OSError, TypeError, ValueError) as error:
        allowed = f"a file that can be read ({getattr(error, 'strerror', None) or error})"
        raise TableError.of([Fault("population", "path", str(path), allowed)]) from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(name: str, text: str, faults: list[Fault]) -> Iterator[_Row]:
    lines = _lines(text)
    _, header = next(lines, (1, []))
    if tuple(header) != _COLUMNS:
        faults.append(Fault("", "columns", ";".join(header), ";".join(_COLUMNS), name))
        return
    for number, cells in lines:
        where = f"{name}, row {number}"
        if len(cells) != len(_COLUMNS):
            faults.append(Fault("", "cells", ";".join(cells), f"{len(_COLUMNS)} cells", where))
            continue
        day, district, age, persons = cells
        date = _date(day)
        if date is None:
            faults.append(Fault("", "Stichtag", day, "a date as DD.MM.YYYY", where))
        else:
            yield _Row(where, date, district, age, persons)


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of every line that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip() for cell in cells]
    except csv.Error:  # a cell beyond any length: no such table
        yield reader.line_num, ["(unreadable)"]


def _date(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007  a day has no time zone
    except ValueError:
        return None


def _wanted(date: object, rows: list[_Row], name: str, faults: list[Fault]) -> dt.date | None:
    """Return the reference day to read; None with a fault if there is none."""
    days = sorted({row.date for row in rows})
    if date is None:
        if not days and not faults:
            faults.append(Fault("", "rows", 0, "at least one row below the header", name))
        return days[-1] if days else None
    day = date if isinstance(date, dt.date) and not isinstance(date, dt.datetime) else _asked(date)
    if day not in days:
        known = f"{days[0]} to {days[-1]}, {len(days)} days" if days else "none"
        faults.append(Fault("", "date", str(date), f"a reference day in the file ({known})", name))
        return None
    return day


def _asked(date: object) -> dt.date | None:
    try:
        return date.date() if isinstance(date, dt.datetime) else dt.date.fromisoformat(str(date))
    except ValueError:
        return _date(str(date))


def _totals(rows: list[_Row], name: str, faults: list[Fault]) -> dict[str, int]:
    totals: Counter[str] = Counter()
    ages: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        code = district_code(row.district)
        if code is None:
            faults.append(Fault("", "Stadtbezirk", row.district, "one of the 23 Stadtbezirke", row.where))
        if row.age.casefold() in _TOTALS:
            faults.append(Fault("", _COLUMNS[2], row.age, "single age groups, no totals", row.where))
        if not (row.persons.isascii() and row.persons.isdigit() and len(row.persons) <= _MOST_DIGITS):
            allowed = f"a whole number of at most {_MOST_DIGITS} digits"
            faults.append(Fault("", "Einwohner", row.persons, allowed, row.where))
        elif code is not None:
            if row.age in ages[code]:
                faults.append(Fault("", _COLUMNS[2], row.age, "each age group of a district once", row.where))
            totals[code] += int(row.persons)
        if code is not None:
            ages[code].add(row.age)
    faults += _missing(ages, name)
    return dict(totals)


def _missing(ages: Mapping[str, set[str]], name: str) -> Iterator[Fault]:
    """Name the age groups that a district of the file lacks: its sum would be too small."""
    groups = sorted({age for found in ages.values() for age in found})
    for facts in DISTRICTS:
        for age in groups:
            if facts.code in ages and age not in ages[facts.code]:
                yield Fault("", _COLUMNS[2], "(missing)", f"a row for {facts.name}, {age}", name)
