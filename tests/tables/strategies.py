"""Instances that are valid by construction, with ids and texts that files are known to spoil."""

from __future__ import annotations

import datetime as dt
import unicodedata

from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, Polygon, box

import dezentral as dz

TRICKY = ["007", "01", "NA", "nan", "None", "null", "TRUE", "1e5", "1.0", "1/2", "2026-01-31", "31.01.2026", "12,5"]
TRICKY += [
    "=1+1",
    "+49",
    "-5",
    "@x",
    "#1",
    "'#1",
    "'=1",
    "''",
    "'s-H",
    "a b",
    "a,b",
    'a"b',
    "ä",
    "ẞ",
    "😀",
    "_x000D_",
    "\ufeff",
]
ANY_TEXT = st.characters(exclude_categories=("Cs",), exclude_characters="\0")


def _carried(key):
    return bool(key) and key == key.strip() and not any(unicodedata.category(sign) == "Cc" for sign in key)


def ids():
    return st.sampled_from([*TRICKY, "-", "a;b", "a:b"]) | st.text(ANY_TEXT, min_size=1, max_size=5).filter(_carried)


def list_ids():
    return ids().filter(lambda key: ";" not in key and key != "-")


def map_keys():
    return list_ids().filter(lambda key: ":" not in key)


def texts():
    tricky = [*TRICKY, "-", "  ", "\r", "\r\n=1", "\n", "\t=1", " a ", "a;b", "\x01", "\x1f", "\uffff", "_x0041_", "'"]
    return st.sampled_from(tricky) | st.text(ANY_TEXT, max_size=8)


def _unique(keys, most, least=0):
    return st.lists(keys, min_size=least, max_size=most, unique=True)


coordinates = st.floats(-1e8, 1e8)
days = st.none() | st.dates() | st.sampled_from([dt.date(1, 1, 1), dt.date(1900, 2, 28), dt.date(9999, 12, 31)])
amounts = st.floats(-1e12, 1e12)


@st.composite
def shapes(draw):
    x, y = draw(st.floats(0, 1e6)), draw(st.floats(0, 1e6))
    width = draw(st.floats(1, 1e5))
    single = Polygon([(x, y), (x + width, y), (x, y + width / 3)])
    return draw(st.sampled_from([single, MultiPolygon([single]), box(x, y, x + width, y + 1)]))


@st.composite
def districts(draw, key, weighted):
    weight = st.floats(0.5, 1e9) if weighted else st.none()
    return dz.District(
        id=key,
        name=draw(texts()),
        population=draw(st.integers(1, 10**10)),
        housed=draw(st.integers(0, 10**7)),
        target_weight=draw(weight),
        max_persons=draw(st.none() | st.integers(0, 10**7)),
        support=draw(st.dictionaries(map_keys(), st.integers(0, 10**7), max_size=2)),
        geometry=draw(st.none() | shapes()),
    )


@st.composite
def units(draw, key):
    return dz.Unit(
        id=key,
        beds=draw(st.integers(1, 10**7)),
        count=draw(st.integers(0, 10**7)),
        sharing=draw(st.sampled_from(["household", "same_sex", "dormitory"])),
        features=draw(st.frozensets(list_ids(), max_size=2)),
        area_m2=draw(st.none() | st.floats(1e-300, 1e9)),
    )


@st.composite
def sites(draw, key, district_ids):
    return dz.Site(
        id=key,
        district=draw(st.sampled_from(district_ids)),
        units=[draw(units(unit)) for unit in draw(_unique(ids(), 2))],
        name=draw(texts()),
        kind=draw(texts()),
        operator=draw(st.none() | ids()),
        x=draw(coordinates),
        y=draw(coordinates),
        features=draw(st.frozensets(list_ids(), max_size=2)),
        admits=draw(st.none() | st.frozensets(list_ids(), max_size=2)),
        housed=draw(st.integers(0, 10**7)),
        max_persons=draw(st.none() | st.integers(0, 10**7)),
        open_from=draw(days),
        open_until=draw(days),
        cost=draw(amounts),
        opening_cost=draw(st.none() | st.floats(0, 1e12)),
        confidential=draw(st.booleans()),
    )


@st.composite
def services(draw, key):
    return dz.Service(
        id=key,
        kind=draw(map_keys()),
        x=draw(coordinates),
        y=draw(coordinates),
        capacity=draw(st.none() | st.integers(0, 10**7)),
        reach=draw(st.none() | st.floats(0, 1e8)),
        name=draw(texts()),
    )


@st.composite
def households(draw, key, places, district_ids, kinds):
    size = draw(st.integers(1, 10**7))
    seeks = draw(st.booleans())
    home = draw(st.none() | st.sampled_from(places)) if places else None
    site_ids = [site.id for site in places]
    home_units = [unit.id for unit in home.units] if home else []
    some_sites = st.frozensets(st.sampled_from(site_ids), max_size=2) if site_ids else st.just(frozenset())
    some_kinds = st.frozensets(st.sampled_from(kinds), max_size=2) if kinds else st.just(frozenset())
    anchor = st.builds(dz.Anchor, x=coordinates, y=coordinates, weight=st.floats(0, 1e9) | st.just(1.0))
    return dz.Household(
        id=key,
        size=size,
        sex=draw(st.sampled_from([None, "f", "m", "x"])),
        traits=draw(st.frozensets(list_ids(), max_size=2)),
        requires=draw(st.frozensets(list_ids(), max_size=1)),
        needs={kind: draw(st.integers(1, size)) for kind in draw(some_kinds)},
        languages=draw(st.frozensets(list_ids(), max_size=2)),
        supports=0 if seeks else draw(st.integers(0, 10**7)),
        seeks_support=seeks,
        anchors=draw(st.lists(anchor, max_size=2)),
        wishes=draw(st.lists(st.sampled_from(district_ids), max_size=3)),
        current_site=home.id if home else None,
        current_unit=draw(st.none() | st.sampled_from(home_units)) if home_units else None,
        fixed_site=draw(st.none() | st.sampled_from(site_ids)) if site_ids else None,
        excluded_sites=draw(some_sites),
        excluded_districts=draw(st.frozensets(st.sampled_from(district_ids), max_size=2)),
        priority=draw(st.integers(1, 10**7)),
        arrival=draw(days),
    )


@st.composite
def tables(draw, row_ids, column_ids, least):
    rows = draw(_unique(st.sampled_from(row_ids), 3)) if row_ids else []
    columns = draw(_unique(st.sampled_from(column_ids), 3)) if column_ids else []
    cell = st.none() | st.floats(least, 1e12)
    return dz.Table(rows=rows, columns=columns, data=[[draw(cell) for _ in columns] for _ in rows])


@st.composite
def instances(draw):
    district_ids = draw(_unique(list_ids(), 3, 1))
    weighted = draw(st.booleans())
    places = [draw(sites(key, district_ids)) for key in draw(_unique(list_ids(), 3))]
    offers = [draw(services(key)) for key in draw(_unique(ids(), 3))]
    kinds = sorted({service.kind for service in offers})
    homes = [draw(households(key, places, district_ids, kinds)) for key in draw(_unique(list_ids(), 3))]
    home_ids = [household.id for household in homes]
    kind = st.sampled_from(["same_site", "same_district", "different_site", "different_district"])
    relation = st.builds(dz.Relation, kind=kind, households=st.permutations(home_ids))
    site_ids, service_ids = [site.id for site in places], [service.id for service in offers]
    return dz.Instance(
        districts=[draw(districts(key, weighted)) for key in district_ids],
        sites=places,
        households=homes,
        services=offers,
        relations=draw(st.lists(relation, max_size=2)) if len(home_ids) > 1 else (),
        crs=draw(st.sampled_from(["EPSG:25832", "EPSG:31467"])),
        detour=draw(st.floats(1e-6, 1000)),
        date=draw(days),
        distances=draw(st.none() | tables(site_ids, service_ids, 0)),
        utilities=draw(st.none() | tables(home_ids, site_ids, -1e12)),
        name=draw(texts()),
    )
