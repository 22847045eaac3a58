"""What the compiled instance hands out can be read, not written, and does not depend on the order of rows."""

import dataclasses
import random

import numpy as np
import pytest

import dezentral as dz
from dezentral.compiled import compile_instance
from tests.checks.small import city, household, site
from tests.solver.lively import POLICY, lively_city


def arrays_in(value, name="compiled"):
    """List every array in a compiled instance, by name."""
    if isinstance(value, np.ndarray):
        yield name, value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from arrays_in(getattr(value, field.name), f"{name}.{field.name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from arrays_in(inner, f"{name}[{key}]")
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            yield from arrays_in(inner, f"{name}[{position}]")


COMPILED = compile_instance(lively_city(), dz.Policy(levels=POLICY.levels))
ARRAYS = dict(arrays_in(COMPILED))


def test_there_are_arrays_everywhere():
    homes = {name.split(".")[1].split("[")[0] for name in ARRAYS}
    assert homes == {
        "places", "pools", "types", "current", "stays", "units", "service_metres", "kind_metres"
    }  # fmt: skip


@pytest.mark.parametrize("name", sorted(ARRAYS))
def test_arrays_are_read_only(name):
    array = ARRAYS[name]
    assert not array.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        array[...] = 0


def test_shapes_agree():
    types, pools, sites = len(COMPILED.types), len(COMPILED.pools), len(COMPILED.places.sites)
    assert COMPILED.units.shape == COMPILED.stays.shape == (types, pools)
    assert COMPILED.service_metres.shape == (sites, 4)
    assert COMPILED.types.count.sum() == 16
    assert sorted(np.concatenate(COMPILED.types.members).tolist()) == list(range(16))
    assert all((COMPILED.types.of_household[members] == t).all() for t, members in enumerate(COMPILED.types.members))


def test_the_order_of_rows_changes_nothing_but_positions():
    instance, dice = lively_city(), random.Random(3)  # noqa: S311  nothing secret
    people = dice.sample(instance.households, 16)
    places = dice.sample(instance.sites, 6)
    shuffled = instance.replace(households=people, sites=places)
    other = compile_instance(shuffled, dz.Policy(levels=POLICY.levels))
    assert [one.id for one in other.types.first] == [one.id for one in COMPILED.types.first]
    assert (other.units == COMPILED.units).all()
    assert [(s.id, u.id) for s, u in zip(other.pools.sites, other.pools.units, strict=True)] == [
        (s.id, u.id) for s, u in zip(COMPILED.pools.sites, COMPILED.pools.units, strict=True)
    ]


def test_an_empty_city_has_empty_arrays():
    empty = compile_instance(dz.Instance(districts=(), sites=()), POLICY)
    assert empty.units.shape == (0, 0)
    nobody = compile_instance(city([site()], []), POLICY)
    assert nobody.units.shape == (0, 1)
    nowhere = compile_instance(city([], [household("h")]), POLICY)
    assert nowhere.units.shape == (1, 0)
