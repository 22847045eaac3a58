"""The 23 Stadtbezirke of Stuttgart: what is known, since when, from whom; what is only estimated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

GEODATA_DATE = dt.date(2026, 3, 8)
GEODATA_SOURCE = (
    "Landeshauptstadt Stuttgart, Kleinräumige Gliederung (generalised polygons), copy of 8 March 2026; "
    "area, centroid and shared borders of at least 20 m computed from it in EPSG:25832"
)


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a population comes from.

    Attributes
    ----------
    date
        The day it counts for; of an estimate the day of the figures that it was fitted to.
    source
        Who says so.
    estimated
        Whether it is no register figure.
    """

    date: dt.date
    source: str
    estimated: bool = False


_SZ = "city register, quoted by Stuttgarter Zeitung"
_SN = "city register, quoted by Stuttgarter Nachrichten"
_2009 = Basis(dt.date(2009, 12, 31), _SN)
_2014 = Basis(dt.date(2014, 12, 31), _SN)
_2015 = Basis(dt.date(2015, 12, 31), _SZ)
_2018 = Basis(dt.date(2018, 6, 30), _SN)
_2023 = Basis(dt.date(2023, 12, 31), "city register, quoted by wilih.de")
_ESTIMATE = Basis(
    dt.date(2014, 12, 31),
    "estimate: an undated, unverified list scaled to what the register figures of 2014 leave of 592,898 in the city; "
    "single values may be 15 % off or more",
    estimated=True,
)


@dataclass(frozen=True, slots=True)
class DistrictFacts:
    """What is known about one Stadtbezirk.

    Attributes
    ----------
    code
        Official number, ``"01"`` … ``"23"``.
    name, official_name
        ``"Mitte"`` and ``"Stuttgart-Mitte"``.
    ring
        The five inner or the eighteen outer districts.
    area_km2
        Of the generalised polygon (km²).
    x, y
        Its centroid in EPSG:25832 (whole metres).
    neighbours
        Codes of the districts that share at least 20 m of border.
    population
        Inhabitants with main residence.
    basis
        Date and source of the population, and whether it is an estimate.
    """

    code: str
    name: str
    official_name: str
    ring: Literal["inner", "outer"]
    area_km2: float
    x: int
    y: int
    neighbours: tuple[str, ...]
    population: int
    basis: Basis


_LAST_INNER = "05"

# code, name, area in km², centroid x and y in metres, neighbours, inhabitants, basis
_Row = tuple[str, str, float, int, int, str, int, Basis]
_TABLE: tuple[_Row, ...] = (
    ("01", "Mitte", 3.789, 513_323, 5_402_918, "02 03 04 05", 22_850, _ESTIMATE),
    ("02", "Nord", 6.832, 512_782, 5_404_809, "01 03 05 06 10", 27_240, _ESTIMATE),
    ("03", "Ost", 9.045, 515_320, 5_402_837, "01 02 04 06 11 17 21", 46_500, _ESTIMATE),
    ("04", "Süd", 9.515, 511_311, 5_400_432, "01 03 05 09 12 17 20", 42_300, _ESTIMATE),
    ("05", "West", 18.658, 508_501, 5_402_476, "01 02 04 08 10 20 22", 50_600, _ESTIMATE),
    ("06", "Bad Cannstatt", 15.661, 516_375, 5_406_214, "02 03 10 13 14 19 23", 69_543, _2014),
    ("07", "Birkach", 3.078, 515_045, 5_396_996, "09 16 17", 6_882, _2015),
    ("08", "Botnang", 2.135, 509_263, 5_402_908, "05 10", 12_783, _2014),
    ("09", "Degerloch", 8.015, 512_926, 5_399_085, "04 07 12 16 17", 16_468, _2015),
    ("10", "Feuerbach", 11.525, 510_744, 5_405_805, "02 05 06 08 22 23", 28_982, _2014),
    ("11", "Hedelfingen", 7.245, 517_822, 5_400_516, "03 15 17 19 21", 10_233, _2023),
    ("12", "Möhringen", 15.011, 510_986, 5_396_846, "04 09 16 20", 33_297, _2018),
    ("13", "Mühlhausen", 9.098, 516_221, 5_410_162, "06 14 23", 24_450, _ESTIMATE),
    ("14", "Münster", 2.245, 515_376, 5_407_897, "06 13 23", 6_411, _2009),
    ("15", "Obertürkheim", 5.443, 520_818, 5_402_427, "11 19", 9_940, _ESTIMATE),
    ("16", "Plieningen", 13.164, 515_090, 5_394_940, "07 09 12", 13_063, _2015),
    ("17", "Sillenbuch", 7.473, 516_236, 5_399_096, "03 04 07 09 11", 23_671, _2023),
    ("18", "Stammheim", 4.342, 511_166, 5_410_743, "23", 11_808, _2014),
    ("19", "Untertürkheim", 6.113, 519_037, 5_403_551, "06 11 15 21", 16_090, _ESTIMATE),
    ("20", "Vaihingen", 20.842, 506_798, 5_398_185, "04 05 12", 45_778, _2018),
    ("21", "Wangen", 3.456, 517_487, 5_402_163, "03 11 19", 9_216, _2023),
    ("22", "Weilimdorf", 12.572, 507_916, 5_406_701, "05 10 23", 31_307, _2014),
    ("23", "Zuffenhausen", 11.981, 512_714, 5_409_062, "06 10 13 14 18 22", 37_156, _2014),
)


def _facts(row: _Row) -> DistrictFacts:
    code, name, area_km2, x, y, neighbours, population, basis = row
    inner = code <= _LAST_INNER
    return DistrictFacts(
        code=code,
        name=name,
        official_name=f"Stuttgart-{name}" if inner else name,
        ring="inner" if inner else "outer",
        area_km2=area_km2,
        x=x,
        y=y,
        neighbours=tuple(neighbours.split()),
        population=population,
        basis=basis,
    )


DISTRICTS = tuple(_facts(row) for row in _TABLE)


def stuttgart_districts() -> pd.DataFrame:
    """Return the facts about the 23 Stadtbezirke of Stuttgart, one row each.

    Returns
    -------
    pandas.DataFrame
        ``district`` (code), ``name``, ``official_name``, ``ring`` (inner, outer), ``area_km2``, ``centroid_x`` and
        ``centroid_y`` (metres, EPSG:25832), ``neighbours`` (tuple of codes), ``geodata_date``, ``geodata_source``,
        ``population`` (inhabitants), ``population_date``, ``population_source``, ``estimated`` (whether the
        population is no register figure).

    Examples
    --------
    >>> from dezentral.datasets import stuttgart_districts
    >>> facts = stuttgart_districts().set_index("name")
    >>> int(facts.loc["Wangen", "population"]), str(facts.loc["Wangen", "population_date"])
    (9216, '2023-12-31')
    >>> int(facts["estimated"].sum())
    8
    """
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame([
        {
            "district": facts.code,
            "name": facts.name,
            "official_name": facts.official_name,
            "ring": facts.ring,
            "area_km2": facts.area_km2,
            "centroid_x": facts.x,
            "centroid_y": facts.y,
            "neighbours": facts.neighbours,
            "geodata_date": GEODATA_DATE,
            "geodata_source": GEODATA_SOURCE,
            "population": facts.population,
            "population_date": facts.basis.date,
            "population_source": facts.basis.source,
            "estimated": facts.basis.estimated,
        }
        for facts in DISTRICTS
    ])


def district_code(text: str) -> str | None:
    """Return the code of the district that `text` names; None if it names none.

    The code (``"01"``, ``"1"``), the short name (``"Mitte"``) and the official one (``"Stuttgart-Mitte"``) will do.
    """
    wanted = " ".join(text.split()).casefold()
    for facts in DISTRICTS:
        names = (facts.code, facts.code.lstrip("0"), facts.name, f"Stuttgart-{facts.name}")
        if wanted in {name.casefold() for name in names}:
            return facts.code
    return None
