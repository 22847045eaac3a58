"""What each table looks like."""

from __future__ import annotations

import datetime as dt

from dezentral.domain import District, Household, Placement, Relation, Service, Site, Unit
from dezentral.domain.record import Record
from dezentral.tables.cells.lists import ANCHORS, COUNTS, IDS, NAMES, OPTIONAL_NAMES
from dezentral.tables.cells.shapes import GEOMETRY
from dezentral.tables.cells.values import BOOLEAN, CHOICE, DATE, ID, IGNORED, NUMBER, TEXT, WHOLE, Kind
from dezentral.tables.table_schema import Column, MatrixSchema, TableSchema

_EXAMPLE_DAY = dt.date(2026, 1, 31)
_POINT = (
    Column("lat", NUMBER, read_only=True),
    Column("lon", NUMBER, read_only=True),
    Column("geometry", GEOMETRY, read_only=True),
)

DISTRICTS = TableSchema(
    "districts",
    "district",
    District,
    (
        Column("id", ID, "01"),
        Column("name", TEXT, "Mitte"),
        Column("population", WHOLE, 22850),
        Column("housed", WHOLE, 40),
        Column("target_weight", NUMBER),
        Column("max_persons", WHOLE, 600),
        Column("support", COUNTS, "ar:12;uk:30"),
        Column("geometry", GEOMETRY),
    ),
    ("id", "population"),
)

SITES = TableSchema(
    "sites",
    "site",
    Site,
    (
        Column("id", ID, "s1"),
        Column("district", ID, "01"),
        Column("name", TEXT, "House at the park"),
        Column("kind", TEXT, "system building"),
        Column("operator", ID, "AWO"),
        Column("x", NUMBER, 513200.0),
        Column("y", NUMBER, 5402300.0),
        Column("features", NAMES, "step_free;quiet"),
        Column("admits", OPTIONAL_NAMES),
        Column("housed", WHOLE, 5),
        Column("max_persons", WHOLE, 120),
        Column("open_from", DATE, _EXAMPLE_DAY),
        Column("open_until", DATE, dt.date(2030, 1, 31)),
        Column("cost", NUMBER, 0.0),
        Column("opening_cost", NUMBER),
        Column("confidential", BOOLEAN, example=False),
        Column("beds", WHOLE, read_only=True),
        *_POINT,
    ),
    ("id",),
)

UNITS = TableSchema(
    "units",
    "unit",
    Unit,
    (
        Column("site", ID, "s1"),
        Column("id", ID, "flat"),
        Column("beds", WHOLE, 4),
        Column("count", WHOLE, 12),
        Column("sharing", CHOICE, "household"),
        Column("features", NAMES, "own_kitchen"),
        Column("area_m2", NUMBER, 40.0),
    ),
    ("site", "id", "beds"),
)

HOUSEHOLDS = TableSchema(
    "households",
    "household",
    Household,
    (
        Column("id", ID, "h1"),
        Column("size", WHOLE, 4),
        Column("sex", CHOICE),
        Column("traits", NAMES, "family"),
        Column("requires", NAMES, "step_free"),
        Column("needs", COUNTS, "school:2;kita:1"),
        Column("languages", NAMES, "ar;de"),
        Column("supports", WHOLE, 0),
        Column("seeks_support", BOOLEAN, example=True),
        Column("anchors", ANCHORS, "513000 5402000 0.5;512000 5401000"),
        Column("wishes", IDS, "01;08"),
        Column("current_site", ID, "s1"),
        Column("current_unit", ID, "flat"),
        Column("fixed_site", ID),
        Column("excluded_sites", NAMES),
        Column("excluded_districts", NAMES),
        Column("priority", WHOLE, 1),
        Column("arrival", DATE, _EXAMPLE_DAY),
    ),
    ("id", "size"),
)

SERVICES = TableSchema(
    "services",
    "service",
    Service,
    (
        Column("id", ID, "k1"),
        Column("kind", ID, "kita"),
        Column("x", NUMBER, 513000.0),
        Column("y", NUMBER, 5402000.0),
        Column("capacity", WHOLE, 6),
        Column("reach", NUMBER, 1500.0),
        Column("name", TEXT, "Kita at the park"),
        *_POINT,
    ),
    ("id", "kind"),
)

RELATIONS = TableSchema(
    "relations",
    "relation",
    Relation,
    (Column("kind", CHOICE, "same_district"), Column("households", IDS, "h1;h2")),
    ("kind", "households"),
)

SCHEMAS = (DISTRICTS, SITES, UNITS, HOUSEHOLDS, SERVICES, RELATIONS)

PLAN = TableSchema(
    "plan",
    "household",
    Placement,
    (
        Column("household", ID),
        Column("size", IGNORED),
        Column("site", ID),
        Column("unit", ID),
        Column("units", WHOLE),
        Column("district", IGNORED),
        Column("current_site", IGNORED),
        Column("moved", IGNORED),
    ),
    ("household", "site", "unit"),
    key="household",
)


MATRICES = (
    MatrixSchema("distances", "site", "service", "metres", ("s1", "k1", 420.0)),
    MatrixSchema("utilities", "household", "site", "utility", ("h1", "s1", 0.25)),
)

SETTINGS = TableSchema(
    "instance",
    "setting",
    Record,
    (Column("key", ID, "date"), Column("value", TEXT, "2026-01-31")),
    ("key", "value"),
    key="key",
)
SETTING_KINDS: dict[str, Kind] = {"crs": TEXT, "date": DATE, "detour": NUMBER, "name": TEXT}
TABLE_NAMES = tuple(schema.name for schema in (SETTINGS, *SCHEMAS, *MATRICES))


def known_columns(name: str) -> frozenset[str]:
    """Return the headers that the table `name` may have, but for the ids above the columns of a matrix."""
    for matrix in MATRICES:
        if matrix.name == name:
            return frozenset(matrix.pairs)
    schemas = (SETTINGS, *SCHEMAS, PLAN)
    return frozenset(column.name for schema in schemas if schema.name == name for column in schema.columns)
