"""The types of the records' fields: what is allowed, and how it looks in JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema

from dezentral.domain.frozen import FrozenDict

T = TypeVar("T")

# Sums over a whole instance must fit the solver's 64-bit integers with room for products: these limits keep
# 10^6 persons × 10^7 m × a weight of 10^6 inside what is exact. Beyond them nothing real is meant.
MOST_PERSONS = 10**7
MOST_INHABITANTS = 10**10
FARTHEST_M = 10**8
LARGEST_WEIGHT = 1e9


def _as_int(value: object) -> object:
    return int(value) if isinstance(value, np.integer) else value


def _as_tuple(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple) else value


def _as_sorted(value: object) -> object:
    """Put a set in order where order means nothing."""
    if isinstance(value, set | frozenset) and all(isinstance(entry, str) for entry in value):
        return tuple(sorted(value))
    return _as_tuple(value)


def _as_dict(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _as_date(value: object) -> object:
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, dt.datetime) and value == value.replace(hour=0, minute=0, second=0, microsecond=0):
        return value.date()
    return value


def _sorted(value: frozenset[str] | None) -> list[str] | None:
    return None if value is None else sorted(value)


def _plain(value: Mapping[str, T]) -> dict[str, T]:
    return dict(value)


def _whole(value: object) -> object:
    """Keep ``True`` and ``1.0``, which equal 1, from passing for it."""
    if type(value) is not int:
        msg = "1"
        raise ValueError(msg)
    return value


SchemaVersion = Annotated[Literal[1], BeforeValidator(_whole)]
Id = Annotated[str, Field(min_length=1)]
_AsInt = BeforeValidator(_as_int)  # a numpy integer will do: records are often built from a frame's rows
Persons = Annotated[int, _AsInt, Field(ge=0, le=MOST_PERSONS)]
SomePersons = Annotated[int, _AsInt, Field(ge=1, le=MOST_PERSONS)]
Inhabitants = Annotated[int, _AsInt, Field(ge=0, le=MOST_INHABITANTS)]
Coordinate = Annotated[float, Field(ge=-FARTHEST_M, le=FARTHEST_M)]
Metres = Annotated[float, Field(ge=0, le=FARTHEST_M)]
Amount = Annotated[float, Field(ge=-1e12, le=1e12)]
Weight = Annotated[float, Field(ge=0, le=LARGEST_WEIGHT)]
PositiveWeight = Annotated[float, Field(gt=0, le=LARGEST_WEIGHT)]
Date = Annotated[dt.date, BeforeValidator(_as_date)]

AsTuple = BeforeValidator(_as_tuple)  # a list will do
Ids = Annotated[tuple[Id, ...], AsTuple]
AsSorted = BeforeValidator(_as_sorted)  # a list or a set will do
# Not strict about the collection (a set, list or tuple will do), strict about what is in it.
_IdSet = Annotated[frozenset[Id], Field(strict=False)]
Names = Annotated[_IdSet, PlainSerializer(_sorted)]
OptionalNames = Annotated[_IdSet | None, PlainSerializer(_sorted)]

PersonsByKey = Annotated[
    Mapping[str, Persons],
    BeforeValidator(_as_dict),
    AfterValidator(FrozenDict),
    PlainSerializer(_plain, return_type=dict[str, int]),
]
SomePersonsByKey = Annotated[
    Mapping[str, SomePersons],
    BeforeValidator(_as_dict),
    AfterValidator(FrozenDict),
    PlainSerializer(_plain, return_type=dict[str, int]),
]
MetresByKey = Annotated[
    Mapping[str, Metres],
    BeforeValidator(_as_dict),
    AfterValidator(FrozenDict),
    PlainSerializer(_plain, return_type=dict[str, float]),
]
FloatByKey = Annotated[
    Mapping[str, Weight],
    BeforeValidator(_as_dict),
    AfterValidator(FrozenDict),
    PlainSerializer(_plain, return_type=dict[str, float]),
]


def _as_geometry(value: object) -> object:
    if value is None:
        return None
    from shapely.errors import ShapelyError  # noqa: PLC0415  shapely is only needed where polygons are
    from shapely.geometry import MultiPolygon, Polygon, shape  # noqa: PLC0415

    geometry = value
    with np.errstate(invalid="ignore"):  # a coordinate that is not finite makes it invalid: no warning is needed
        if isinstance(value, Mapping):
            try:
                geometry = shape(value)
            except (ShapelyError, AttributeError, TypeError, ValueError, KeyError, IndexError):
                geometry = None
        if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty or not geometry.is_valid:
            msg = "a valid Polygon or MultiPolygon that is not empty, or its GeoJSON"
            raise ValueError(msg)
    return geometry


def _geojson(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    from shapely.geometry import mapping  # noqa: PLC0415

    return dict(mapping(value))


Geometry = Annotated[
    Any,
    BeforeValidator(_as_geometry),
    PlainSerializer(_geojson),
    WithJsonSchema({
        "anyOf": [{"type": "object", "description": "GeoJSON Polygon or MultiPolygon"}, {"type": "null"}],
    }),
]
